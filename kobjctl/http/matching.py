"""How a stub's patterns fit what is there.

In a pattern, `*` stands for any text, and `\\*` for the star itself. An object fits one with the
same and perhaps more keys, a list one of the same length; a text that is nothing but `*` fits
any value.
"""

import re
from functools import lru_cache
from typing import Final

from kobjctl.javascript.json_text import json_excerpt
from kobjctl.model.masking import MASK
from kobjctl.model.values import Json

ANY: Final = "*"

_PIECE: Final = re.compile(r"\\([*\\])|(\*)|([^*\\]+|\\)")
_SHOWN: Final = 60
_LONGEST: Final = 1000


def fits_text(pattern: str, text: str) -> bool:
    """Return whether a text is what a pattern says, from its first to its last character."""
    first, *rest = _literals(pattern)
    if not rest:
        return text == first
    *middle, last = rest
    if not text.startswith(first) or len(text) < len(first) + len(last):
        return False
    end = len(text) - len(last)
    at = len(first)
    for piece in middle:
        found = text.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return text.endswith(last)


def fit_together(pattern: str, other: str) -> bool:
    """Return whether some text is what two patterns say; of long ones it is taken for granted."""
    first, second = _literals(pattern)[0], _literals(other)[0]
    if not (first.startswith(second) or second.startswith(first)):
        return False
    one, two = _characters(pattern), _characters(other)
    if max(len(one), len(two)) > _LONGEST:
        return True
    reached = _past_stars({0}, two)
    for each in one:
        if each is None:
            reached = set(range(min(reached), len(two) + 1))
        else:
            within = [at for at in reached if at < len(two) and two[at] in (None, each)]
            reached = _past_stars({at + (two[at] is not None) for at in within}, two)
        if not reached:
            return False
    return len(two) in reached


def escape(text: str) -> str:
    """Return the pattern that fits this text only."""
    return text.replace("\\", "\\\\").replace("*", "\\*")


def pattern_of(value: Json) -> Json:
    """Return the pattern that fits this value only, whatever stood where something was masked."""
    if isinstance(value, str):
        return escape(value).replace(escape(MASK), ANY)
    if isinstance(value, dict):
        return {key: pattern_of(each) for key, each in value.items()}
    if isinstance(value, list):
        return [pattern_of(each) for each in value]
    return value


def difference(pattern: Json, value: Json, *, exact: bool = False, at: str = "") -> str:
    """Describe where a value differs from a pattern, in a few words; empty where it fits.

    With `exact`, an object has no more keys than the pattern.
    """
    if pattern == ANY:
        return ""
    if isinstance(pattern, dict) and isinstance(value, dict):
        return _in_object(pattern, value, exact=exact, at=at)
    if isinstance(pattern, list) and isinstance(value, list):
        if len(pattern) != len(value):
            return f"{_place(at)}has {len(pattern)} entries, not {len(value)}"
        members = (
            (str(index), *pair) for index, pair in enumerate(zip(pattern, value, strict=True))
        )
        found = (difference(a, b, exact=exact, at=_below(at, key)) for key, a, b in members)
        return next(filter(None, found), "")
    if isinstance(pattern, str) and isinstance(value, str):
        fits = fits_text(pattern, value)
    else:
        fits = pattern == value and isinstance(pattern, bool) is isinstance(value, bool)
    return "" if fits else f"{_place(at)}is {shown(pattern)}, not {shown(value)}"


def shown(value: Json) -> str:
    """Return a value as short JSON."""
    return json_excerpt(value, _SHOWN, "...", _SHOWN - 3)


@lru_cache(maxsize=1024)
def _literals(pattern: str) -> tuple[str, ...]:
    """Return what stands before, between and behind the stars of a pattern."""
    pieces = [""]
    for escaped, star, plain in _PIECE.findall(pattern):
        if star:
            pieces.append("")
        else:
            pieces[-1] += escaped or plain
    return tuple(pieces)


def _characters(pattern: str) -> list[str | None]:
    """Return the characters of a pattern, None for a star."""
    first, *rest = _literals(pattern)
    characters: list[str | None] = [*first]
    for each in rest:
        characters += [None, *each]
    return characters


def _past_stars(places: set[int], pattern: list[str | None]) -> set[int]:
    """Add the places that are reached by stars which stand for nothing."""
    for at in sorted(places):
        further = at
        while further < len(pattern) and pattern[further] is None:
            further += 1
            places.add(further)
    return places


def _in_object(pattern: Json, value: Json, *, exact: bool, at: str) -> str:
    for key, wanted in pattern.items():
        if key not in value:
            return f"{_place(_below(at, key))}is {shown(wanted)}, but the request has none"
        found = difference(wanted, value[key], exact=exact, at=_below(at, key))
        if found:
            return found
    more = value.keys() - pattern.keys() if exact else ()
    return f"{_place(at)}has no {shown(min(more))}" if more else ""


def _below(at: str, key: str) -> str:
    return f"{at}.{key}" if at else key


def _place(at: str) -> str:
    return f"{at} " if at else ""
