"""The JSON Schema of workflow and app files, by which editors complete and check them.

It is made of the table that files are checked by.
"""

from collections.abc import Iterable, Mapping
from math import isfinite
from types import MappingProxyType
from typing import Final, NamedTuple

from kobjctl.files.shapes.forms import WORKFLOW_KEYS
from kobjctl.files.shapes.kinds import Kind, ObjectShape, shaped
from kobjctl.files.shapes.table import SHAPES
from kobjctl.model.values import JsonObject

_DRAFT: Final = "http://json-schema.org/draft-07/schema#"

_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
# What a value of a kind may be beside an expression, which is text; anything can be cast to text.
_TYPES: Final = {
    "number": "number",
    "true or false": "boolean",
    "object": "object",
    "list": "array",
}
_NESTED: Final = {
    "if": {"properties": {"op": {"enum": ["and", "or"]}}},
    "then": {"properties": {"values": {"items": {"$ref": "#/definitions/Condition"}}}},
}
# What JSON Schema calls the limits of a value of a type, and the kind of its parts.
_LIMITS: Final = {
    "string": ("minLength", "maxLength", ""),
    "array": ("minItems", "maxItems", "items"),
    "object": ("minProperties", "maxProperties", "additionalProperties"),
}


class OfferedParam(NamedTuple):
    """A parameter that editors offer: its kind in words, and what it may be if that is listed."""

    name: str
    kind: str
    options: tuple[str, ...] = ()


class OfferedAction(NamedTuple):
    """An action that editors offer; one of `needs` must be given in each of its groups."""

    name: str
    label: str
    params: tuple[OfferedParam, ...] = ()
    needs: tuple[tuple[str, ...], ...] = ()


def json_schema(
    actions: Iterable[OfferedAction] = (), operators: Mapping[str, str] = _NOTHING
) -> JsonObject:
    """Return the schema.

    `actions` are offered and not demanded, as apps bring others; those of `operators`, each with
    what it asks, are all there are.
    """
    defined = definitions("App", "AppFile")
    _offer_actions(defined["Step"], list(actions))
    if operators:
        told = defined["Condition"]["properties"]["op"]
        told |= {"enum": list(operators), "enumDescriptions": list(operators.values())}
    defined["Condition"] |= _NESTED
    return {
        "$schema": _DRAFT,
        "title": "A workflow or app file of kobjctl",
        # A list holds what the API of the platform answers.
        "type": ["object", "array"],
        # Offered in an empty file, of which nobody knows yet what it will be.
        "properties": dict.fromkeys(("name", *sorted(WORKFLOW_KEYS)), True),
        **_either(
            {"anyOf": [{"required": [key]} for key in sorted(WORKFLOW_KEYS)]},
            "Workflow",
            _either({"required": ["app"]}, "App", _either({}, "AppFile", {})),
        ),
        "definitions": defined,
    }


def _either(sign: JsonObject, name: str, otherwise: JsonObject) -> JsonObject:
    """Return the schema of an object that has the shape of a name if it shows a sign of it."""
    return {
        "if": {"type": "object", **sign},
        "then": {"$ref": f"#/definitions/{name}"},
        "else": otherwise,
    }


def definitions(*names: str) -> JsonObject:
    """Return the schemas of shapes and of those of their parts, in the order of their names."""
    found: dict[str, JsonObject] = {}
    waiting = [shaped(name) for name in names]
    for kind in waiting:
        if kind.of:
            waiting.append(kind.of)
        if kind.shape and kind.shape not in found:
            found[kind.shape] = _definition(SHAPES[kind.shape])
            waiting += (key.kind for key in SHAPES[kind.shape].keys.values())
    return dict(sorted(found.items()))


def _definition(shape: ObjectShape) -> JsonObject:
    """Return the schema of a shape; keys about which nothing is checked are admitted."""
    needed = [key for key, each in shape.keys.items() if each.needed]
    told = {
        key: {**_schema(each.kind), "description": each.words} for key, each in shape.keys.items()
    }
    return {
        "description": f"{shape.noun[0].upper()}{shape.noun[1:]}.",
        "type": "object",
        "properties": {**told, **dict.fromkeys(shape.also, True)},
        **({"required": needed} if needed else {}),
        "additionalProperties": shape.is_open,
    }


def _schema(kind: Kind) -> JsonObject:
    if kind.null:
        return {"anyOf": [_schema(kind._replace(null=False)), {"type": "null"}]}
    if kind.shape:
        return {"$ref": f"#/definitions/{kind.shape}"}
    said = {"type": kind.type, "enum": list(kind.choices), "pattern": kind.pattern}
    schema: JsonObject = {word: value for word, value in said.items() if value}
    least, most, of = _LIMITS.get(kind.type, ("minimum", "maximum", ""))
    schema |= {
        word: limit for word, limit in ((least, kind.least), (most, kind.most)) if isfinite(limit)
    }
    return {**schema, of: _schema(kind.of)} if kind.of else schema


def _offer_actions(step: JsonObject, actions: list[OfferedAction]) -> None:
    """Offer the names of actions, and the params of a step by its action."""
    if not actions:
        return
    named = [{"const": each.name, "description": f"{each.label}."} for each in actions]
    told = step["properties"]["action"]
    told["anyOf"] = [*named, *told["anyOf"]]
    step["allOf"] = [
        {
            "if": {"properties": {"action": {"const": each.name}}, "required": ["action"]},
            "then": {
                "properties": {"params": _params(each)},
                **({"required": ["params"]} if each.needs else {}),
            },
        }
        for each in actions
    ]


def _params(action: OfferedAction) -> JsonObject:
    schema: JsonObject = {"properties": {each.name: _param(each) for each in action.params}}
    if action.needs:
        groups = [[{"required": [name]} for name in group] for group in action.needs]
        schema["allOf"] = [group[0] if len(group) == 1 else {"anyOf": group} for group in groups]
    return schema


def _param(param: OfferedParam) -> JsonObject:
    if param.options:
        return {"anyOf": [{"enum": list(param.options)}, {"type": ["string", "null"]}]}
    known = _TYPES.get(param.kind)
    return {"type": [known, "string", "null"]} if known else {}
