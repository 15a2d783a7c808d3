"""Numbers as JavaScript reads and writes them."""

import math
import re
from typing import Final

from kobjctl.model.values import Json

MAX_NUMBER_TEXT: Final = 300
MAX_SAFE_INTEGER: Final = 2**53 - 1
FIRST_EXPONENT: Final = 1e21

# What JavaScript's Number() reads, without the words, the hexadecimal and the empty text.
_NUMBER: Final = re.compile(r"\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,2})?\s*", re.ASCII)


def as_number(value: Json) -> float | None:
    """Read a number, or text that spells one; None when it is neither (a boolean is not)."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return value
    if isinstance(value, str) and len(value) <= MAX_NUMBER_TEXT and _NUMBER.fullmatch(value):
        return read_float(value)
    return None


def read_float(text: str) -> float:
    """Read a JSON number with a fraction or exponent as JavaScript does: `20.0` is 20.

    The result may be infinite.
    """
    number = float(text)
    return int(number) if number.is_integer() and abs(number) <= MAX_SAFE_INTEGER else number


def number_text(number: float) -> str:
    """Write a number as JavaScript does: `20`, `0.5`, `1e+21`, `1e-7`."""
    if number.is_integer() and abs(number) < FIRST_EXPONENT:
        return str(int(number))
    return re.sub(r"e([+-])0", r"e\1", repr(number))


def as_double(number: float) -> float:
    """Return a number as JavaScript holds it: what is too large for that is infinite."""
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf
