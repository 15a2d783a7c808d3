"""Where the coverage of `kobjctl test` goes: to the screen, and to files for other programs."""

import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from kobjctl.cli.output.blocks import EmptyLine
from kobjctl.cli.scenario_options import STDOUT, CoverageOptions, CoverageReport, ResultFormat
from kobjctl.cli.session import Session, error_lines
from kobjctl.cli.views.coverage import coverage_blocks, total
from kobjctl.files.output import Output, OutputKind
from kobjctl.model.coverage import Share, WorkflowCoverage
from kobjctl.testing.coverage.project import CoverageProject
from kobjctl.testing.scenarios.reading import ScenarioFile


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
            _output(report, force=options.force).write(report.format.text(covered))
            session.say(f"wrote {report.file}")
        elif report.name == "table":
            session.print([EmptyLine(), *coverage_blocks(covered)], out)
        else:
            out.write(report.format.text(covered))
    sys.stdout.flush()
    return _is_enough(session, total(covered), options.least)


def check_outputs(options: CoverageOptions | None) -> None:
    """Raise UsageError for a report that can't be written, before anything runs."""
    for report in options.files if options else ():
        _output(report, force=options.force if options else False).check()


def _output(report: CoverageReport, *, force: bool) -> Output:
    kind = OutputKind("report of coverage", re.compile(report.format.mark, re.DOTALL))
    return Output(Path(report.file), kind, f"--coverage-report {report.name}:FILE", force)


def _is_enough(session: Session, share: Share, least: float | None) -> bool:
    """Describe how much is covered of all, and tell whether it is at least so many percent."""
    words = f"{share.rounded:g} %"
    if least is None or share.percent >= least:
        session.say(f"coverage: {words}")
        return True
    left = f"{share.total - share.covered:,} of {share.total:,}"
    session.print(
        error_lines(
            f"coverage is {words}, below {least:g} %",
            f"{left} steps, transitions and outcomes of conditions are open; --coverage lists them",
        ),
        sys.stderr,
    )
    return False
