"""Helpers for numbers: math and numberFormat."""

import math
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final

from kobjctl.expressions.handlebars.errors import HelperError, quoted
from kobjctl.expressions.handlebars.helpers.table import helper
from kobjctl.expressions.handlebars.scope import HelperContext
from kobjctl.javascript.coercion import Value, number_of, string_of
from kobjctl.javascript.misreadings import misread, no_number
from kobjctl.javascript.numbers import INFINITY, NAN, number_text

MAX_DECIMALS: Final = 20
_LARGEST_FIXED: Final = 1e21
# All digits before the point, and all decimals.
_ENOUGH: Final = Context(prec=22 + MAX_DECIMALS)


def _divide(left: float, right: float) -> float:
    if right:
        return left / right
    if not left or math.isnan(left):
        return NAN
    return math.copysign(INFINITY, left) * math.copysign(1, right)


def _remainder(left: float, right: float) -> float:
    if not right or math.isinf(left) or math.isnan(left) or math.isnan(right):
        return NAN
    return math.fmod(left, right)


_ARITHMETIC: Final[dict[str, Callable[[float, float], float]]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "/": _divide,
    "%": _remainder,
}


@helper("math", 3, '{{math steps.1.total "*" 2}}', confirmed=True)
def calculate(context: HelperContext, left: Value, operation: Value, right: Value) -> float:
    """Return the result of `+`, `-`, `*`, `/` or `%` on two numbers."""
    calculation = _ARITHMETIC.get(operation) if isinstance(operation, str) else None
    if calculation is None:
        known = " ".join(_ARITHMETIC)
        raise HelperError(f"math knows {known}, not {quoted(string_of(operation))}")
    numbers = [_read(context, left), _read(context, right)]
    result = calculation(*numbers)
    if not math.isfinite(result) and all(map(math.isfinite, numbers)):
        first, second = map(number_text, numbers)
        context.warn(f"{first} {operation} {second} is {number_text(result)}")
    return result


def _read(context: HelperContext, value: Value) -> float:
    """Return the number that a value begins with, and tell of none, or of one that goes on."""
    number = number_of(value)
    if math.isnan(number):
        context.warn(f"{no_number(value)}; the result is NaN")
    elif told := misread(value, number):
        context.warn(told)
    return number


@helper(
    "numberFormat",
    1,
    "{{numberFormat steps.1.total decimals=2}}",
    '{{numberFormat steps.1.total decimals=2 separator="." point=","}}',
    options=("decimals", "separator", "point"),
)
def number_format(context: HelperContext, value: Value) -> str:
    """Return a number with commas between thousands and `decimals` digits after the point.

    `separator` and `point` take the place of the comma and the point.
    """
    number = _read(context, value)
    if math.isnan(number) or abs(number) >= _LARGEST_FIXED:
        return number_text(number)
    separator = string_of(context.hash.get("separator", ","))
    point = string_of(context.hash.get("point", "."))
    whole, _, fraction = _fixed(number, context.hash.get("decimals")).partition(".")
    grouped = f"{int(whole):,}".replace(",", separator)
    if whole == "-0":
        grouped = "-0"
    return grouped + (point + fraction if fraction else "")


def _fixed(number: float, decimals: Value | None) -> str:
    if decimals is None:
        return f"{Decimal(number_text(number)):f}"
    places = number_of(decimals)
    if not 0 <= places <= MAX_DECIMALS:
        raise HelperError(f"numberFormat gives 0 to {MAX_DECIMALS} decimals")
    unit = Decimal(1).scaleb(-int(places))
    return f"{Decimal(number + 0.0).quantize(unit, ROUND_HALF_UP, _ENOUGH):f}"
