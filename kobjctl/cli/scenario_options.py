"""What the options of `kobjctl test` ask for: the form of its results, and coverage."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final, NamedTuple

from kobjctl.model.coverage import MADE_BY, WorkflowCoverage
from kobjctl.model.errors import UsageError, did_you_mean

STDOUT: Final = "-"


class CoverageFormat(NamedTuple):
    """A report of coverage: its `file` when nobody names one, and what it begins with, by which
    an older one is known.
    """

    file: str
    mark: bytes
    text: Callable[[Sequence[WorkflowCoverage]], str]


def _table(covered: Sequence[WorkflowCoverage]) -> str:
    from kobjctl.cli.output.plain import render_text
    from kobjctl.cli.views.coverage import coverage_blocks

    return render_text(coverage_blocks(covered))


def _mermaid(covered: Sequence[WorkflowCoverage]) -> str:
    from kobjctl.testing.coverage.formats import coverage_markdown

    return f"{MADE_BY}\n{coverage_markdown(covered)}"


def _json(covered: Sequence[WorkflowCoverage]) -> str:
    from kobjctl.cli.output.escape import dump_json
    from kobjctl.testing.coverage.formats import coverage_json

    return dump_json({"generator": "kobjctl test"} | coverage_json(covered)) + "\n"


def _cobertura(covered: Sequence[WorkflowCoverage]) -> str:
    from kobjctl import __version__
    from kobjctl.model.clock import now
    from kobjctl.testing.coverage.as_cobertura import cobertura

    moment = datetime.fromisoformat(now()).timestamp()
    return cobertura(covered, __version__, int(moment * 1000))


COVERAGE_FORMATS: Final[Mapping[str, CoverageFormat]] = {
    "table": CoverageFormat(STDOUT, rb"coverage +runs +|no workflows to cover", _table),
    "mermaid": CoverageFormat("coverage.md", re.escape(MADE_BY.encode()), _mermaid),
    "json": CoverageFormat("coverage.json", rb'\{\s*"generator": "kobjctl test"', _json),
    "cobertura": CoverageFormat(
        "coverage.xml", rb"<\?xml .{,300}" + re.escape(MADE_BY.encode()), _cobertura
    ),
}


class ResultFormat(StrEnum):
    """What the results are printed as."""

    TEXT = "text"
    JSON = "json"
    JUNIT = "junit"
    GITHUB = "github"


class CoverageReport(NamedTuple):
    """A report that was asked for, and its file."""

    name: str
    file: str

    @property
    def format(self) -> CoverageFormat:
        """What it is."""
        return COVERAGE_FORMATS[self.name]


class CoverageOptions(NamedTuple):
    """What was asked for: reports, the files and folders to cover (none: those that are tested),
    and the least percentage. With `force`, reports are written over any file.
    """

    reports: tuple[CoverageReport, ...]
    sources: tuple[Path, ...] = ()
    least: float | None = None
    force: bool = False

    @property
    def files(self) -> tuple[CoverageReport, ...]:
        """Return the reports that go to files."""
        return tuple(report for report in self.reports if report.file != STDOUT)


def read_coverage_options(
    shown: bool, reports: Iterable[str] | None, sources: Iterable[Path] | None, least: float | None
) -> CoverageOptions | None:
    """Read what was asked for of coverage; None when nothing was. Raises UsageError for a report
    that there is none of.
    """
    read = dict.fromkeys(map(_read_report, reports or ()))
    table = CoverageReport("table", STDOUT)
    found = ({table: None} | read) if shown else read
    if not found and not sources and least is None:
        return None
    return CoverageOptions(tuple(found), tuple(sources or ()), least)


def _read_report(option: str) -> CoverageReport:
    name, colon, file = option.partition(":")
    known = COVERAGE_FORMATS.get(name)
    if known is None:
        hint = (
            did_you_mean(name, COVERAGE_FORMATS) or f"the reports are {', '.join(COVERAGE_FORMATS)}"
        )
        raise UsageError(f'no coverage report is called "{name}"', hint=hint)
    if colon and not file:
        raise UsageError(f'"{option}" names no file', hint=f"write it as {name}:{known.file}")
    return CoverageReport(name, file or known.file)


def complete_report(incomplete: str) -> list[str]:
    """Complete the name of a report."""
    return [name for name in COVERAGE_FORMATS if name.startswith(incomplete)]
