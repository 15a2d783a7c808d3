r"""Classes of characters, `\d`, `\w`, `\s` and `.`, as ranges of UTF-16 units."""

from collections.abc import Iterable
from typing import Final

from kobjctl.javascript.regex.tree import LAST_UNIT, Ranges
from kobjctl.model.unseen import WHITESPACE


def joined(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """Return ranges sorted, with those that touch each other as one."""
    apart: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if apart and first <= apart[-1][1] + 1:
            apart[-1] = (apart[-1][0], max(apart[-1][1], last))
        else:
            apart.append((first, last))
    return tuple(apart)


def outside(ranges: Ranges) -> Ranges:
    """Return all units that are not in ranges."""
    rest: list[tuple[int, int]] = []
    start = 0
    for first, last in ranges:
        if start < first:
            rest.append((start, first - 1))
        start = last + 1
    if start <= LAST_UNIT:
        rest.append((start, LAST_UNIT))
    return tuple(rest)


def _of(*parts: str) -> Ranges:
    return joined((ord(part[0]), ord(part[-1])) for part in parts)


_DIGIT: Final = _of("09")
_WORD: Final = _of("09", "AZ", "_", "az")
_SPACE: Final = _of(*WHITESPACE)

NOT_LINE_END: Final = outside(_of("\n", "\r", "\u2028\u2029"))
ANYTHING: Final = outside(())
CLASSES: Final = {
    "d": _DIGIT,
    "D": outside(_DIGIT),
    "w": _WORD,
    "W": outside(_WORD),
    "s": _SPACE,
    "S": outside(_SPACE),
}
