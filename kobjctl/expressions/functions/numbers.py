"""The functions that read numbers, as JavaScript's functions of the same names do.

Source: `platform/workflows.md` 3.3.
"""

import math
import re
from typing import Final

from kobjctl.expressions.functions.table import FunctionCall, function
from kobjctl.javascript.numbers import MAX_SAFE_INTEGER
from kobjctl.javascript.whitespace import WHITESPACE
from kobjctl.model.values import MISSING, Json, MissingValue

_SPACES: Final = f"[{WHITESPACE}]*"
_INTEGER: Final = re.compile(_SPACES + r"([+-]?)(?:0[xX]([0-9a-fA-F]*)|([0-9]+))")
_DECIMAL: Final = re.compile(_SPACES + r"([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)")

# JavaScript writes numbers from here on, and fractions up to here, with an exponent.
_LARGE: Final = 1e21
_SMALL: Final = 1e-6


@function("parseInt", (1, 1), "/#fn:parseInt,steps.1.price", gives="number")
def parse_int(call: FunctionCall) -> Json | MissingValue:
    """Give the whole number that a value begins with: 12 for `12abc`, 31 for `0x1F`.

    Nothing, with a warning, where it begins with none.
    """
    value = _first(call.value)
    found = _INTEGER.match(_digits(value) if isinstance(value, int | float) else value)
    if not found or not (found[2] or found[3]):
        return _no_number(call)
    sign = -1 if found[1] == "-" else 1
    return _as_json(call, sign * _to_float(found[3] or int(found[2], 16)))


@function("parseFloat", (1, 1), "/#fn:parseFloat,steps.1.price", gives="number")
def parse_float(call: FunctionCall) -> Json | MissingValue:
    """Give the number that a value begins with: 350 for `3.5e2 items`.

    Nothing, with a warning, where it begins with none.
    """
    value = _first(call.value)
    if isinstance(value, int | float):
        return _as_json(call, _to_float(value))
    found = _DECIMAL.match(value)
    return _as_json(call, float(found[1])) if found else _no_number(call)


def _first(value: Json | MissingValue) -> str | float:
    """Return the text or number that a value's text begins with; a list begins with its item's."""
    while isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return value
    return ""


def _digits(number: float) -> str:
    """Write a number with the whole part that JavaScript writes."""
    number = _to_float(number)
    plain = number == 0 or _SMALL <= abs(number) < _LARGE
    return str(int(number)) if plain else repr(number)


def _to_float(number: float | str) -> float:
    try:
        return float(number)
    except OverflowError:
        return math.inf


def _as_json(call: FunctionCall, number: float) -> Json | MissingValue:
    if not math.isfinite(number):
        call.warn("{value} is beyond the numbers that JSON can have")
        return MISSING
    return int(number) if number.is_integer() and abs(number) <= MAX_SAFE_INTEGER else number


def _no_number(call: FunctionCall) -> MissingValue:
    if call.value is not MISSING:
        call.warn("{value} doesn't begin with a number")
    return MISSING
