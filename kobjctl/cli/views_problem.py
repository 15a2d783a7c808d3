"""How problems in files are shown."""

from collections.abc import Iterable

from kobjctl.cli.blocks import Block, Line, bad, dim, name, text, warn
from kobjctl.model.problem import Problem


def problem_lines(problems: Iterable[Problem]) -> list[Block]:
    """Give a line for each problem, in the order of the files, and one below it for its hint."""
    blocks: list[Block] = []
    for problem in sorted(problems):
        severity = bad if problem.severity == "error" else warn
        place = f"{problem.file}:{problem.span.line}:{problem.span.column}:"
        kind = severity(f"{problem.severity} {problem.code}:")
        blocks.append(Line(text(name(place), kind, problem.message, gap=" ")))
        if problem.hint:
            blocks.append(Line(text("  ", dim("= help:"), " ", problem.hint)))
    return blocks
