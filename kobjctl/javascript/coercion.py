"""Values as JavaScript sees them: their text, their truth, their properties, their sum.

What `{{x}}` prints, which branch `{{#if x}}` takes and what `x.y` finds are JavaScript's rules.
"""

import re
from collections.abc import Iterator
from typing import Final

from kobjctl.javascript.numbers import NAN, number_text, to_float
from kobjctl.javascript.strings import text_length
from kobjctl.model.errors import KobjctlError
from kobjctl.model.unseen import WHITESPACE
from kobjctl.model.values import MISSING, Json, MissingValue

OBJECT_TEXT: Final = "[object Object]"
MAX_ARRAY_INDEX: Final = 2**32 - 2

Value = Json | MissingValue

# Possessive, as a long text that spells no number would else be gone through again and again.
_FLOAT: Final = r"[+-]?(?:Infinity|(?:[0-9]++\.?+[0-9]*+|\.[0-9]++)(?:[eE][+-]?[0-9]++)?+)"
_BASED: Final = r"0(?:[xX][0-9a-fA-F]+|[oO][0-7]+|[bB][01]+)"


class NoTextError(KobjctlError):
    """A value that JavaScript can make no text of."""


def text_of(value: Value) -> str:
    """Return what a tag prints for a value: nothing for null and what is missing.

    Raises NoTextError for an object with a key `toString`.
    """
    if isinstance(value, str):
        return value
    if value is None or value is MISSING:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, list):
        return ",".join(_items(value))
    refuse_own(value, "toString")
    return OBJECT_TEXT


def refuse_own(value: Value, name: str) -> None:
    """Raise NoTextError for an object that has a value where JavaScript calls a function."""
    if isinstance(value, dict) and name in value:
        raise NoTextError(
            f'an object with a key "{name}" can\'t be printed in JavaScript',
            hint="print its values one by one",
        )


def _items(values: list[Json]) -> Iterator[str]:
    """Yield the texts of a list's items, those of lists in it one by one.

    Lists in lists print as one flat list, and walking them so needs no recursion.
    """
    stack: list[Iterator[Json]] = [iter(values)]
    while stack:
        for item in stack[-1]:
            if isinstance(item, list) and item:
                stack.append(iter(item))
                break
            yield "" if isinstance(item, list) else text_of(item)
        else:
            stack.pop()


def string_of(value: Value) -> str:
    """Return what `String(value)` gives: as `text_of`, but `null` and `undefined` by name."""
    if value is None:
        return "null"
    return "undefined" if value is MISSING else text_of(value)


def number_of(value: Value) -> float:
    """Read a number from the beginning of a value's text, as `parseFloat` does; else NaN."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return to_float(value)
    while isinstance(value, list) and value:
        value = value[0]
    found = re.match(_FLOAT, string_of(value).lstrip(WHITESPACE))
    return float(found[0]) if found else NAN


def truthy(value: Value) -> bool:
    """Return whether JavaScript takes a value for true; every list and object is."""
    if value:
        return value == value if isinstance(value, float) else True  # noqa: PLR0124 - NaN
    return isinstance(value, list | dict)


def is_empty(value: Value) -> bool:
    """Return whether `#if` and `#with` take a value for nothing; 0 is something here."""
    if isinstance(value, list):
        return not value
    return not truthy(value) and (isinstance(value, bool) or value != 0)


def own(value: Value, name: str) -> Value:
    """Return a property of a value, its own and not its prototype's; `MISSING` without one."""
    if isinstance(value, dict):
        return value.get(name, MISSING)
    if not isinstance(value, str | list):
        return MISSING
    if name == "length":
        return text_length(value) if isinstance(value, str) else len(value)
    index = array_index(name)
    if index is None:
        return MISSING
    if isinstance(value, list):
        return value[index] if index < len(value) else MISSING
    return _code_unit(value, index)


def array_index(name: str) -> int | None:
    """Return the array index that a property name spells, as `0` or `12` do and `01` doesn't."""
    if not (name.isdecimal() and name.isascii()) or (name[0] == "0" and name != "0"):
        return None
    index = int(name[:11])
    return index if index <= MAX_ARRAY_INDEX else None


def _code_unit(text: str, index: int) -> Value:
    """Return one 16-bit unit of a text, which may be half of an emoji."""
    if text.isascii():
        return text[index] if index < len(text) else MISSING
    units = text.encode("utf-16-le", "surrogatepass")[2 * index : 2 * index + 2]
    return units.decode("utf-16-le", "surrogatepass") if units else MISSING


def keys_of(value: dict[str, Json]) -> list[str]:
    """Return an object's keys in JavaScript's order: array indexes first, in their order."""
    indexes = [key for key in value if key[:1].isdecimal() and array_index(key) is not None]
    if not indexes:
        return list(value)
    first = sorted(indexes, key=int)
    return list(dict.fromkeys(first) | dict.fromkeys(value))


def loosely_equal(left: Value, right: Value) -> bool:
    """Compare as `==` does: a list equals its text, `"1"` equals 1, null equals undefined."""
    if left is right:
        return True
    if left is None or left is MISSING or right is None or right is MISSING:
        return (left is None or left is MISSING) and (right is None or right is MISSING)
    if isinstance(left, list | dict) and isinstance(right, list | dict):
        return False
    left, right = _primitive(left), _primitive(right)
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    return to_number(left) == to_number(right)


def _primitive(value: Value) -> Value:
    return text_of(value) if isinstance(value, list | dict) else value


def to_number(value: Json) -> float:
    """Return what `Number(value)` gives for a text, a number or a boolean; NaN for no number."""
    if not isinstance(value, str):
        return to_float(value)
    text = value.strip(WHITESPACE)
    if not text or re.fullmatch(_BASED, text):
        return to_float(int(text or "0", 0))
    return float(text) if re.fullmatch(_FLOAT, text) else NAN


def add(left: float, right: float) -> float:
    """Add numbers as `+` does; true counts as 1."""
    return to_float(left) + to_float(right)
