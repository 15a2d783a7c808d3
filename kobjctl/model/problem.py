"""A problem in a file: where it is, what is wrong, and what to do."""

from collections.abc import Iterable
from typing import Final, Literal, NamedTuple

from kobjctl.model.errors import KobjctlError

# A note says what nobody can know; it fails nothing, however strict the judge.
Severity = Literal["error", "warning", "note"]


class Span(NamedTuple):
    """A place in a text: lines and columns count from 1, the end column is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class RelatedPlace(NamedTuple):
    """A second place that a problem has to do with, and what is there."""

    file: str
    span: Span
    message: str


class Problem(NamedTuple):
    """One finding in one file, with a stable code."""

    file: str
    span: Span
    code: str
    message: str
    hint: str = ""
    severity: Severity = "error"
    related: RelatedPlace | None = None

    def __str__(self) -> str:
        place = f"{self.file}:{self.span.line}:{self.span.column}"
        return f"{place}: {self.severity} {self.code}: {self.message}"

    def fails(self, *, strict: bool) -> bool:
        """Return whether it is an error or, if `strict`, a warning."""
        return self.severity == "error" or (strict and self.severity == "warning")


def count(problems: Iterable[Problem], severity: Severity) -> int:
    """Count the problems of a severity."""
    return sum(problem.severity == severity for problem in problems)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Sort problems by file and place; what is said twice of one place is there once."""
    by_place = {problem[:_SAID]: problem for problem in problems}
    return [by_place[place] for place in sorted(by_place)]


# The fields that make a problem what it is: file, span, code and message.
_SAID = 4


NOTHING: Final = "done"


class FileProblemsError(KobjctlError):
    """Files that can't be used, with every problem found in them; `done` is what was not."""

    def __init__(self, problems: list[Problem], done: str = NOTHING) -> None:
        errors = count(problems, "error")
        noun = "problem" if errors == 1 else "problems"
        super().__init__(f"{errors} {noun} found; nothing was {done}")
        self.problems = problems
