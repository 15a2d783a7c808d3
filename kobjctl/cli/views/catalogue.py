"""How the tables of the language are shown: actions and operators."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from kobjctl.actions.base import Action
from kobjctl.actions.schema import declared
from kobjctl.cli.output.blocks import (
    Block,
    Cell,
    Column,
    EmptyLine,
    FieldList,
    Line,
    Table,
    dim,
    heading,
    name,
)
from kobjctl.engine.app_action import output_of
from kobjctl.expressions.functions import Function
from kobjctl.expressions.handlebars import Helper
from kobjctl.expressions.operator import Operator
from kobjctl.model.app import AppPart
from kobjctl.model.values import Json, JsonObject
from kobjctl.records.fields import Field

UNCONFIRMED: Final = "unconfirmed: no public source shows the name; kobjctl reads it all the same"


def action_list(
    actions: Iterable[Action], of_apps: Sequence[AppPart] = ()
) -> tuple[Json, list[Block]]:
    """Show actions by name with their labels, and those of the org's apps with their apps."""
    actions = list(actions)
    columns: list[Column] = [Column("action", keep=True), Column("label")]
    rows: list[Sequence[Cell]] = [
        (name(each.name), _marked(each.label, confirmed=each.confirmed)) for each in actions
    ]
    values = [_action_json(each) for each in actions]
    if of_apps:
        columns.append(Column("app", keep=True))
        rows = [(*row, "") for row in rows]
        rows += [(name(each.name), each.label, each.app) for each in of_apps]
        values += [_app_action_json(each) for each in of_apps]
    blocks: list[Block] = [Table(columns, rows)]
    if not all(each.confirmed for each in actions):
        blocks += [EmptyLine(), Line(dim(UNCONFIRMED))]
    return values, blocks


def app_action_view(action: AppPart) -> tuple[Json, list[Block]]:
    """Show an app's action with what its schemas declare."""
    value = _app_action_json(action)
    fields = [
        ("action", heading(action.name)),
        ("app", action.app),
        ("type", value["type"]),
        ("description", action.label),
    ]
    params = [
        (name(each["name"]), each["type"], "required" if each["required"] else "")
        for each in sorted(value["params"], key=lambda each: not each["required"])
    ]
    output = [(name(field), kind) for field, kind in value["output"].items()]
    blocks: list[Block] = [
        FieldList([(label, text) for label, text in fields if text]),
        EmptyLine(),
        Table(
            (Column("parameter", keep=True), Column("type"), Column("")), params, "no parameters"
        ),
        EmptyLine(),
        Table((Column("output field", keep=True), Column("type")), output, "no output fields"),
    ]
    return value, blocks


def _app_action_json(action: AppPart) -> JsonObject:
    definition = action.definition
    return {
        "name": action.name,
        "label": action.label,
        "app": action.app,
        "type": str(definition.get("type") or ""),
        "params": [
            {"name": key, "type": kind, "required": required}
            for key, kind, required in declared(definition.get("inputSchema") or {})
        ],
        "output": output_of(definition),
    }


def action_view(action: Action) -> tuple[Json, list[Block]]:
    """Show an action with its parameters and the fields of its output."""
    ordered = sorted(action.params, key=lambda param: not _need(param, action))
    params = [(name(each.name), _type(each), _need(each, action)) for each in ordered]
    fields = [(name(f"{field}"), kind) for field, kind in action.output.items()]
    blocks: list[Block] = [
        FieldList([("action", heading(action.name)), ("label", action.label)]),
        EmptyLine(),
        *map(Line, action.help.split("\n")),
        *([] if action.confirmed else [Line(dim(UNCONFIRMED))]),
        EmptyLine(),
        Table((Column("parameter", keep=True), Column("type"), Column("")), params),
        EmptyLine(),
        Table((Column("output field", keep=True), Column("type")), fields),
    ]
    return _action_json(action), blocks


def _marked(words: str, *, confirmed: bool) -> str:
    return words if confirmed else f"{words} (unconfirmed)"


def _type(param: Field) -> str:
    limits = ", ".join(map(str, param.limits))
    return f"{param.type.name}, {limits}" if limits else param.type.name


def _need(param: Field, action: Action) -> str:
    if param.required:
        need = "required"
    elif param.name in action.needs_one:
        others = [each for each in action.needs_one if each != param.name]
        need = f"required, or {' or '.join(others)}"
    else:
        return ""
    return f"{need}; without it nothing is found" if action.lookup else need


def _action_json(action: Action) -> JsonObject:
    return {
        "name": action.name,
        "label": action.label,
        "confirmed": action.confirmed,
        "help": action.help,
        "params": [
            {"name": param.name, "type": param.type.name, "required": param.required}
            for param in action.params
        ],
        "requiresOneOf": list(action.needs_one),
        "output": dict(action.output),
    }


class Entry(NamedTuple):
    """A member of a table of the language, as it is listed."""

    name: str
    values: str
    summary: str
    confirmed: bool


def operator_list(operators: Iterable[Operator]) -> tuple[Json, list[Block]]:
    """Show operators with what they ask."""
    return _table(
        ("operator", "holds when"),
        [Entry(each.name, str(each.arity), each.summary, each.confirmed) for each in operators],
    )


def function_list(functions: Iterable[Function]) -> tuple[Json, list[Block]]:
    """Show functions with what they give."""
    return _table(
        ("function", "gives"),
        [
            Entry(each.name, _parts(*each.arity), _first(each.summary), each.confirmed)
            for each in functions
        ],
    )


def helper_list(helpers: Iterable[Helper]) -> tuple[Json, list[Block]]:
    """Show helpers with what they print."""
    return _table(
        ("helper", "prints"),
        [
            Entry(each.name, str(each.arity), _first(each.summary), each.confirmed)
            for each in helpers
        ],
    )


def _first(summary: str) -> str:
    """Return the first paragraph of a docstring, on one line."""
    return " ".join(summary.split("\n\n", maxsplit=1)[0].split())


def _parts(least: int, most: int | None) -> str:
    if most is None:
        return f"at least {least}"
    return str(most) if least == most else f"{least} to {most}"


def _table(titles: tuple[str, str], entries: list[Entry]) -> tuple[Json, list[Block]]:
    noun, effect = titles
    columns = (Column(noun, keep=True), Column("values", keep=True), Column(effect))
    rows = [
        (
            name(each.name),
            each.values,
            _marked(each.summary, confirmed=each.confirmed),
        )
        for each in entries
    ]
    blocks: list[Block] = [
        Table(columns, rows),
        EmptyLine(),
        Line(dim(UNCONFIRMED)),
    ]
    return [each._asdict() for each in entries], blocks
