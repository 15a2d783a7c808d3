"""How payloads are shown that are kept under names."""

from collections.abc import Sequence

from kobjctl.app.words import counted, instant
from kobjctl.cli.output.blocks import Column, JsonBlock, Line, Table, View, name
from kobjctl.model.hook import SavedPayload
from kobjctl.model.values import Json, JsonObject

_NONE = "no payloads are saved; save one: kobjctl payload save NAME FILE"


def payload_list(payloads: Sequence[SavedPayload]) -> View:
    """Show which payloads are saved."""
    columns = (
        Column("name", keep=True),
        Column("hook"),
        Column("size", right=True),
        Column("saved (UTC)"),
    )
    rows = [
        (
            name(each.name),
            each.hook_name,
            counted(len(each.body.encode("utf-8", "surrogatepass")), "byte"),
            instant(each.saved_at),
        )
        for each in payloads
    ]
    return [payload_json(each) for each in payloads], [Table(columns, rows, _NONE)]


def payload_view(payload: SavedPayload, data: Json) -> View:
    """Show a saved payload: its data, ready to copy."""
    return payload_json(payload) | {"data": data}, [JsonBlock("", data)]


def payload_line(payload: SavedPayload, deed: str) -> View:
    """Say what was done with a payload: `saved`, `deleted`."""
    of_hook = f' for hook "{payload.hook_name}"' if payload.hook_name else ""
    return payload_json(payload), [Line(f'{deed} payload "{payload.name}"{of_hook}')]


def payload_json(payload: SavedPayload) -> JsonObject:
    """Return a saved payload as JSON, without its data."""
    return {
        "name": payload.name,
        "hook": payload.hook_name or None,
        "savedAt": payload.saved_at,
    }
