"""Where the coverage of `kobjctl test` goes: to the screen, and to files for other programs."""

import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from kobjctl.cli.asked_coverage import STDOUT, CoverageFormat, CoverageReport
from kobjctl.cli.blocks import Gap
from kobjctl.cli.session import Session, error_lines
from kobjctl.cli.views_coverage import coverage_blocks, total
from kobjctl.model.coverage import WorkflowCoverage
from kobjctl.model.errors import UsageError


def write_reports(
    session: Session,
    covered: Sequence[WorkflowCoverage],
    reports: Iterable[CoverageReport],
    *,
    aside: bool = False,
) -> None:
    """Write each report to its file, and say so; raises UsageError for one that can't be written.

    What has no file is printed, on stderr if that is to stand `aside`.
    """
    for report in reports:
        if report.file != STDOUT:
            _write(report.file, _text(report.format, covered))
            session.say(f"wrote {report.file}")
        elif report.format is CoverageFormat.TABLE:
            session.print([Gap(), *coverage_blocks(covered)], sys.stderr if aside else sys.stdout)
        else:
            (sys.stderr if aside else sys.stdout).write(_text(report.format, covered))


def is_enough(session: Session, covered: Sequence[WorkflowCoverage], least: float | None) -> bool:
    """Say how much is covered of all, and tell whether it is at least so many percent."""
    share = total(covered)
    words = f"{share.rounded:g} %"
    if least is not None and share.percent < least:
        hint = f"{share.total - share.covered:,} of {share.total:,} steps, transitions and sides of"
        session.print(
            error_lines(
                f"coverage is {words}, and less than {least:g} %",
                f"{hint} conditions are not covered; --coverage lists them",
            ),
            sys.stderr,
        )
        return False
    session.say(f"coverage: {words}")
    return True


def _write(file: str, text: str) -> None:
    try:
        Path(file).write_text(text, encoding="utf-8")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UsageError(f'can\'t write "{file}": {reason}', hint="check the path") from error


def _text(kind: CoverageFormat, covered: Sequence[WorkflowCoverage]) -> str:
    if kind is CoverageFormat.MERMAID:
        from kobjctl.app.coverage.as_mermaid import coverage_markdown

        return coverage_markdown(covered)
    if kind is CoverageFormat.JSON:
        from kobjctl.app.coverage.as_json import coverage_json
        from kobjctl.cli.escape import dump_json

        return dump_json(coverage_json(covered)) + "\n"
    if kind is CoverageFormat.COBERTURA:
        from kobjctl import __version__
        from kobjctl.app.coverage.as_cobertura import cobertura
        from kobjctl.app.world import now

        moment = datetime.fromisoformat(now()).timestamp()
        return cobertura(covered, __version__, int(moment * 1000))
    from kobjctl.cli.plain import render_text

    return render_text(coverage_blocks(covered))
