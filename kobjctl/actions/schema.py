"""Cast and check values by the JSON schema that a callable workflow or an app's action declares.

Source: `manual/platform.md 2.5, 7.10`. Of JSON Schema, what such schemas use: `type`,
`properties`, `required`, `enum`, `items`, `additionalProperties`, `default`.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Final

from kobjctl.javascript.numbers import as_number, to_float
from kobjctl.model.errors import BadParamError, closest, did_you_mean
from kobjctl.model.secrets import hidden
from kobjctl.model.values import Json, JsonObject, kind_of
from kobjctl.records.casts import CASTS, Cast

_CASTS: Final[Mapping[str, Any]] = {
    "string": str,
    "number": float,
    "integer": float,
    "boolean": bool,
    "object": dict,
    "array": list,
}
SCHEMA_TYPES: Final = tuple(_CASTS)


def fit(schema: JsonObject, inputs: JsonObject) -> tuple[JsonObject, list[str]]:
    """Return the values as the types of an object's schema, and warnings for what it doesn't name.

    Raises BadParamError for a value that is missing, unknown though no others are allowed, or
    can't be of its type.
    """
    properties = properties_of(schema)
    warnings = list(_unknown(schema, properties, inputs))
    fitted = dict(inputs)
    for name, declared in properties.items():
        if name in inputs:
            fitted[name] = fit_value(name, declared, inputs[name])
        elif isinstance(declared, dict) and "default" in declared:
            fitted[name] = declared["default"]
    for name in required_by(schema):
        if fitted.get(name) is None:
            close = closest(name, inputs.keys() - properties.keys())
            instead = f', but "{close}" was given' if close else ""
            raise BadParamError(f'the parameter "{name}" is required{instead}', parameter=name)
    return fitted, warnings


def properties_of(schema: JsonObject) -> JsonObject:
    """Return the properties that an object's schema declares; nobody has checked its shape."""
    properties = schema.get("properties")
    return properties if isinstance(properties, dict) else {}


def required_by(schema: JsonObject) -> list[str]:
    """Return the names that an object's schema requires."""
    names = schema.get("required")
    return [str(name) for name in names] if isinstance(names, list) else []


def _unknown(schema: JsonObject, properties: JsonObject, inputs: JsonObject) -> Iterator[str]:
    if not properties:
        return
    for name in inputs:
        if name in properties:
            continue
        hint = did_you_mean(name, properties)
        what = f'the schema has no parameter "{name}"' + (f"; {hint}" if hint else "")
        if schema.get("additionalProperties") is False:
            raise BadParamError(what, parameter=name)
        yield what


def declared(schema: JsonObject) -> Iterator[tuple[str, str, bool]]:
    """Yield (name, type in words, whether it is required) of what an object's schema declares."""
    required = required_by(schema)
    for name, each in properties_of(schema).items():
        given = each.get("type") if isinstance(each, dict) else None
        kinds = map(str, given if isinstance(given, list) else [given])
        words = [CASTS[_CASTS[kind]].name for kind in kinds if kind in _CASTS]
        yield name, words[0] if len(words) == 1 else CASTS[object].name, name in required


def fit_value(name: str, declared: Json, value: Json) -> Json:
    """Return a value as its schema declares it; raises BadParamError."""
    if not isinstance(declared, dict):
        return value
    fitted = _cast(name, declared.get("type"), value)
    options = declared.get("enum")
    if isinstance(options, list) and fitted not in options:
        listed = ", ".join(map(str, options))
        hint = did_you_mean(str(fitted), map(str, options))
        message = f'the parameter "{name}" must be one of {listed}'
        raise BadParamError(message, parameter=name, hint=hint)
    if isinstance(fitted, dict) and "properties" in declared:
        return fit(declared, fitted)[0]
    if isinstance(fitted, list) and "items" in declared:
        return [fit_value(name, declared["items"], each) for each in fitted]
    return fitted


def _cast(name: str, declared: Json, value: Json) -> Json:
    kinds = declared if isinstance(declared, list) else [declared]
    known = [kind for kind in kinds if isinstance(kind, str) and kind in _CASTS]
    if value is None or not known or any(_is_of(kind, value) for kind in known):
        return value
    cast: Cast = CASTS[_CASTS[known[0]]]
    fitted = hidden().derived(cast.cast(name, value), partial(cast.cast, name), value)
    if known[0] == "integer" and not _is_of("integer", fitted):
        raise BadParamError(f'the parameter "{name}" must be a whole number', parameter=name)
    return fitted


def _is_of(kind: str, value: Json) -> bool:
    if kind in ("number", "integer"):
        number = None if isinstance(value, str) else as_number(value)
        return number is not None and (kind == "number" or to_float(number).is_integer())
    return kind_of(value) == CASTS[_CASTS[kind]].name
