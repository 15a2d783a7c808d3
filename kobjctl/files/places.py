"""Places in a text, with the problems that readers report at one."""

import re
from bisect import bisect_right
from functools import lru_cache

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
