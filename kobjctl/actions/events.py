"""The events that records emit when a run writes them.

Source: `platform/workflows.md` 5.1 and 5.2. A record's kind is its part of the event's name:
`customer`, `conversation`, `kobject.order`.
"""

from kobjctl.actions.base import Record, World
from kobjctl.model.record import flatten
from kobjctl.model.values import MISSING, Json, JsonObject


def created(world: World, kind: str, record: Record) -> None:
    """Emit that a record was created; its flattened form is step `1` of those that listen."""
    name = f"kustomer.{kind}.create"
    if world.outbox.hears(name):
        world.outbox.add(name, flatten(record.resource(world.store.org_id)))


def updated(world: World, kind: str, before: Record, after: Record) -> None:
    """Emit that a record was changed, with `changes`; nothing when nothing is different."""
    if not hears_updates(world, kind):
        return
    org_id = world.store.org_id
    old, new = before.resource(org_id), after.resource(org_id)
    changes = {
        "attributes": _changes(old["attributes"], new["attributes"]),
        "relationships": _changes(_related(old), _related(new)),
    }
    if any(changes.values()):
        world.outbox.add(f"kustomer.{kind}.update", {**flatten(new), "changes": changes})


def hears_updates(world: World, kind: str) -> bool:
    """Tell whether a workflow listens to the changes of a kind of record."""
    return world.outbox.hears(f"kustomer.{kind}.update")


def _changes(old: JsonObject, new: JsonObject) -> JsonObject:
    """Give what differs, as the platform does: `{field: {op, before, after}}`."""
    return {
        name: _change(old.get(name, MISSING), new.get(name, MISSING))
        for name in {**old, **new}
        if old.get(name, MISSING) != new.get(name, MISSING)
    }


def _change(before: Json, after: Json) -> JsonObject:
    if before is MISSING:
        return {"op": "add", "after": after}
    if after is MISSING:
        return {"op": "remove", "before": before}
    return {"op": "replace", "before": before, "after": after}


def _related(resource: JsonObject) -> JsonObject:
    return {
        name: relation["data"]["id"]
        for name, relation in resource["relationships"].items()
        if "data" in relation
    }
