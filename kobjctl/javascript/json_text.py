"""JSON text as JavaScript's `JSON.stringify` writes it."""

import json
import math
import re
from collections.abc import Iterator
from functools import partial
from typing import Final

from kobjctl.javascript.coercion import keys_of
from kobjctl.javascript.numbers import number_text
from kobjctl.model.secrets import CUT, excerpt, hidden
from kobjctl.model.values import MISSING, Json

COMPACT: Final = (",", ":")
ON_ONE_LINE: Final = (", ", ": ")
# What the library may write in another way: half of a surrogate pair, keys that are indexes,
# words and exponents, whole numbers with a point.
_DOUBTFUL: Final = re.compile(
    r"[\ud800-\udfff]|[{,]\s*\"[0-9]|NaN|Infinity|e-0|e\+(?:1[6-9]|20)|\.0(?![0-9])"
)
_HALVES: Final = r"[\ud800-\udfff]"


_dumps: Final = partial(json.dumps, ensure_ascii=False)


def stringify(value: Json, indent: int | None = None, separators: tuple[str, str] = COMPACT) -> str:
    """Write JSON. The separators are those between items and behind keys."""
    if indent is not None:
        separators = (",", ": ")
    try:
        text = _dumps(value, indent=indent, separators=separators)
    except TypeError:  # what is missing, which the library does not know
        pass
    else:
        if not _DOUBTFUL.search(text):
            return text
    return "".join(_pieces(value, "" if indent is None else "\n", " " * (indent or 0), separators))


def _pieces(value: Json, line: str, indent: str, separators: tuple[str, str]) -> Iterator[str]:
    """Yield the pieces of a value's text; `line` begins one at its depth, where there are lines."""
    if not value or not isinstance(value, dict | list):
        yield _scalar(value)
        return
    inner = line and line + indent
    between, opening, closing = separators[0] + inner, "[", "]"
    members: list[tuple[str, Json]] = [("", each) for each in value]
    if isinstance(value, dict):
        opening, closing = "{", "}"
        there = [key for key in keys_of(value) if value[key] is not MISSING]
        members = [(_quoted(key) + separators[1], value[key]) for key in there]
    yield opening
    for index, (key, each) in enumerate(members):
        yield (between if index else inner) + key
        yield from _pieces(each, inner, indent, separators)
    yield (line if members else "") + closing


def _scalar(value: Json) -> str:
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number_text(value) if math.isfinite(value) else "null"
    return _dumps(None if value is MISSING else value)


def _quoted(text: str) -> str:
    quoted = _dumps(text)
    return quoted if text.isascii() else re.sub(_HALVES, _as_escape, quoted)


def _as_escape(half: re.Match[str]) -> str:
    return rf"\u{ord(half[0]):04x}"


def json_excerpt(value: Json, most: int, cut: str = CUT, room: int = -1) -> str:
    """Return a value as JSON on one line, without secrets and cut to the room there is."""
    shown = stringify(hidden().mask(value), separators=ON_ONE_LINE)
    return excerpt(shown, most, cut, room)
