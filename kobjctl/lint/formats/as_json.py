"""Problems as JSON."""

from collections.abc import Sequence

from kobjctl.model.problem import Problem, count
from kobjctl.model.values import JsonObject


def problems_json(files: int, problems: Sequence[Problem]) -> JsonObject:
    """Return all problems that were found in so many files."""
    return {
        "files": files,
        "errors": count(problems, "error"),
        "warnings": count(problems, "warning"),
        "notes": count(problems, "note"),
        "problems": [problem_json(problem) for problem in problems],
    }


def problem_json(problem: Problem) -> JsonObject:
    """Return a problem; lines and columns count from 1, and the end column is exclusive."""
    related = problem.related
    return {
        "file": problem.file,
        "line": problem.span.line,
        "column": problem.span.column,
        "endLine": problem.span.end_line,
        "endColumn": problem.span.end_column,
        "code": problem.code,
        "severity": problem.severity,
        "message": problem.message,
        **({"hint": problem.hint} if problem.hint else {}),
        **(
            {
                "related": {
                    "file": related.file,
                    "line": related.span.line,
                    "column": related.span.column,
                    "message": related.message,
                }
            }
            if related
            else {}
        ),
    }
