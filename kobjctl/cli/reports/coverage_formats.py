"""The reports of coverage: what each is called, where it goes, and how it is made."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from kobjctl.model.coverage import MADE_BY, WorkflowCoverage

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
    from kobjctl.testing.coverage.as_mermaid import coverage_markdown

    return f"{MADE_BY}\n{coverage_markdown(covered)}"


def _json(covered: Sequence[WorkflowCoverage]) -> str:
    from kobjctl.cli.output.escape import dump_json
    from kobjctl.testing.coverage.as_json import coverage_json

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
