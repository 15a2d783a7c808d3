"""Where the coverage of `kobjctl test` goes: to the screen, and to files for other programs."""

import re
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from kobjctl.cli.output.blocks import EmptyLine
from kobjctl.cli.scenario_options import (
    STDOUT,
    CoverageFormat,
    CoverageOptions,
    CoverageReport,
    ResultFormat,
)
from kobjctl.cli.session import Session, error_lines
from kobjctl.cli.views.coverage import coverage_blocks, total
from kobjctl.files.output import Output, OutputKind
from kobjctl.model.coverage import MADE_BY, Share, WorkflowCoverage
from kobjctl.testing.coverage.project import CoverageProject
from kobjctl.testing.scenarios.reading import ScenarioFile

# What reports begin with.
_MARKS: Final = {
    CoverageFormat.TABLE: rb"coverage +runs +|no workflows to cover",
    CoverageFormat.MERMAID: re.escape(MADE_BY.encode()),
    CoverageFormat.JSON: rb'\{\s*"generator": "kobjctl test"',
    CoverageFormat.COBERTURA: rb"<\?xml .{,300}" + re.escape(MADE_BY.encode()),
}


def project_of(
    options: CoverageOptions | None, files: Sequence[ScenarioFile], paths: Iterable[Path]
) -> CoverageProject | None:
    """Return the workflows that are to be covered, if that was asked for. `paths` are those that
    were searched for scenarios. Raises UsageError for a source that is none.
    """
    if not options:
        return None
    return CoverageProject(files, [path for path in paths if path.is_dir()], options.sources)


def show_coverage(
    session: Session,
    options: CoverageOptions | None,
    covered: Sequence[WorkflowCoverage] | None,
    shape: ResultFormat,
) -> bool:
    """Write what was asked for; tell whether enough is covered.

    Beside results for another program, what has no file goes to stderr; JSON has it already.
    Raises UsageError for a file that can't be written.
    """
    if not options or covered is None:
        return True
    out = sys.stdout if shape is ResultFormat.TEXT else sys.stderr
    for report in options.files if shape is ResultFormat.JSON else options.reports:
        if report.file != STDOUT:
            _output(report, force=options.force).write(_text(report.format, covered))
            session.say(f"wrote {report.file}")
        elif report.format is CoverageFormat.TABLE:
            session.print([EmptyLine(), *coverage_blocks(covered)], out)
        else:
            out.write(_text(report.format, covered))
    sys.stdout.flush()
    return _is_enough(session, total(covered), options.least)


def check_outputs(options: CoverageOptions | None) -> None:
    """Raise UsageError for a report that can't be written, before anything runs."""
    for report in options.files if options else ():
        _output(report, force=options.force if options else False).check()


def _output(report: CoverageReport, *, force: bool) -> Output:
    kind = OutputKind("report of coverage", re.compile(_MARKS[report.format], re.DOTALL))
    return Output(Path(report.file), kind, f"--coverage-report {report.format}:FILE", force)


def _is_enough(session: Session, share: Share, least: float | None) -> bool:
    """Describe how much is covered of all, and tell whether it is at least so many percent."""
    words = f"{share.rounded:g} %"
    if least is None or share.percent >= least:
        session.say(f"coverage: {words}")
        return True
    left = f"{share.total - share.covered:,} of {share.total:,}"
    session.print(
        error_lines(
            f"coverage is {words}, and less than {least:g} %",
            f"{left} steps, transitions and sides of conditions are open: --coverage lists them",
        ),
        sys.stderr,
    )
    return False


def _text(kind: CoverageFormat, covered: Sequence[WorkflowCoverage]) -> str:
    if kind is CoverageFormat.MERMAID:
        from kobjctl.testing.coverage.as_mermaid import coverage_markdown

        return f"{MADE_BY}\n{coverage_markdown(covered)}"
    if kind is CoverageFormat.JSON:
        from kobjctl.cli.output.escape import dump_json
        from kobjctl.testing.coverage.as_json import coverage_json

        return dump_json({"generator": "kobjctl test"} | coverage_json(covered)) + "\n"
    if kind is CoverageFormat.COBERTURA:
        from kobjctl import __version__
        from kobjctl.model.clock import now
        from kobjctl.testing.coverage.as_cobertura import cobertura

        moment = datetime.fromisoformat(now()).timestamp()
        return cobertura(covered, __version__, int(moment * 1000))
    from kobjctl.cli.output.plain import render_text

    return render_text(coverage_blocks(covered))
