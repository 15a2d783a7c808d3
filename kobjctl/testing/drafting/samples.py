"""Likely values for something that only has a name, as in a payload that nobody has an example of.

They are told by the name, as people tell them: what ends in `Email` is an address.
"""

import re
from collections.abc import Sequence
from typing import Final

from kobjctl.model.kinds.limits import OneOf
from kobjctl.model.values import Json
from kobjctl.records.fields import Field


class AnyValue:
    """The type of `SOME`: a wish for any value, whichever is likely."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "SOME"


SOME: Final = AnyValue()

EMAIL: Final = "test@example.com"
PHONE: Final = "+14155550123"
NAME: Final = "Test Customer"
TEXT: Final = "test"
NUMBER: Final = 10
DATE: Final = "2026-01-01T12:00:00.000Z"
ADDRESS: Final = "https://example.com/"
# The first object id that is given out.
_FIRST_ID: Final = 0x65920080 << 64

_BY_NAME: Final[tuple[tuple[re.Pattern[str], Json], ...]] = tuple(
    (re.compile(pattern), value)
    for pattern, value in (
        (r"(?i)e-?mails?$|^(from|to)$", EMAIL),
        (r"(?i)(phone|mobile|whatsapp)s?$", PHONE),
        (r"(?i)ur[il]$|(?i:^website$)", ADDRESS),
        (r"(?i)\bdomain$", "example.com"),
        (r"Bool$|^(is|has)[A-Z_]|(?i:^(enabled|active|vip|on|flag)$)", True),
        (r"At$|(?i:(date|time|since|until|_at)$)", DATE),
        (r"(Num|Count)$", NUMBER),
        (r"(?i)^(count|quantity|qty|price|total|amount|sum|score|age|number|days|hours)$", NUMBER),
        (r"(?i)^name$|[a-z]Name$|_name$", NAME),
        (r"(?i)id$", "1234"),
        (r"(?i)^(tags|items|labels|lines|products|list|answers)$", ["test"]),
        (r"(?i)^(data|body|custom|attributes|payload|address)$", {"note": TEXT}),
    )
)
# When the likely one would not do.
LIKELY: Final[tuple[Json, ...]] = (TEXT, NUMBER, True, DATE, EMAIL, PHONE, ["test"], {})
# The type of a parameter, as `kobjctl actions` says it.
_BY_KIND: Final = {
    "text": TEXT,
    "number": NUMBER,
    "true or false": True,
    "object": {"note": TEXT},
    "list": [],
}


def sample(name: str) -> Json:
    """Return a likely value for what has a name."""
    return next((value for pattern, value in _BY_NAME if pattern.search(name)), TEXT)


def samples(path: Sequence[str]) -> list[Json]:
    """Return values to try at a path, the likely one first."""
    name = next((each for each in reversed(path) if not each.isdigit()), "")
    likely = sample(name)
    return [likely, *(each for each in LIKELY if each != likely)]


def sample_of(kind: str, name: str) -> Json:
    """Return a likely value of a kind for what has a name."""
    likely = sample(name)
    if kind not in _BY_KIND or isinstance(likely, type(_BY_KIND[kind])):
        return likely
    return _BY_KIND[kind]


def sample_for(param: Field) -> Json:
    """Return a likely value for a parameter of an action."""
    options = next((each.options for each in param.limits if isinstance(each, OneOf)), ())
    return options[0] if options else sample_of(param.type.name, param.name)


def object_id(index: int) -> str:
    """Return an object id; that with the next index comes after it."""
    return f"{_FIRST_ID + index:024x}"
