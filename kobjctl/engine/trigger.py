"""The output of step `1`: an event as the trigger of its app gives it to workflows.

Source: `manual/platform.md 8.5`. An app's trigger may have an `outputTemplate`, which is
rendered from the raw event; without one, or with an empty one, step `1` is the hook's transaction.
"""

from kobjctl.engine.known import context_of
from kobjctl.expressions.scope import Scope
from kobjctl.expressions.value import compile_value
from kobjctl.model.app import COMPONENT
from kobjctl.model.event import Event
from kobjctl.model.values import MISSING, Json, JsonObject
from kobjctl.store.org import Org


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
