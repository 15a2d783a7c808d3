"""Problems as commands of GitHub Actions, which shows each at its line of a change."""

from typing import Final

from kobjctl.model.problem import Problem, Severity, Span
from kobjctl.model.unseen import shown

_COMMANDS: Final[dict[Severity, str]] = {"error": "error", "warning": "warning", "note": "notice"}
# What would end a message or a property early. The percent sign comes first.
_DATA: Final = (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"))
_PROPERTY: Final = (*_DATA, (":", "%3A"), (",", "%2C"))


def github_command(problem: Problem) -> str:
    """Return the command for one problem."""
    message = f"{problem.message}\n{problem.hint}" if problem.hint else problem.message
    return annotation(problem.severity, problem.file, problem.span, problem.code, message)


def annotation(severity: Severity, file: str, span: Span, title: str, message: str) -> str:
    """Return the command for a message with a title at a place of a file."""
    properties = {
        "file": file,
        "line": str(span.line),
        "endLine": str(span.end_line),
        "col": str(span.column),
        "endColumn": str(span.end_column),
        "title": title,
    }
    if span.end_line != span.line:
        # GitHub takes columns only of a place within one line.
        del properties["col"], properties["endColumn"]
    shown = ",".join(f"{key}={_escaped(value, _PROPERTY)}" for key, value in properties.items())
    return f"::{_COMMANDS[severity]} {shown}::{_escaped(message, _DATA)}"


def _escaped(text: str, characters: tuple[tuple[str, str], ...]) -> str:
    for character, escape in characters:
        text = text.replace(character, escape)
    # A log is shown on terminals, which obey such characters.
    return shown(text)
