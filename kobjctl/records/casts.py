"""Cast a resolved value to the type a param declares.

Source: `manual/platform.md 3.2`, "cast to the type its action's input schema declares".
"""

import math
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from kobjctl.javascript.coercion import to_number as read_number
from kobjctl.javascript.json_text import stringify
from kobjctl.javascript.numbers import NAN, canonical
from kobjctl.model.errors import BadParamError
from kobjctl.model.values import Json, a_kind, kind_of


class Cast(NamedTuple):
    """A declared type in words, and the function that casts a value to it."""

    name: str
    cast: Callable[[str, Json], Json]


def to_text(name: str, value: Json) -> str:
    """Return text as it is, a number or boolean as JSON writes it, an object as compact JSON."""
    if isinstance(value, str):
        return value
    return stringify(value)


def to_number(name: str, value: Json) -> float:
    """Return a number, or what JavaScript's `Number` makes of a text, true or false."""
    number = canonical(read_number(value)) if isinstance(value, str | int | float) else NAN
    if not math.isnan(number):
        return number
    raise _unfit(name, "a number", value)


def cast_notes(name: str, value: Json, fitted: Json) -> list[str]:
    """Say that a value was cast, and of a text that is a number now which digits it lost."""
    if type(fitted) is type(value) or kind_of(fitted) == kind_of(value):
        return []
    said = f'the parameter "{name}" was cast from {kind_of(value)} to {kind_of(fitted)}'
    if isinstance(value, str) and isinstance(fitted, int | float):
        from kobjctl.javascript.misreadings import misread  # noqa: PLC0415 - few values need it

        said += f"; {lost}" if (lost := misread(value, fitted)) else ""
    return [said]


def to_bool(name: str, value: Json) -> bool:
    """Return a boolean, or what the texts `true` and `false` spell."""
    if isinstance(value, bool):
        return value
    if value in ("true", "false"):
        return bool(value == "true")
    raise _unfit(name, "true or false", value)


def to_object(name: str, value: Json) -> Json:
    """Return an object, or the object that a text holds as JSON."""
    return _structure(name, value, dict, "an object")


def to_list(name: str, value: Json) -> Json:
    """Return a list, or the list that a text holds as JSON."""
    return _structure(name, value, list, "a list")


def any_value(name: str, value: Json) -> Json:
    """Return the value; the param takes any."""
    return value


def _structure(name: str, value: Json, wanted: type, noun: str) -> Json:
    if isinstance(value, str):
        from kobjctl.files.payloads.payload import PayloadError, read_payload  # noqa: PLC0415 - see above

        try:
            read = read_payload(value.encode(), name)
        except PayloadError:
            read = None
        if isinstance(read, wanted):
            return read
    if isinstance(value, wanted):
        return value
    raise _unfit(name, noun, value)


def _unfit(name: str, wanted: str, value: Json) -> BadParamError:
    hint = f"write it as a list: [{value}]" if wanted == "a list" and _is_short(value) else ""
    message = f'the parameter "{name}" must be {wanted}, not {a_kind(value)}'
    return BadParamError(message, parameter=name, hint=hint)


def _is_short(value: Json) -> bool:
    return isinstance(value, str) and value.isprintable() and len(value) <= _SHORT


_SHORT: Final = 60
CASTS: Final[Mapping[Any, Cast]] = {
    str: Cast("text", to_text),
    float: Cast("number", to_number),
    bool: Cast("true or false", to_bool),
    dict: Cast("object", to_object),
    list: Cast("list", to_list),
    object: Cast("anything", any_value),
}
# A time is a text: what it takes beyond that is a limit.
BY_WORDS: Final[Mapping[str, Cast]] = {
    **{cast.name: cast for cast in CASTS.values()},
    "date and time": CASTS[str],
}
