"""What a run knows: the output of step `1`, and what it knew at a place, as its log has it.

Source: `manual/platform.md 8.5`. An app's trigger may have an `outputTemplate`, which is
rendered from the raw event; without one, or with an empty one, step `1` is the hook's transaction.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from kobjctl.expressions.scope import Context, Scope, new_scope
from kobjctl.expressions.value import compile_value
from kobjctl.model.app import COMPONENT
from kobjctl.model.event import Event
from kobjctl.model.run import StepLog
from kobjctl.model.values import MISSING, Json, JsonObject
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


def step_one(event: Event, org: Org) -> tuple[JsonObject, list[str]]:
    """Return the output of step `1` of an event, and what is to be said of it.

    Raises KobjctlError when the template of its trigger can't be rendered.
    """
    output = event.output()
    if not event.hook_id or not event.name.startswith(COMPONENT):
        return output, [*event.losses]
    trigger = org.store.app_triggers.get(event.name)
    template: Json = trigger.definition.get("outputTemplate") if trigger else None
    if not trigger or not template:
        return output, [*event.losses]
    context = context_of(org)
    raw = raw_event(event._replace(name=trigger.name), output)
    rendered: Json = compile_value(template).resolve(Scope(raw, context))
    return ({} if rendered is MISSING else rendered), [*event.losses, *context.take_warnings()]


def raw_event(event: Event, data: JsonObject) -> JsonObject:
    """Return an event as it is before its trigger normalises it: `data` in its envelope."""
    return {
        "id": event.id,
        "name": event.name,
        "org": event.org_id,
        "partition": event.org_id,
        "data": data,
        "createdAt": event.created_at,
        "persist": True,
    }
