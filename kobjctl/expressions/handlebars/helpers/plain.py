"""Helpers that take values as they are: lookup, log, json, randomId."""

import json
from collections.abc import Callable
from typing import Final

from kobjctl.expressions.handlebars.errors import HelperError
from kobjctl.expressions.handlebars.helpers.table import helper
from kobjctl.expressions.handlebars.scope import HelperContext
from kobjctl.javascript.coercion import (
    Value,
    keys_of,
    number_of,
    number_text,
    own,
    string_of,
    to_float,
    truthy,
)
from kobjctl.model.values import MISSING, Json

MAX_DEPTH: Final = 100
MAX_ID: Final = 1000
_ID_LENGTH: Final = 10
_ID_CHARS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


@helper("lookup", 2, "{{lookup steps.1.tags 1}}", confirmed=True)
def lookup(context: HelperContext, value: Value, name: Value) -> Value:
    """Give the property of an object, or the item of a list, whose name or index is a value."""
    if not truthy(value):
        return value
    return own(value, context.text(name) if isinstance(name, list) else string_of(name))


@helper("log", (0, None), '{{log "seen"}}', confirmed=True)
def log(context: HelperContext, *values: Value) -> Value:
    """Print nothing; the platform writes the values to a log of its own."""
    return MISSING


@helper("json", 1, "{{{json steps.1.items}}}")
def to_json(context: HelperContext, value: Value) -> Value:
    """Give a value as compact JSON."""
    return MISSING if value is MISSING else json_text(value, context.spend)


@helper("randomId", 0, "{{randomId size=6}}", confirmed=True, options=("size",))
def random_id(context: HelperContext) -> str:
    """Give random upper-case letters and digits: 10 of them, or `size`."""
    size = number_of(context.hash.get("size", _ID_LENGTH))
    if not 0 <= size <= MAX_ID:
        raise HelperError(f"randomId makes at most {MAX_ID:,} characters")
    context.spend(int(size))
    draw = context.context.random
    return "".join(_ID_CHARS[int(draw() * len(_ID_CHARS))] for _ in range(int(size)))


def json_text(value: Json, spend: Callable[[int], None], depth: int = 0) -> str:
    """Write JSON as `JSON.stringify` does."""
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        finite = abs(to_float(value)) < float("inf")
        return number_text(value) if finite else "null"
    if not isinstance(value, list | dict):
        return "null" if value is MISSING else json.dumps(value)
    if depth == MAX_DEPTH:
        raise HelperError(f"the value is nested deeper than {MAX_DEPTH} levels")
    spend(len(value))
    if isinstance(value, list):
        return f"[{','.join(json_text(item, spend, depth + 1) for item in value)}]"
    there = (key for key in keys_of(value) if value[key] is not MISSING)
    pairs = (f"{_quoted(key)}:{json_text(value[key], spend, depth + 1)}" for key in there)
    return f"{{{','.join(pairs)}}}"


def _quoted(text: str) -> str:
    # A lone half of an emoji is written as an escape, a whole one as it is.
    quoted = json.dumps(text, ensure_ascii=False)
    if text.isascii() or not any("\ud800" <= char <= "\udfff" for char in text):
        return quoted
    return "".join(
        f"\\u{ord(char):04x}" if "\ud800" <= char <= "\udfff" else char for char in quoted
    )
