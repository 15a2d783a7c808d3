"""The JSON Schema of workflow and app files, by which editors complete and check them.

It is made of the table that files are checked by, and of the actions and operators.
"""

from math import isfinite
from typing import Final

from kobjctl.actions import ACTIONS
from kobjctl.actions.base import Action
from kobjctl.expressions.operators import OPERATORS
from kobjctl.files.shapes.forms import WORKFLOW_KEYS
from kobjctl.files.shapes.kinds import Kind, ObjectShape, shaped
from kobjctl.files.shapes.table import SHAPES
from kobjctl.model.kinds.limits import OneOf
from kobjctl.model.values import JsonObject
from kobjctl.records.fields import Field

_DRAFT: Final = "http://json-schema.org/draft-07/schema#"
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


def editor_schema() -> JsonObject:
    """Return the schema of workflow and app files.

    Actions with their params are offered and not demanded, as apps bring others; the operators
    are all there are.
    """
    defined = definitions("App", "AppFile")
    _offer_actions(defined["Step"])
    summaries = [each.summary for each in OPERATORS.values()]
    told = defined["Condition"]["properties"]["op"]
    told |= {"enum": list(OPERATORS), "enumDescriptions": summaries}
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


def _offer_actions(step: JsonObject) -> None:
    """Offer the names of actions, and the params of a step by its action."""
    actions = ACTIONS.values()
    named = [{"const": each.name, "description": f"{each.label}."} for each in actions]
    told = step["properties"]["action"]
    told["anyOf"] = [*named, *told["anyOf"]]
    step["allOf"] = [
        {
            "if": {"properties": {"action": {"const": each.name}}, "required": ["action"]},
            "then": _step_with(each),
        }
        for each in actions
    ]


def _step_with(action: Action) -> JsonObject:
    schema: JsonObject = {"properties": {each.name: _param(each) for each in action.params}}
    needs: list[JsonObject] = [{"required": [each.name]} for each in action.params if each.required]
    if action.needs_one:
        needs.append({"anyOf": [{"required": [name]} for name in action.needs_one]})
    # A lookup without what it looks for finds nothing, which is no mistake in itself.
    if not needs or action.lookup:
        return {"properties": {"params": schema}}
    return {"properties": {"params": {**schema, "allOf": needs}}, "required": ["params"]}


def _param(param: Field) -> JsonObject:
    for limit in param.limits:
        if isinstance(limit, OneOf):
            return {"anyOf": [{"enum": list(limit.options)}, {"type": ["string", "null"]}]}
    known = _TYPES.get(param.type.name)
    return {"type": [known, "string", "null"]} if known else {}
