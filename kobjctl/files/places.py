"""Texts of files: their bytes, lines and places, and the problems of how they are written."""

import re
from bisect import bisect_right
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from kobjctl.files.limits import BYTE_ORDER_MARK, FILE_LIMIT
from kobjctl.javascript.numbers import number_text
from kobjctl.model.problem import FileProblemsError, Problem, RelatedPlace, Span
from kobjctl.model.secrets import excerpt

START = Span(1, 1, 1, 1)

# What editors break lines at. YAML 1.1 breaks at three rarer characters as well, and
# splitlines() at more still; counted that way, lines would not be those a person sees.
_BREAK = re.compile(r"\r\n?|\n")


class Lines:
    """The line starts of one text."""

    __slots__ = ("_starts",)

    def __init__(self, text: str) -> None:
        self._starts = [0, *(found.end() for found in _BREAK.finditer(text))]

    def span(self, start: int, end: int) -> Span:
        """Return the place from offset `start` up to, not including, offset `end`."""
        line = bisect_right(self._starts, start)
        end_line = bisect_right(self._starts, end, lo=line - 1)
        return Span(
            line,
            start - self._starts[line - 1] + 1,
            end_line,
            end - self._starts[end_line - 1] + 1,
        )

    def offset(self, line: int, column: int) -> int:
        """Return where a line and column are in the text."""
        return self._starts[line - 1] + column - 1


# Many findings of one file ask for its lines, one after another.
@lru_cache(maxsize=2)
def text_lines(text: str) -> tuple[str, ...]:
    """Return the lines of a text without their ends, broken where `Lines` breaks them."""
    return tuple(_BREAK.split(text))


def unreadable(path: str, span: Span, message: str, hint: str = "") -> FileProblemsError:
    """Make the error for a file that can't be read: one problem, WF001."""
    return FileProblemsError([Problem(path, span, "WF001", message, hint)])


def ambiguous_scalar(path: str, span: Span, message: str, hint: str) -> Problem:
    """Make the problem for a value that other readers read in another way."""
    return Problem(
        file=path, span=span, code="WF003", message=message, hint=hint, severity="warning"
    )


def lost_digits(text: str, held: float) -> tuple[str, str]:
    """Describe a number of which JavaScript holds another, as a message and a hint."""
    message = f'"{excerpt(text, 40)}" is the number {number_text(held)} in JavaScript'
    return f"{message}, which holds 15 to 17 digits", "quotes make it text, which keeps every digit"


def duplicate_key(path: str, span: Span, key: str, first: Span) -> Problem:
    """Make the problem for the second place of a key, which names the line of the `first`."""
    return Problem(
        path,
        span,
        "WF002",
        f'the key "{key}" is already on line {first.line}',
        "only the last value of a key counts: rename or remove one of the two",
        related=RelatedPlace(path, first, "first here"),
    )


def decoded(raw: bytes, path: str) -> str:
    """Decode UTF-8; raises FileProblemsError (WF001) at the first byte that is none."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        span = Lines(before).span(len(before), len(before))
        message = f"the byte 0x{raw[error.start]:02x} is not UTF-8"
        raise unreadable(path, span, message, "save the file as UTF-8") from error


def has_half_pair(text: str) -> bool:
    """Return whether a text has half of a surrogate pair, which only an escape can write."""
    if text.isascii():
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


class SourceLines:
    """Gives lines of files; `texts` has those that are in no file, by the names they go by.

    Problems come file by file, so that only one file is kept at a time.
    """

    def __init__(self, texts: Mapping[str, str] | None = None) -> None:
        self._texts = texts or {}
        self._file: str | None = None
        self._lines: tuple[str, ...] = ()

    def line(self, file: str, number: int) -> str:
        """Return a line without its end, the first being 1; empty for one that can't be read."""
        if file != self._file:
            text = self._texts.get(file)
            self._file, self._lines = file, text_lines(_read(file) if text is None else text)
        return self._lines[number - 1] if 0 < number <= len(self._lines) else ""


def _read(file: str) -> str:
    try:
        # What came through a pipe can't be read once more.
        if not Path(file).is_file():
            return ""
        with Path(file).open("rb") as stream:
            raw = stream.read(FILE_LIMIT)
    except (OSError, ValueError):
        return ""
    return raw.decode("utf-8", errors="replace").removeprefix(BYTE_ORDER_MARK)
