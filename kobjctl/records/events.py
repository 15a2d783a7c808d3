"""The events that records emit when a run writes them.

Source: `manual/platform.md 8.1, 8.5`. A record's kind is its part of the event's name:
`customer`, `conversation`, `kobject.order`.
"""

from typing import Protocol

from kobjctl.model.record import flatten, related_ids
from kobjctl.model.values import MISSING, Json, JsonObject
from kobjctl.records.context import RunContext


class ResourceRecord(Protocol):
    """A record of the org that can be shown as the platform's resource."""

    def resource(self, org_id: str) -> JsonObject:
        """Return the platform's resource."""


def created(context: RunContext, kind: str, record: ResourceRecord) -> None:
    """Emit that a record was created; its flattened form is step `1` of those that listen."""
    name = f"kustomer.{kind}.create"
    if context.outbox.hears(name):
        context.outbox.add(name, flatten(record.resource(context.org.store.org_id)))


def updated(context: RunContext, kind: str, before: ResourceRecord, after: ResourceRecord) -> None:
    """Emit that a record was changed, with `changes`; nothing when nothing is different."""
    if not hears_updates(context, kind):
        return
    org_id = context.org.store.org_id
    old, new = before.resource(org_id), after.resource(org_id)
    changes = {
        "attributes": _changes(old["attributes"], new["attributes"]),
        "relationships": _changes(related_ids(old), related_ids(new)),
    }
    if any(changes.values()):
        context.outbox.add(f"kustomer.{kind}.update", {**flatten(new), "changes": changes})


def hears_updates(context: RunContext, kind: str) -> bool:
    """Return whether a workflow listens to the changes of a kind of record."""
    return context.outbox.hears(f"kustomer.{kind}.update")


def _changes(old: JsonObject, new: JsonObject) -> JsonObject:
    """Return what differs, as the platform does: `{field: {op, before, after}}`."""
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
