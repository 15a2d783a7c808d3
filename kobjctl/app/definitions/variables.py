"""Variables of workflows: values that no file holds, such as keys of other systems.

Source: `manual/platform.md 3.4`: a variable is addressed by its id; here by its name as well.
"""

import re
from typing import Final, NamedTuple

from kobjctl.app.definitions import workflows
from kobjctl.engine.plan import mentioned_variables
from kobjctl.model.errors import UnknownNameError, UsageError
from kobjctl.model.klass import is_reference
from kobjctl.model.secrets import LEAST
from kobjctl.model.workflow import Variable
from kobjctl.store.org import Org
from kobjctl.store.store import Store

SHORT: Final = LEAST
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,127}")


class VariableMention(NamedTuple):
    """A variable that a workflow has or mentions; `variable` is None when it has no value."""

    name: str
    variable: Variable | None
    mentioned: bool


def set_value(org: Org, workflow_name: str, name: str, value: str) -> Variable:
    """Give a workflow's variable a value; a name that is an id keeps that id.

    Raises UsageError for a name that can't be one, an empty value, or an id that is another
    workflow's.
    """
    if not value:
        raise UsageError(
            "a variable can't be empty", hint=f"kobjctl variable unset {workflow_name} {name}"
        )
    with org.store.transaction():
        workflow = workflows.get(org.store, workflow_name)
        known = _find(org.store, workflow.id, name)
        if known is None and not (is_reference(name) or _NAME.fullmatch(name)):
            raise UsageError(
                f'"{name}" can\'t be the name of a variable', hint="use letters, digits, - and _"
            )
        taken = None if known else org.store.variables.get(name)
        if taken:
            raise UsageError(f'the variable "{name}" belongs to another workflow')
        variable = Variable(
            id=known.id if known else name if is_reference(name) else org.new_id(),
            workflow_id=workflow.id,
            name=known.name if known else name,
            value=value,
            updated_at=org.now(),
        )
        org.store.variables.set(variable)
    return variable


def unset(store: Store, workflow_name: str, name: str) -> Variable:
    """Take a workflow's variable away; raises UnknownNameError when it has none of this name."""
    with store.transaction():
        workflow = workflows.get(store, workflow_name)
        variable = _find(store, workflow.id, name)
        if variable is None:
            names = [each.name for each in store.variables.of_workflow(workflow.id)]
            raise UnknownNameError(
                f"variable of workflow {workflow.name}",
                name,
                names,
                otherwise=f"it has {', '.join(names)}" if names else "it has none",
            )
        store.variables.remove(variable.id)
    return variable


def all_of(store: Store, workflow_name: str) -> list[VariableMention]:
    """Return the variables that a workflow has, and those that it mentions and lacks, by name."""
    workflow = workflows.get(store, workflow_name)
    mentioned = mentioned_variables(workflow)
    present = store.variables.of_workflow(workflow.id)
    known = {key for each in present for key in (each.id, each.name)}
    having = [
        VariableMention(each.name, each, not mentioned.isdisjoint((each.id, each.name)))
        for each in present
    ]
    lacking = [VariableMention(name, None, mentioned=True) for name in mentioned - known]
    return sorted([*having, *lacking], key=lambda each: each.name)


def _find(store: Store, workflow_id: str, name: str) -> Variable | None:
    for variable in store.variables.of_workflow(workflow_id):
        if name in (variable.id, variable.name):
            return variable
    return None
