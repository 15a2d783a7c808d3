"""Which of the platform's dotted names was meant by one that is none, as `kustomer.tag.craete`.

What stands before the last part is a noun, and a suggestion never leads to another one: whoever
writes `kustomer.team.merge` means no `kustomer.tag.merge`.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

from kobjctl.model.slips import closest_of, one_slip_away

Noun: TypeAlias = tuple[str, ...]

_PLATFORM: Final = "kustomer"
_BEGINNING: Final = f"{_PLATFORM}."
# There are many apps with names much alike.
_APP: Final = ("app",)
# It makes the opposite of a word, not another spelling.
_UN: Final = "un"


class NameIndex(NamedTuple):
    """Dotted names by what is looked for: `names` by noun and verb, `by_letters` by what is left
    without dots and dashes, `beside` the words that stand at a place of a noun beside its others,
    `by_ending` the nouns by how they end.
    """

    names: dict[Noun, dict[str, str]]
    by_letters: dict[str, str]
    beside: dict[tuple[int, Noun], list[str]]
    by_ending: dict[Noun, list[Noun]]


def closest_name(name: str, known: Iterable[str]) -> str:
    """Return the known name that is meant by one that is none of them; empty when none is close.

    Names of the platform are looked at part by part, others by their letters.
    """
    names = tuple(known)
    of_platform = tuple(each for each in names if each.startswith(_BEGINNING))
    if not of_platform or "." not in name:
        return closest_of(name, names)
    found = _meant(name.casefold(), of_platform)
    others = tuple(each for each in names if not each.startswith(_BEGINNING))
    return found or closest_of(name, others)


def is_misspelling(name: str, meant: str) -> bool:
    """Return whether a name is another only with letters amiss: it has as many words.

    A word more or less may make the name of something else, that only few know.
    """
    return _letters(name) == _letters(meant) or len(_words(name)) == len(_words(meant))


def _meant(name: str, known: tuple[str, ...]) -> str:
    index = _indexed(known)
    if found := index.by_letters.get(_letters(name)):
        return found
    noun, verb = _noun_and_verb(_without_platform(name.split(".")))
    for meant in _nouns(noun, index):
        if found := _closest_verb(verb, tuple(index.names[meant])):
            return index.names[meant][found]
    return ""


@lru_cache(maxsize=16)
def _indexed(known: tuple[str, ...]) -> NameIndex:
    index = NameIndex({}, {}, {}, {})
    for name in sorted(known):
        noun, verb = _noun_and_verb(name.casefold().removeprefix(_BEGINNING).split("."))
        index.names.setdefault(noun, {})[verb] = name
        index.by_letters.setdefault(_letters(name), name)
    for noun in index.names:
        for at, word in enumerate(noun):
            index.beside.setdefault((at, _beside(noun, at)), []).append(word)
            index.by_ending.setdefault(noun[at:], []).append(noun)
    return index


def _noun_and_verb(parts: Sequence[str]) -> tuple[Noun, str]:
    return tuple(parts[:-1]), parts[-1]


def _without_platform(parts: Sequence[str]) -> Sequence[str]:
    first, *rest = parts
    is_platform = first == _PLATFORM or (len(rest) > 1 and one_slip_away(first, [_PLATFORM]))
    return rest if is_platform else parts


def _nouns(noun: Noun, index: NameIndex) -> list[Noun]:
    """Return the nouns that may be meant: this one, those it ends, or one with a word amiss."""
    if noun in index.names:
        return [noun]
    if ending := index.by_ending.get(noun):
        return ending
    found = []
    for at, word in enumerate(noun):
        rest = _beside(noun, at)
        words = tuple(index.beside.get((at, rest), ()))
        of_app = rest[:1] == _APP and at == 1
        meant = one_slip_away(word, words) if of_app else closest_of(word, words)
        if meant:
            found.append((*noun[:at], meant, *noun[at + 1 :]))
    return found


def _beside(noun: Noun, at: int) -> Noun:
    return (*noun[:at], *noun[at + 1 :])


def _closest_verb(verb: str, verbs: tuple[str, ...]) -> str:
    return closest_of(verb, [each for each in verbs if _are_alike(verb, each)])


def _are_alike(verb: str, other: str) -> bool:
    """Return whether two verbs are alike in the words that they don't have in common."""
    words, others = _words(verb), _words(other)
    while words and others and words[0] == others[0]:
        words, others = words[1:], others[1:]
    while words and others and words[-1] == others[-1]:
        words, others = words[:-1], others[:-1]
    one, another = "".join(words), "".join(others)
    if not (one and another):
        return True
    is_opposite = one == _UN + another or another == _UN + one
    return not is_opposite and bool(closest_of(one, [another]) or one_slip_away(one, [another]))


def _words(name: str) -> list[str]:
    return re.split(r"[^\w]|_", name.casefold())


def _letters(name: str) -> str:
    return re.sub(r"[\W_]", "", name.casefold())
