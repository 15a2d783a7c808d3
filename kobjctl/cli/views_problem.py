"""How problems in files are shown."""

from collections.abc import Iterable

from kobjctl.cli.blocks import Block, Line, bad, dim, name, text, warn
from kobjctl.model.problem import Problem
from kobjctl.model.values import JsonObject


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


def problem_json(problem: Problem) -> JsonObject:
    """Give a problem as JSON; lines and columns count from 1."""
    return {
        "file": problem.file,
        "line": problem.span.line,
        "column": problem.span.column,
        "code": problem.code,
        "severity": problem.severity,
        "message": problem.message,
        **({"hint": problem.hint} if problem.hint else {}),
    }
