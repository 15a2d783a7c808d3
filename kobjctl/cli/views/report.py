"""How what `validate` found is printed: for people, or in the format of another program."""

import sys
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING

from kobjctl.app.words import counted
from kobjctl.cli.session import Session

if TYPE_CHECKING:
    from kobjctl.lint.project.files import EditorBuffer
    from kobjctl.lint.validation import Report


# Nobody reads more, and a file that is broken from end to end would have many more.
MOST_SHOWN = 1_000


class ProblemFormat(StrEnum):
    """What problems are printed as."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"
    JUNIT = "junit"


def show_report(
    session: Session,
    report: "Report",
    shape: ProblemFormat,
    *,
    strict: bool,
    unsaved: "EditorBuffer | None" = None,
) -> None:
    """Print the problems on stdout; as text, a line on stderr says how many there are."""
    if session.json or shape is ProblemFormat.JSON:
        from kobjctl.lint.formats.as_json import problems_json

        session.print_json(problems_json(len(report.files), report.problems))
    elif shape is ProblemFormat.TEXT:
        _show_text(session, report, unsaved)
    else:
        sys.stdout.writelines(_lines(report, shape, strict=strict))


def _show_text(session: Session, report: "Report", unsaved: "EditorBuffer | None") -> None:
    from kobjctl.cli.views.problem import problem_lines
    from kobjctl.files.places import SourceLines

    shown = report.problems[:MOST_SHOWN]
    texts = {unsaved.name: unsaved.content.decode("utf-8", "replace")} if unsaved else {}
    session.print(problem_lines(shown, SourceLines(texts)))
    sys.stdout.flush()
    files = counted(len(report.files), "file")
    found = f"{counted(report.errors, 'error')}, {counted(report.warnings, 'warning')}"
    if report.notes:
        found += f", {counted(report.notes, 'note')}"
    if not report.problems:
        found = "no problems"
    session.say(f"{files}: {found}")
    if len(shown) < len(report.problems):
        session.say(f"only the first {MOST_SHOWN:,} are shown; --format json has all")


def _lines(report: "Report", shape: ProblemFormat, *, strict: bool) -> Iterator[str]:
    if shape is ProblemFormat.GITHUB:
        from kobjctl.lint.formats.as_github import github_command

        yield from (f"{github_command(problem)}\n" for problem in report.problems)
    elif shape is ProblemFormat.JUNIT:
        from kobjctl.lint.formats.as_junit import junit

        yield junit(report.files, report.problems, strict=strict)
    else:
        from kobjctl import __version__
        from kobjctl.cli.output.escape import dump_json
        from kobjctl.lint.explanations import explanations
        from kobjctl.lint.formats.as_sarif import sarif

        yield dump_json(sarif(__version__, report.problems, explanations())) + "\n"
