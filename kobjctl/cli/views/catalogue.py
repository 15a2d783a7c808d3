"""How actions are shown: the platform's and those of apps."""

from collections.abc import Iterable, Sequence
from typing import Final

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
    View,
    dim,
    heading,
    known_fields,
    name,
)
from kobjctl.engine.app_action import output_of
from kobjctl.model.app import AppPart
from kobjctl.model.values import JsonObject
from kobjctl.records.fields import Field

UNCONFIRMED: Final = "not confirmed: no public source shows this name, but kobjctl accepts it"

_PARAMS: Final = (
    "unconfirmed parameters: no public source shows their names; kobjctl reads these all the same"
)


def action_list(actions: Iterable[Action], of_apps: Sequence[AppPart] = ()) -> View:
    """Show actions by name with their labels, and those of the org's apps with their apps."""
    actions = list(actions)
    columns: list[Column] = [Column("action", keep=True), Column("label")]
    rows: list[Sequence[Cell]] = [
        (name(each.name), marked(each.label, confirmed=each.confirmed)) for each in actions
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


def app_action_view(action: AppPart) -> View:
    """Show an app's action with what its schemas declare."""
    value = _app_action_json(action)
    fields = known_fields(
        ("action", heading(action.name)),
        ("app", action.app),
        ("type", value["type"]),
        ("description", action.label),
    )
    params = [
        (name(each["name"]), each["type"], "required" if each["required"] else "")
        for each in sorted(value["params"], key=lambda each: not each["required"])
    ]
    output = [(name(field), kind) for field, kind in value["output"].items()]
    blocks: list[Block] = [
        fields,
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


def action_view(action: Action) -> View:
    """Show an action with its parameters and the fields of its output."""
    ordered = sorted(action.params, key=lambda param: not _need(param, action))
    params = [(name(each.name), _type(each), _need(each, action)) for each in ordered]
    fields = [(name(f"{field}"), kind) for field, kind in action.output.items()]
    blocks: list[Block] = [
        FieldList([("action", heading(action.name)), ("label", action.label)]),
        EmptyLine(),
        *map(Line, action.help.split("\n")),
        *([] if action.confirmed else [Line(dim(UNCONFIRMED))]),
        *([] if action.params_confirmed or not params else [Line(dim(_PARAMS))]),
        EmptyLine(),
        Table(
            (Column("parameter", keep=True), Column("type"), Column("")),
            params,
            "no parameters known",
        ),
        EmptyLine(),
        Table(
            (Column("output field", keep=True), Column("type")), fields, "no output fields known"
        ),
    ]
    return _action_json(action), blocks


def marked(words: str, *, confirmed: bool) -> str:
    """Return what is said of a member of a table, with a mark where no public source has it."""
    return words if confirmed else f"{words} (not confirmed)"


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
        "paramsConfirmed": action.params_confirmed,
        "help": action.help,
        "params": [
            {"name": param.name, "type": param.type.name, "required": param.required}
            for param in action.params
        ],
        "requiresOneOf": list(action.needs_one),
        "output": dict(action.output),
    }
