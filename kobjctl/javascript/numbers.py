"""Numbers as JavaScript holds, reads and writes them: all of them are doubles.

A whole number is an `int` here as long as JavaScript writes it in plain digits, and has the
digits that are written there; any other number is a `float`.
"""

import re
from typing import Final

from kobjctl.model.unseen import WHITESPACE
from kobjctl.model.values import Json

MAX_SAFE_INTEGER: Final = 2**53 - 1
NAN: Final = float("nan")
INFINITY: Final = float("inf")

_MAX_TEXT: Final = 300
_FIRST_EXPONENT: Final = 1e21
_LAST_PLAIN_EXPONENT: Final = 6
SAFE_DIGITS: Final = 15
_WORDS: Final = {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}

# What JavaScript's Number() reads, without the words, the hexadecimal and the empty text.
_NUMBER: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,2})?", re.ASCII)


def to_float(number: float) -> float:
    """Return a number as a double; one that is too large for that is infinite."""
    try:
        return float(number)
    except OverflowError:
        return INFINITY if number > 0 else -INFINITY


def canonical(number: float) -> float:
    """Return a number as JavaScript holds it: 20 for 20.0, 9007199254740992 for the one above."""
    if isinstance(number, int) and -MAX_SAFE_INTEGER <= number <= MAX_SAFE_INTEGER:
        return number
    double = to_float(number)
    if not double.is_integer() or abs(double) >= _FIRST_EXPONENT:
        return double
    if abs(double) <= MAX_SAFE_INTEGER:
        return int(double)
    digits, _, exponent = repr(double).partition("e")
    if not exponent:
        return int(double)
    # Of the whole numbers that are this double, JavaScript writes the one with the most zeros.
    whole, _, fraction = digits.partition(".")
    return int(whole + fraction.ljust(int(exponent), "0"))


def read_float(digits: str) -> float:
    """Read a number of JSON that has a fraction or an exponent; it may be infinite."""
    return canonical(float(digits))


def read_integer(digits: str) -> float:
    """Read a number of JSON that has neither; one too large for a double is infinite."""
    return int(digits) if len(digits) <= SAFE_DIGITS else canonical(float(digits))


def loses_digits(digits: str) -> bool:
    """Return whether JavaScript writes the whole number that digits spell with other ones."""
    spelled = digits.lstrip("+-0")
    return (
        len(spelled) > SAFE_DIGITS
        and spelled.isdigit()
        and (number_text(float(spelled)) != spelled)
    )


def as_number(value: Json) -> float | None:
    """Read a number, or text that spells one; None when it is neither (a boolean is not)."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return canonical(value)
    text = value.strip(WHITESPACE) if isinstance(value, str) and len(value) <= _MAX_TEXT else ""
    return read_float(text) if _NUMBER.fullmatch(text) else None


def number_text(number: float) -> str:
    """Write a number as JavaScript does: `3` for 3.0, `1e+21`, `1e-7`, `0.00005`."""
    held = canonical(number)
    text = repr(held)
    if "e-0" not in text:
        return _WORDS.get(text, text)
    digits, _, exponent = text.partition("e-0")
    if int(exponent) > _LAST_PLAIN_EXPONENT:
        return f"{digits}e-{exponent}"
    sign = "-" if held < 0 else ""
    return f"{sign}0.{'0' * (int(exponent) - 1)}{digits.lstrip('-').replace('.', '')}"
