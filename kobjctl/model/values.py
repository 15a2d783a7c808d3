"""What a JSON value is here, and the one value for "not there"."""

import math
import re
from typing import Any, Final, Literal, TypeAlias

Json: TypeAlias = Any
JsonObject: TypeAlias = dict[str, Any]
MAX_NUMBER_TEXT: Final = 300
MAX_SAFE_INTEGER: Final = 2**53 - 1
FIRST_EXPONENT: Final = 1e21

# What JavaScript's Number() reads, without the words, the hexadecimal and the empty text.
_NUMBER: Final = re.compile(r"\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,2})?\s*", re.ASCII)

JsonPath: TypeAlias = tuple[str | int, ...]


class Missing:
    """The type of `MISSING`: a value that is not there, which a JSON null is not."""

    __slots__ = ()

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "MISSING"

    def __reduce__(self) -> str:
        # What comes from another process is compared with `is`, too.
        return "MISSING"


MISSING: Final = Missing()


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
    """Give a number as JavaScript holds it: what is too large for that is infinite."""
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def kind_of(value: Json) -> str:
    """Name the kind of a JSON value as JSON names it: `text`, `number`, `object`, ..."""
    if isinstance(value, bool):
        return "true or false"
    if value is None:
        return "null"
    for python_type, name in _KINDS:
        if isinstance(value, python_type):
            return name
    return "nothing"


_KINDS: Final = (
    (str, "text"),
    ((int, float), "number"),
    (dict, "object"),
    (list, "list"),
)
