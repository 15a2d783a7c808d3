"""What each rule is about, in the order of their codes; few have to be loaded then.

Made of what the rules say themselves: `pytest --update tests/lint` writes it.
"""

from collections.abc import Mapping
from typing import Final

INDEX: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "workflow": {
        "unknown_target": ("workflows",),
        "duplicate_step_id": ("workflows",),
        "cycle": ("workflows",),
        "unreachable_step": ("workflows",),
        "unconfirmed_error_cases": ("error cases",),
        "after_always": ("workflows",),
        "silent_stop": ("workflows",),
        "same_condition": ("conditions",),
        "unknown_operator": ("conditions",),
        "unconfirmed_operator": ("conditions",),
        "wrong_number_of_values": ("conditions",),
        "contains_many": ("conditions",),
        "incomparable": ("conditions",),
        "settled_condition": ("conditions",),
        "unknown_root": ("uses",),
        "unknown_step": ("uses",),
        "unknown_output": ("uses",),
        "step_never_before": ("uses",),
        "step_not_on_every_path": ("uses",),
        "not_in_example": ("hooks",),
        "not_a_reference": ("workflows",),
        "unknown_function": ("functions",),
        "unknown_helper": ("templates",),
        "wrong_arguments": ("functions", "templates"),
        "comma_in_argument": ("functions",),
        "escaped_value": ("templates",),
        "template_for_typed": ("templates",),
        "broken_template": ("templates",),
        "unconfirmed_function": ("functions", "templates"),
        "unknown_action": ("actions",),
        "unknown_param": ("actions",),
        "missing_param": ("actions",),
        "unfit_value": ("actions",),
        "host_not_allowed": ("hosts",),
        "unknown_workflow": ("schedules",),
        "wrong_inputs": ("schedules",),
        "unknown_event": ("workflows",),
        "endless_start": ("workflows",),
        "bad_schema": ("schemas",),
        "response_not_given": ("responses",),
        "unknown_klass": ("workflows",),
        "unknown_attribute": ("custom",),
        "wrong_attribute_value": ("custom",),
        "unknown_option": ("custom",),
        "literal_secret": ("workflows",),
    },
    "project": {
        "workflow_name_taken": ("workflows",),
        "unfit_template": ("actions",),
        "idle_stub": ("stubs",),
        "unknown_hook": ("workflows",),
        "same_display_name": ("workflows",),
    },
}
