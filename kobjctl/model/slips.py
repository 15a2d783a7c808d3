"""Which of some names was meant by one that is none of them."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

# Longer names are no names, and comparing them would take long.
_LONGEST: Final = 200
# Among so many names, only those one slip away are looked for: a file with thousands of slips
# and thousands of names would otherwise take minutes.
_MANY: Final = 200
# How much of two names must be the same, in order, for one to be meant by the other; two letters
# that changed places are much of a short name.
_ALIKE: Final = 0.68
_SHORT: Final = 4
_SHORT_ALIKE: Final = 0.65
# Into so many kinds fall letters, digits and marks, to be counted.
_KINDS: Final = 32


def closest_of(name: str, known: Iterable[str]) -> str:
    """Return the known name that is closest to `name`; empty when none is close.

    Of two that are equally close it is the first in the alphabet, in whatever order they come.
    """
    if len(name) > _LONGEST:
        return ""
    names = tuple(known)
    return _one_slip_away(name, names) if len(names) > _MANY else _most_alike(name, names)


# A file often has the same slip many times.
@lru_cache(maxsize=512)
def _most_alike(name: str, known: tuple[str, ...]) -> str:
    # Who leaves the front of a dotted name out means the name that ends so.
    ending = [each for each in known if each.endswith(f".{name}")]
    if len(ending) == 1:
        return ending[0]
    folded = name.casefold()
    letters, places = _letters(folded), _places(folded)
    found, most = "", _SHORT_ALIKE if len(name) <= _SHORT else _ALIKE
    for other, other_folded, other_letters in _prepared(known):
        both = len(folded) + len(other_folded)
        # Most names are told apart by their letters, whatever their order.
        if 2 * (letters & other_letters).bit_count() < most * both:
            continue
        alike = 2 * _in_common(places, len(folded), other_folded) / both
        if alike > most or (alike == most and not found):
            found, most = other, alike
    return found


@lru_cache(maxsize=64)
def _prepared(known: tuple[str, ...]) -> tuple[tuple[str, str, int], ...]:
    """Return the names in their order, each with its spelling in lower case and its letters."""
    short = sorted(each for each in known if len(each) <= _LONGEST)
    return tuple((each, each.casefold(), _letters(each.casefold())) for each in short)


def _letters(text: str) -> int:
    """Return the letters of a text as bits, one for each time that a letter is there.

    Some letters share their bits, so that two texts may seem to have more in common, never less.
    """
    seen = [0] * _KINDS
    bits = 0
    for letter in text:
        kind = ord(letter) % _KINDS
        bits |= 1 << (seen[kind] * _KINDS + kind)
        seen[kind] += 1
    return bits


def _places(text: str) -> dict[str, int]:
    """Return the places of each letter in a text, as bits."""
    places: dict[str, int] = {}
    for place, letter in enumerate(text):
        places[letter] = places.get(letter, 0) | 1 << place
    return places


def _in_common(places: dict[str, int], length: int, other: str) -> int:
    """Count the letters that two texts have in common in the same order, one of them given by
    the places of its letters.

    The longest common subsequence, a row of its table being the bits of one number: Hyyrö, "A
    note on bit-parallel alignment computation" (2004).
    """
    full = (1 << length) - 1
    row = full
    for letter in other:
        match = row & places.get(letter, 0)
        row = (row + match | row - match) & full
    return length - row.bit_count()


def one_slip_away(name: str, known: Iterable[str]) -> str:
    """Return the known name that one slip of a finger makes this of; names that differ in a digit
    are meant to.
    """
    found = _one_slip_away(name, tuple(known)) if name else ""
    return "" if _without_digits(found) == _without_digits(name) else found


def _without_digits(name: str) -> str:
    return "".join(letter for letter in name if not letter.isdigit())


def _one_slip_away(name: str, known: tuple[str, ...]) -> str:
    """Find a name from which one letter differs, is too many, is missing, or stands beside its
    place.
    """
    by_slip = _by_slip(known)
    return next((by_slip[each] for each in _slips(name.casefold()) if each in by_slip), "")


@lru_cache(maxsize=16)
def _by_slip(known: tuple[str, ...]) -> dict[str, str]:
    names = sorted(known, reverse=True)
    return {slip: name for name in names for slip in _slips(name.casefold())}


def _slips(name: str) -> list[str]:
    """Return a name, and what is left of it without one of its letters."""
    if len(name) > _LONGEST:
        return []
    return [name, *(name[:at] + name[at + 1 :] for at in range(len(name)))]
