"""Coverage as a Cobertura report, which CI services show at the lines of a change.

A workflow is a class, and its steps, transitions and conditions are lines of its file. A line
is hit as often as what stands on it was taken (a condition: looked at), of several the most. The
branches of a line are the sides of its conditions.

Source: the document type `coverage-04.dtd` of Cobertura.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path, PurePath
from typing import Final, NamedTuple

from kobjctl.files.xml_text import attribute, content
from kobjctl.model.coverage import MADE_BY, Share, Spot, WorkflowCoverage, share_of
from kobjctl.model.values import JsonPath

_DOCTYPE: Final = (
    "<!DOCTYPE coverage SYSTEM"
    ' "https://raw.githubusercontent.com/cobertura/web/master/htdocs/xml/coverage-04.dtd">'
)


class _Line(NamedTuple):
    """A line of a file: how often it was hit, and the share of its branches."""

    number: int
    hits: int
    branches: Share


def cobertura(covered: Sequence[WorkflowCoverage], version: str, timestamp: int) -> str:
    """Return the report; `version` is that of kobjctl, `timestamp` counts milliseconds since 1970.

    Files are named from this folder on, as the sources of the report say.
    """
    by_folder = groupby(
        sorted(covered, key=lambda each: PurePath(each.file).parent.as_posix()),
        key=lambda each: PurePath(each.file).parent.as_posix(),
    )
    lines = [line for each in covered for line in _lines(each.spots)]
    packages = [text for folder, members in by_folder for text in _package(folder, [*members])]
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            _DOCTYPE,
            MADE_BY,
            f'<coverage {_totals(lines)} version={attribute(version)} timestamp="{timestamp}">',
            f"  <sources>\n    <source>{content(Path.cwd().as_posix())}</source>\n  </sources>",
            "  <packages>",
            *packages,
            "  </packages>",
            "</coverage>",
            "",
        ]
    )


def _package(folder: str, members: Sequence[WorkflowCoverage]) -> Iterator[str]:
    lines = [line for each in members for line in _lines(each.spots)]
    yield f'    <package name={attribute(folder)} {_rates(lines)} complexity="0">'
    yield "      <classes>"
    for each in members:
        yield from _class(each)
    yield "      </classes>"
    yield "    </package>"


def _class(covered: WorkflowCoverage) -> Iterator[str]:
    lines = _lines(covered.spots)
    file = PurePath(covered.file).as_posix()
    yield (
        f"        <class name={attribute(covered.workflow.name)} filename={attribute(file)}"
        f' {_rates(lines)} complexity="0">'
    )
    yield "          <methods/>"
    yield "          <lines>"
    for number, hits, branches in lines:
        branch = ""
        if branches.total:
            percent = int(branches.percent)
            share = f"{percent}% ({branches.covered}/{branches.total})"
            branch = f' branch="true" condition-coverage="{share}"'
        yield f'            <line number="{number}" hits="{hits}"{branch}/>'
    yield "          </lines>"
    yield "        </class>"


def _lines(spots: Iterable[Spot]) -> list[_Line]:
    on_line: dict[int, list[Spot]] = defaultdict(list)
    for spot in spots:
        on_line[spot.span.line].append(spot)
    return [_line(number, on_line[number]) for number in sorted(on_line)]


def _line(number: int, spots: Sequence[Spot]) -> _Line:
    hits: Counter[JsonPath] = Counter()
    for spot in spots:
        hits[spot.point.path] += spot.hits
    conditions = [spot for spot in spots if spot.kind == "condition"]
    sides = Counter(spot.point.path for spot in conditions)
    # What has one side only is no branch.
    branches = [spot for spot in conditions if sides[spot.point.path] > 1]
    return _Line(number, max(hits.values()), share_of(branches))


def _shares(lines: Sequence[_Line]) -> tuple[Share, Share]:
    hit = Share(sum(line.hits > 0 for line in lines), len(lines))
    covered = sum(line.branches.covered for line in lines)
    return hit, Share(covered, sum(line.branches.total for line in lines))


def _totals(lines: Sequence[_Line]) -> str:
    hit, branches = _shares(lines)
    return (
        f'{_rates(lines)} lines-covered="{hit.covered}" lines-valid="{hit.total}"'
        f' branches-covered="{branches.covered}" branches-valid="{branches.total}" complexity="0"'
    )


def _rates(lines: Sequence[_Line]) -> str:
    hit, branches = _shares(lines)
    return f'line-rate="{hit.percent / 100:.4g}" branch-rate="{branches.percent / 100:.4g}"'
