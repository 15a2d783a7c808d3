"""Helpers that take values as they are: lookup, log, json, randomId."""

from typing import Final

from kobjctl.expressions.handlebars.errors import HelperError
from kobjctl.expressions.handlebars.helpers.table import helper
from kobjctl.expressions.handlebars.scope import CHARACTERS_OF_AN_ITEM, HelperContext
from kobjctl.javascript.coercion import Value, number_of, own, string_of, truthy
from kobjctl.javascript.json_text import stringify
from kobjctl.model.values import MISSING

MAX_ID: Final = 1000
_ID_LENGTH: Final = 10
_ID_CHARS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


@helper("lookup", 2, "{{lookup steps.1.tags 1}}", confirmed=True)
def lookup(context: HelperContext, value: Value, name: Value) -> Value:
    """Return the property of an object, or the item of a list, whose name or index is a value."""
    if not truthy(value):
        return value
    return own(value, context.text(name) if isinstance(name, list) else string_of(name))


@helper("log", (0, None), '{{log "seen"}}', confirmed=True, options=("level",))
def log(context: HelperContext, *values: Value) -> Value:
    """Print nothing; the platform writes the values to a log of its own."""
    return MISSING


@helper("json", 1, "{{{json steps.1.items}}}")
def to_json(context: HelperContext, value: Value) -> Value:
    """Return a value as compact JSON."""
    if value is MISSING:
        return MISSING
    try:
        text = stringify(value)
    except RecursionError as error:
        raise HelperError("the value is nested too deeply") from error
    context.spend(len(text) // CHARACTERS_OF_AN_ITEM)
    return text


@helper("randomId", 0, "{{randomId size=6}}", confirmed=True, options=("size",))
def random_id(context: HelperContext) -> str:
    """Return random upper-case letters and digits: 10 of them, or `size`."""
    size = number_of(context.hash.get("size", _ID_LENGTH))
    if not 0 <= size <= MAX_ID:
        raise HelperError(f"randomId makes at most {MAX_ID:,} characters")
    context.spend(int(size))
    draw = context.context.random
    return "".join(_ID_CHARS[int(draw() * len(_ID_CHARS))] for _ in range(int(size)))
