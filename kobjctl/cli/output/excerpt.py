"""One line of a file with a mark below the place that is meant, cut to the width there is."""

import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

from kobjctl.cli.output.escape import escape

_TAB: Final = "    "
_CUT: Final = "…"
_NARROWEST: Final = 16
_NO_WIDTH: Final = frozenset({"Mn", "Me", "Cf"})


class MarkedLine(NamedTuple):
    """A line as it is shown, the blanks before the mark, and the mark: `^~~~`."""

    line: str
    before: str
    mark: str


def marked(line: str, start: int, end: int, room: int) -> MarkedLine:
    """Show a line of a file in at most `room` columns, and mark a place in it.

    `start` and `end` count characters from 0; the end is exclusive. Tabs become blanks, what a
    terminal would obey is escaped, and wide characters count as the two columns they take.
    """
    line = line.rstrip()
    room = max(room, _NARROWEST)
    start = min(start, len(line))
    end = max(min(end, len(line)), start)
    # Behind the end of a line the mark needs a column that the line has not.
    first, last = _window(line, start, end, room - (start == len(line)))
    shown = [_cell(each) for each in line[first:last]]
    left = _CUT if first else ""
    right = _CUT if last < len(line) else ""
    return MarkedLine(
        left + "".join(text for text, _ in shown) + right,
        " " * (len(left) + sum(width for _, width in shown[: start - first])),
        "^" + "~" * (sum(width for _, width in shown[start - first : end - first]) - 1),
    )


def _window(line: str, start: int, end: int, room: int) -> tuple[int, int]:
    """Choose which part of a line is shown: all of it, or what is around the place."""
    # A character takes a column or more, those that take none aside: no more can be of use.
    if len(line) <= room and _width(line) <= room:
        return 0, len(line)
    room -= 2 * len(_CUT)
    wanted = min(_width(line[start : min(end, start + room)]), room)
    first = _back(line, start, min(room - wanted, max(room // 3, room - wanted - room // 3)))
    last = _on(line, first, room)
    if last == len(line):
        first = _back(line, last, room)
    return first, last


def _back(line: str, at: int, room: int) -> int:
    """Return where a part that ends before `at` begins when it has `room` columns."""
    while at and (room := room - _cell(line[at - 1])[1]) >= 0:
        at -= 1
    return at


def _on(line: str, at: int, room: int) -> int:
    """Return where a part that begins at `at` ends when it has `room` columns."""
    while at < len(line) and (room := room - _cell(line[at])[1]) >= 0:
        at += 1
    return at


def _width(part: str) -> int:
    return sum(_cell(each)[1] for each in part)


@lru_cache(maxsize=512)
def _cell(character: str) -> tuple[str, int]:
    """Return a character as it is shown, and how many columns it takes."""
    if character == "\t":
        return _TAB, len(_TAB)
    shown = escape(character)
    if shown != character:
        return shown, len(shown)
    if unicodedata.category(character) in _NO_WIDTH:
        return character, 0
    return character, 2 if unicodedata.east_asian_width(character) in "WF" else 1
