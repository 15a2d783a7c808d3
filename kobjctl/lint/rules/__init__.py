"""The rules, each a module that is named after it, loaded by the first workflow that has what it
looks at: most have no schedules, say, and need no rule about these.

To add one, write its module and give it a line in the table, in the order of the codes.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from importlib import import_module
from typing import Final, TypeVar, overload

from kobjctl.lint.rule import ProjectRule, Rule
from kobjctl.lint.topics import EVERY

AnyRule = TypeVar("AnyRule", Rule, ProjectRule)


class Rules(Sequence[AnyRule]):
    """The rules of one scope in the order of their codes; `about` has the topics of each by its
    module.
    """

    def __init__(self, scope: str, about: Mapping[str, tuple[str, ...]]) -> None:
        self._scope = scope
        self._about = about
        self._names = tuple(about)
        self._loaded: dict[str, AnyRule] = {}

    def about(self, topics: Collection[str]) -> Iterator[AnyRule]:
        """Yield the rules that look at any of these topics."""
        yield from (
            self._load(name)
            for name, about in self._about.items()
            if any(topic in topics for topic in about)
        )

    @overload
    def __getitem__(self, index: int) -> AnyRule: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[AnyRule]: ...

    def __getitem__(self, index: int | slice) -> AnyRule | Sequence[AnyRule]:
        names = self._names[index]
        return self._load(names) if isinstance(names, str) else [self._load(each) for each in names]

    def __len__(self) -> int:
        return len(self._names)

    def _load(self, name: str) -> AnyRule:
        if name not in self._loaded:
            module = import_module(f"{__name__}.{self._scope}.{name}")
            self._loaded[name] = getattr(module, name)
        return self._loaded[name]


RULES: Final = Rules[Rule](
    "workflow",
    {
        "unknown_target": (EVERY,),
        "duplicate_step_id": (EVERY,),
        "cycle": (EVERY,),
        "unreachable_step": (EVERY,),
        "unconfirmed_error_cases": ("error cases",),
        "after_always": (EVERY,),
        "silent_stop": (EVERY,),
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
        "not_a_reference": (EVERY,),
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
        "unknown_event": (EVERY,),
        "endless_start": (EVERY,),
        "bad_schema": ("schemas",),
        "response_not_given": ("responses",),
        "unknown_klass": (EVERY,),
        "unknown_attribute": ("custom",),
        "wrong_attribute_value": ("custom",),
        "unknown_option": ("custom",),
        "literal_secret": (EVERY,),
    },
)

PROJECT_RULES: Final = Rules[ProjectRule](
    "project",
    {
        "workflow_name_taken": (EVERY,),
        "unfit_template": ("actions",),
        "idle_stub": ("stubs",),
        "unknown_hook": (EVERY,),
    },
)
