"""What to say of a value that JavaScript reads as no date, as no number, or only in part."""

import re
from typing import Final

from kobjctl.javascript.json_text import json_excerpt
from kobjctl.javascript.numbers import loses_digits, number_text
from kobjctl.model.unseen import WHITESPACE
from kobjctl.model.values import MISSING, Json, MissingValue

_SHOWN: Final = 60
_SECONDS: Final = re.compile(r"-?[0-9]{9,10}")
_MILLISECONDS: Final = re.compile(r"-?[0-9]{12,13}")
# What people put between the digits of one number, where reading ends.
_STOPPED: Final = re.compile(
    r"[+-]?[0-9]++(?:\.[0-9]+)?+([,'\u2019_.](?=[0-9])|[ \u00a0\u202f](?=[0-9]{3}(?![0-9])))"
)
_WHOLE: Final = re.compile(r"[+-]?[0-9]+(?![.0-9eE])")
_THOUSANDS: Final = re.compile(
    r"[+-]?[0-9]{1,3}(?:([,'\u2019_. \u00a0\u202f])[0-9]{3})+(?:[.,][0-9]+)?"
)


def no_date(value: Json | MissingValue) -> str:
    """Say that a value is no date, and what would do."""
    text = value if isinstance(value, str) else ""
    if _SECONDS.fullmatch(text):
        would_do = f"seconds since 1970 are a date as milliseconds, {text}000, and as a number"
    elif _MILLISECONDS.fullmatch(text):
        would_do = "milliseconds since 1970 are a date as a number, not as text"
    else:
        would_do = "write 2026-01-02T03:04:05Z or a number of milliseconds since 1970"
    return f"{_shown(value)} is not a date: {would_do}"


def no_number(value: Json | MissingValue) -> str:
    """Say that a value begins with no number, and what would do."""
    return (
        f"{_shown(value)} doesn't begin with a number: write digits with a point, such as 1234.56"
    )


def misread(value: Json | MissingValue, number: float) -> str:
    """Say that the reading of a number lost digits, or ended between them; empty when neither."""
    text = value.strip(WHITESPACE) if isinstance(value, str) else ""
    whole = _WHOLE.match(text)
    if whole and loses_digits(whole[0]):
        return f"{_shown(value)} loses digits: it is read as {number_text(number)}"
    found = _STOPPED.match(text)
    if not found:
        return ""
    read = f'{_shown(value)} was read as {number_text(number)}, up to the "{found[1]}"'
    return f"{read}: write {_without_groups(text)}"


def _without_groups(text: str) -> str:
    """Return a number without what separates its thousands."""
    grouped = _THOUSANDS.match(text)
    if not grouped:
        return "digits with a point and nothing else between them"
    digits = re.sub(f"[{grouped[1]}]", "", grouped[0])
    return digits.replace(",", ".")


def _shown(value: Json | MissingValue) -> str:
    return "a missing value" if value is MISSING else json_excerpt(value, _SHOWN)
