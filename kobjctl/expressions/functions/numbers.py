"""The functions that read numbers, as JavaScript's functions of the same names do.

Source: `manual/platform.md 5.2`.
"""

import math
import re
from typing import Final

from kobjctl.expressions.functions.table import FunctionCall, function
from kobjctl.javascript.coercion import number_of, string_of
from kobjctl.javascript.misreadings import misread, no_number
from kobjctl.javascript.numbers import canonical, to_float
from kobjctl.model.unseen import WHITESPACE
from kobjctl.model.values import MISSING, Json, MissingValue

_INTEGER: Final = re.compile(r"([+-]?)(?:0[xX]([0-9a-fA-F]*)|([0-9]+))")


@function("parseInt", (1, 1), "/#fn:parseInt,steps.1.price", gives="number")
def parse_int(call: FunctionCall) -> Json | MissingValue:
    """Return the whole number that a value begins with: 12 for `12abc`, 31 for `0x1F`.

    Nothing, with a warning, where it begins with none.
    """
    found = _INTEGER.match(string_of(call.value).lstrip(WHITESPACE))
    if not found or not (found[2] or found[3]):
        return _no_number(call)
    number = to_float(int(found[2], 16)) if found[2] else float(found[3])
    return _as_json(call, -number if found[1] == "-" else number)


@function("parseFloat", (1, 1), "/#fn:parseFloat,steps.1.price", gives="number")
def parse_float(call: FunctionCall) -> Json | MissingValue:
    """Return the number that a value begins with: 350 for `3.5e2 items`.

    Nothing, with a warning, where it begins with none.
    """
    number = number_of(call.value)
    return _no_number(call) if math.isnan(number) else _as_json(call, number)


def _as_json(call: FunctionCall, number: float) -> Json | MissingValue:
    if not math.isfinite(number):
        call.warn("{value} is not a number that JSON can hold")
        return MISSING
    if told := misread(call.value, number):
        call.warn(told)
    return canonical(number)


def _no_number(call: FunctionCall) -> MissingValue:
    if call.value is not MISSING:
        call.warn(no_number(call.value))
    return MISSING
