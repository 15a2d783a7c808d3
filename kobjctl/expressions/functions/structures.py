"""The functions of JSON data whose names public sources mention, and nothing else: readings.

Source: `manual/platform.md 5.4`.
"""

from typing import Final

from kobjctl.expressions.functions.table import FunctionCall, function
from kobjctl.expressions.references import follow
from kobjctl.javascript.json_text import stringify
from kobjctl.model.errors import KobjctlError
from kobjctl.model.unseen import WHITESPACE
from kobjctl.model.values import MISSING, Json, JsonObject, MissingValue

# Of the keys, 1 stands for true and for 1.0 as well, and 0 for false.
_TRUTH: Final = {"true": True, "1": True, 1: True, "false": False, "0": False, 0: False}


@function("toJSON", (1, 1), "/#fn:toJSON,steps.1.tags", confirmed=False)
def to_json(call: FunctionCall) -> str | MissingValue:
    """Return a value as compact JSON text."""
    if call.value is MISSING:
        return MISSING
    return stringify(call.value)


@function("parseJSON", (1, 1), "/#fn:parseJSON,steps.1.json", confirmed=False)
def parse_json(call: FunctionCall) -> Json | MissingValue:
    """Return the value that a JSON text holds; what is no text stays as it is.

    Nothing, with a warning, where the text is not strict JSON.
    """
    from kobjctl.files.payloads.payload import payload_reading  # noqa: PLC0415 - only it needs it

    if not isinstance(call.value, str):
        return call.value
    try:
        value, losses = payload_reading(
            call.value.encode("utf-8", "surrogatepass"), call.path or ""
        )
    except KobjctlError as error:
        call.warn(f"{{value}} is not JSON: {error.message}")
        return MISSING
    for loss in losses:
        call.warn(f"parseJSON: {loss}")
    return value


@function("parseBool", (1, 1), "/#fn:parseBool,steps.1.paid", confirmed=False)
def parse_bool(call: FunctionCall) -> bool | MissingValue:
    """Return true for `true` and 1, false for `false` and 0, in any case.

    Nothing, with a warning, for anything else.
    """
    value = call.value.strip(WHITESPACE).lower() if isinstance(call.value, str) else call.value
    truth = _TRUTH.get(value) if isinstance(value, str | int | float) else None
    if truth is None:
        return _unfit(call, "neither true nor false")
    return truth


@function("map", (2, 2), "/#fn:map,steps.1.items,sku", confirmed=False)
def map_attribute(call: FunctionCall) -> list[Json] | MissingValue:
    """Return one attribute of every item of a list: `/#fn:map,steps.1.items,name`.

    Items without it are left out.
    """
    if not isinstance(call.value, list):
        return _unfit(call, "not a list")
    segments = tuple(call.arguments[0].split("."))
    found = (follow(item, segments) for item in call.value)
    return [value for value in found if value is not MISSING]


@function("transform", (2, None), "/#fn:transform,steps.1.items,sku,count=n", confirmed=False)
def transform(call: FunctionCall) -> Json | MissingValue:
    """Return an object, or every object of a list, with the named attributes only.

    `/#fn:transform,steps.1.order,id,total=price.amount`: an attribute may get a new name, and
    come from deeper within. What isn't there is left out.
    """
    if not isinstance(call.value, dict | list):
        return _unfit(call, "neither an object nor a list")
    named = [argument.partition("=") for argument in call.arguments]
    taken = [(name, tuple((path if equals else name).split("."))) for name, equals, path in named]
    if isinstance(call.value, list):
        return [_picked(item, taken) for item in call.value]
    return _picked(call.value, taken)


def _picked(value: Json, taken: list[tuple[str, tuple[str, ...]]]) -> JsonObject:
    found = ((name, follow(value, segments)) for name, segments in taken)
    return {name: picked for name, picked in found if picked is not MISSING}


@function(
    "includedResourceAttribute",
    (3, 3),
    "/#fn:includedResourceAttribute,steps.1.included,customer,displayName",
    confirmed=False,
)
def included_resource_attribute(call: FunctionCall) -> Json | MissingValue:
    """Return an attribute of a resource that a JSON:API document includes.

    `/#fn:includedResourceAttribute,steps.get.body,customer,displayName`: the path leads to the
    document, or to its list `included`; the first resource of the type counts.
    """
    document = call.value
    included = document.get("included") if isinstance(document, dict) else document
    if not isinstance(included, list):
        return _unfit(call, "not a JSON:API document with included resources")
    wanted, attribute = call.arguments
    segments = ("attributes", *attribute.split("."))
    resources = [each for each in included if isinstance(each, dict)]
    first = next((each for each in resources if each.get("type") == wanted), None)
    found = follow(first, segments)
    if first is None:
        call.warn(f'no resource of the type "{wanted}" is included')
    elif found is MISSING:
        call.warn(f'the included resource of the type "{wanted}" has no "{attribute}"')
    return found


def _unfit(call: FunctionCall, what: str) -> MissingValue:
    if call.value is not MISSING:
        call.warn(f"{{value}} is {what}")
    return MISSING
