"""Read what an event brings: the fields of step `1`, a record, or an event that was captured.

Source: `manual/platform.md 8.6`.
"""

from typing import Final, NamedTuple

from kobjctl.model.app import plain_name
from kobjctl.model.errors import UsageError
from kobjctl.model.event import workflow_of_call
from kobjctl.model.kinds import KINDS
from kobjctl.model.record import flatten
from kobjctl.model.values import Json, JsonObject

# What the API answers with, and what it may say beside.
_ANSWER: Final = frozenset({"data", "changes", "included", "links", "meta"})
_HOOK_RESOURCE: Final = "transaction"


class EventReading(NamedTuple):
    """An event that a file means: its name, the output of step `1`, and what is to be said."""

    name: str
    data: JsonObject
    notes: tuple[str, ...] = ()


def read(name: str | None, document: Json) -> EventReading:
    """Read an event; one that was captured has its own name, which counts where none is given.

    Records are flattened as on the platform, be they alone or in an event, and what wraps an
    event is taken off: a line of a log, a message of a queue. Anything else is step `1` as it is.
    Raises UsageError.
    """
    if not isinstance(document, dict):
        raise UsageError(
            "an event is a JSON object",
            hint="the fields of step 1, or a captured event {name, data: {type, attributes, ...}}",
        )
    found = _captured(document)
    if found is None:
        if name is None:
            raise UsageError(
                "the file doesn't say which event it is",
                hint="name it: kobjctl event send kustomer.customer.create FILE",
            )
        return EventReading(name, _step_one(document))
    place, event = found
    said: str = event["name"]
    where = f", at `{place}`" if place else ""
    note = f'the file is a captured event of "{said}"{where}'
    if name is not None and plain_name(name) != plain_name(said):
        note += f'; it was sent as "{name}"'
    data = event["data"]
    flat = _flatten(data) if _is_resource(data) else data
    return EventReading(name or said, _with_changes(flat, event), (note,))


def read_inputs(document: Json) -> JsonObject:
    """Read the inputs of a call, or of one that was captured; raises UsageError."""
    found = _captured(document)
    if found and workflow_of_call(found[1]["name"]):
        return read(None, document).data
    if not isinstance(document, dict):
        raise UsageError(
            "the inputs of a workflow are a JSON object", hint="one key for each input"
        )
    return document


def _captured(value: Json, place: str = "") -> tuple[str, JsonObject] | None:
    """Return the path and the event where a value is a captured one, or wraps one."""
    if not isinstance(value, dict) or not isinstance(value.get("name"), str):
        return None
    if _is_event(value):
        return place, value
    return _captured(value.get("body"), f"{place}.body" if place else "body")


def _is_event(value: JsonObject) -> bool:
    """Return whether an object that has a name is an event as it travels.

    What a trigger made may have a name and data as well, so there must be more to tell by.
    """
    name, data = value["name"], value.get("data")
    if "." not in name or not isinstance(data, dict):
        return False
    return not value.keys().isdisjoint({"org", "partition"}) or (
        _is_record(data) or workflow_of_call(name) is not None
    )


def _step_one(document: JsonObject) -> JsonObject:
    if document.keys() <= _ANSWER and _is_record(document.get("data")):
        return _with_changes(_flatten(document["data"]), document)
    return _flatten(document) if _is_record(document) else document


def _is_record(value: Json) -> bool:
    """Return whether a value is the resource of a record, and not just alike."""
    return _is_resource(value) and value["type"].partition(".")[0] in KINDS


def _is_resource(value: Json) -> bool:
    """Return whether a value is a resource that is flattened; that of a hook is not."""
    return (
        isinstance(value, dict)
        and isinstance(value.get("attributes"), dict)
        and isinstance(value.get("type"), str)
        and value["type"] != _HOOK_RESOURCE
    )


def _with_changes(flat: JsonObject, around: JsonObject) -> JsonObject:
    return {**flat, "changes": around["changes"]} if "changes" in around else flat


def _flatten(resource: JsonObject) -> JsonObject:
    related = resource.get("relationships")
    relationships = {
        name: each
        for name, each in (related if isinstance(related, dict) else {}).items()
        if isinstance(each, dict)
    }
    flat = flatten({"id": None, **resource, "relationships": relationships})
    return flat if "id" in resource else {key: flat[key] for key in flat if key != "id"}
