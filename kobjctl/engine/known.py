"""What a run knew at a place, put together again from its log."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from kobjctl.expressions.scope import Context, Scope, new_scope
from kobjctl.model.run import StepLog
from kobjctl.model.values import JsonObject
from kobjctl.store.org import Org

if TYPE_CHECKING:
    from kobjctl.store.store import Store


def context_of(org: Org) -> Context:
    """Return what expressions may ask of the org: the time, and chance."""
    return Context(lambda: datetime.fromisoformat(org.now()), org.random)


def rebuild_scope(trigger_output: JsonObject, steps: Iterable[StepLog], org: Org) -> Scope:
    """Return the scope after steps; `steps` are those that came after the trigger."""
    scope = new_scope(trigger_output, context_of(org))
    for log in steps:
        scope["steps"][log.step_id] = log.output
        if log.error:
            scope["error"] = log.error
    return scope


def add_variables(scope: Scope, workflow_id: str, store: "Store") -> None:
    """Put the values of a workflow's variables into a scope, by their ids and by their names."""
    scope["variables"] = {
        key: variable.value
        for variable in store.variables.of_workflow(workflow_id)
        for key in (variable.name, variable.id)
    }
