"""Comments of YAML that were meant as a value: `customer: #steps.1.id`.

A `#` after a blank begins a comment, and the rest of the line is lost without a word.
"""

import re
from typing import Final

from kobjctl.files.places import Lines
from kobjctl.model.problem import Problem, Severity

_MEANT: Final = re.compile(
    r"#(?:(?P<path>/?(?:steps|variables|error)\.[\w@.-]+|/?fn:[^\s\]}]+)|[^\s#]*\{\{)"
)
_BLANKS: Final = re.compile(r"[ \t]+")
_FACT: Final = 'a "#" after a space begins a comment'


def comment_for_value(
    path: str, text: str, lines: Lines, value: str, place: tuple[int, int]
) -> Problem | None:
    """Return the WF005 for a plain value behind which an expression is a comment.

    `place` has the offsets at which the value, as it is written, begins and ends.
    """
    blanks = _BLANKS.match(text, place[1])
    meant = _MEANT.match(text, blanks.end()) if blanks else None
    if meant is None:
        return None
    lost = f'this value ends at "{value}"' if value else "this value is null"
    span = lines.span(*_line_of(text, meant))
    severity: Severity = "warning" if value else "error"
    return Problem(
        file=path,
        span=span,
        code="WF005",
        message=f"{_FACT}: {lost}",
        hint=_hint(meant, value),
        severity=severity,
    )


def comment_within(text: str, start: int, end: int) -> tuple[tuple[int, int], str, str] | None:
    """Return the place of a comment that was meant as a value, with a message and a hint; None
    where there is none between two offsets.
    """
    for meant in _MEANT.finditer(text, start, end):
        if text[meant.start() - 1 : meant.start()] in (" ", "\t"):
            return _line_of(text, meant), _FACT, _hint(meant, "")
    return None


def _line_of(text: str, meant: re.Match[str]) -> tuple[int, int]:
    end = text.find("\n", meant.start())
    rest = text[meant.start() : end if end >= 0 else len(text)]
    return meant.start(), meant.start() + len(rest.rstrip())


def _hint(meant: re.Match[str], value: str) -> str:
    path = meant["path"]
    if path and not value:
        return f"write /#{path.removeprefix('/')}"
    return "put quotes around all of it"
