"""How companies, conversations, messages, notes, users and tags are shown."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from kobjctl.app.words import instant
from kobjctl.cli.output.blocks import (
    Block,
    Cell,
    Column,
    EmptyLine,
    Line,
    Table,
    Text,
    Tree,
    View,
    dim,
    heading,
    known_fields,
    name,
    text,
)
from kobjctl.cli.output.escape import shorten, text_or_json
from kobjctl.model.customer import display_name
from kobjctl.model.kinds import KINDS
from kobjctl.model.kinds.core_record import CoreRecord
from kobjctl.model.klass import display_name_of
from kobjctl.model.values import Json
from kobjctl.records.details import RecordDetails

_WIDEST: Final = 60
_CAPITAL: Final = re.compile("[A-Z]")
# What the items of lists are known by.
_KEYS: Final = ("email", "phone", "username", "domain", "url", "user", "team", "address")
# What is said of a record elsewhere, or is of no use to people.
_NOT_SHOWN: Final = ("name", "custom", "preview", "body")


def record_list(kind: str, records: Sequence[CoreRecord], org_id: str) -> View:
    """Show records by what people know them by."""
    shown, types = KINDS[kind].columns, KINDS[kind].output
    columns = [
        Column("id", keep=True),
        *(Column(title, right=types[attribute] == "number") for title, attribute in shown.items()),
        Column("updated", keep=True),
    ]
    rows: list[tuple[Cell, ...]] = [
        (
            name(each.id),
            *(_cell(each.attributes.get(attribute)) for attribute in shown.values()),
            instant(each.updated_at),
        )
        for each in records
    ]
    empty = f"no {KINDS[kind].plural} yet; make one: kobjctl {kind} create --help"
    return [each.resource(org_id) for each in records], [Table(columns, rows, empty)]


def _cell(value: Json) -> str:
    return "" if value is None else shorten(text_or_json(value), _WIDEST)


def record_view(details: RecordDetails, org_id: str) -> View:
    """Show a record in full: what was written of it, and what is around it."""
    record = details.record
    title = str(record.attributes.get("name") or "")
    fields = known_fields(
        *([(record.kind, heading(title)), ("id", name(record.id))] if title else ()),
        *([] if title else [(record.kind, name(record.id))]),
        *((kind, _named(each, details.names)) for kind, each in record.relations.items()),
        *_given(details),
        ("text", str(record.given.get("preview") or record.given.get("body") or "")),
        ("created", record.created_at),
        ("updated", record.updated_at),
        ("rev", str(record.rev) if KINDS[record.kind].revised else ""),
    )
    blocks: list[Block] = [fields]
    if details.entries:
        blocks += [EmptyLine(), *(Line(entry_line(each)) for each in details.entries)]
    if details.customers:
        columns = (Column("customer", keep=True), Column("name"), Column("updated", keep=True))
        rows = [
            (name(each.id), display_name(each.given), instant(each.updated_at))
            for each in details.customers
        ]
        blocks += [EmptyLine(), Table(columns, rows)]
    value = record.resource(org_id)
    return value, blocks


def _given(details: RecordDetails) -> list[tuple[str, Cell]]:
    """Return what was written of a record, label by label; what the platform counts is left out."""
    record = details.record
    shown: list[tuple[str, Cell]] = []
    for key, value in record.attributes.items():
        blank = value in (None, "", 0, False, [], {})
        if key in _NOT_SHOWN or blank or isinstance(value, dict):
            continue
        shown.append((_label(key), _list_of(value, details.names)))
    custom = record.given.get("custom") or {}
    return shown + [
        (display_name_of(key), text_or_json(value))
        for key, value in custom.items()
        if value is not None
    ]


def _label(key: str) -> str:
    """Return an attribute's name in words: `lastMessageAt` is "last message at"."""
    return _CAPITAL.sub(lambda found: f" {found[0].lower()}", key)


def _list_of(value: Json, names: Mapping[str, str]) -> str:
    """Return a list by what its items are known by, anything else as it is."""
    if not isinstance(value, list):
        return text_or_json(value)
    items = [
        next((each[key] for key in _KEYS if key in each), each) if isinstance(each, dict) else each
        for each in value
    ]
    return ", ".join(text_or_json(names.get(str(each), each)) for each in items)


def _named(record_id: str, names: Mapping[str, str]) -> Cell:
    named = names.get(record_id)
    return text(named, dim(record_id), gap="  ") if named else record_id


def item_tree(details: RecordDetails) -> Tree:
    """Show a conversation with what was written in it last, or a note, as timelines do."""
    record = details.record
    shown = record.attributes
    title = str(shown.get("name") or "") or record.kind
    label = text(
        heading(title) if record.kind == "conversation" else entry_line(record, at=False),
        name("Conversation") if record.kind == "conversation" else "",
        shown.get("status") or "",
        dim(instant(record.updated_at)),
        dim(record.id),
        gap="  ",
    )
    return Tree(label, [Tree(entry_line(each)) for each in details.entries])


def entry_line(record: CoreRecord, *, at: bool = True) -> Text:
    """Show a message, a note or the like on one line."""
    shown = record.attributes
    if record.kind == "message":
        what = f"{shown.get('channel', '')} {shown['direction']}"
        body = str(shown.get("preview") or shown.get("subject") or "")
    else:
        what = record.kind.capitalize()
        body = str(shown.get(next(iter(KINDS[record.kind].columns.values()))) or "")
    time = dim(instant(record.created_at)) if at else ""
    return text(name(what), shorten(body, _WIDEST), time, gap="  ")
