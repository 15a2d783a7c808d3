"""How problems in files are shown: where, what, the line itself with a mark, and what to do."""

from collections.abc import Iterable, Iterator
from typing import Final

from kobjctl.cli.output.blocks import Block, Excerpt, Line, Style, dim, name, styled, text
from kobjctl.files.places import SourceLines
from kobjctl.model.problem import Problem, Severity, in_order

# The line of such a problem holds a secret, and a report is read by many.
_ABOUT_KEYS: Final = "WF801"
STYLES: Final[dict[Severity, Style]] = {"error": "bad", "warning": "warn", "note": "name"}


def problem_lines(problems: Iterable[Problem], sources: SourceLines | None = None) -> list[Block]:
    """Show problems in their order; `sources` has the texts that are in no file."""
    lines = sources or SourceLines()
    return [block for problem in in_order(problems) for block in place_lines(problem, lines)]


def place_lines(problem: Problem, sources: SourceLines) -> Iterator[Block]:
    """Show one problem: its place, what is wrong, the line, what to do."""
    style = STYLES[problem.severity]
    place = f"{problem.file}:{problem.span.line}:{problem.span.column}:"
    kind = styled(f"{f'{problem.severity} {problem.code}'.rstrip()}:", style)
    yield Line(text(name(place), kind, problem.message, gap=" "))
    excerpt = _excerpt(problem, sources, style)
    if excerpt:
        yield excerpt
    margin = excerpt.margin if excerpt else "  "
    if problem.hint:
        yield Line(text(margin, dim("= help:"), " ", problem.hint))
    if problem.related:
        file, span, message = problem.related
        said = f" {file}:{span.line}:{span.column}: {message}"
        yield Line(text(margin, dim("= note:"), said))


def _excerpt(problem: Problem, sources: SourceLines, style: Style) -> Excerpt | None:
    span = problem.span
    line = sources.line(problem.file, span.line)
    if not line.strip():
        return None
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    if problem.code == _ABOUT_KEYS:
        line = line[: span.column - 1] + "*" * (end - span.column + 1) + line[end:]
    return Excerpt(span.line, line, span.column - 1, end, style)
