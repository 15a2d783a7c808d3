"""Coverage as drawings: Markdown with a Mermaid flowchart for each workflow."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from kobjctl.app.drawing.mermaid import mermaid
from kobjctl.model.coverage import WorkflowCoverage, share_of
from kobjctl.model.unseen import shown
from kobjctl.model.values import JsonPath

_LEGEND: Final = (
    "Dashed and red: never taken. Orange: taken, but one of its conditions,"
    " or a part of one, always had the same result.\n"
)
_MARKUP: Final = re.compile(r"([\\`*_{}\[\]<>#|&~!])")


def coverage_markdown(covered: Iterable[WorkflowCoverage]) -> str:
    """Return a section for each workflow, with a drawing as GitHub and GitLab show it."""
    return "\n".join(line for each in covered for line in _section(each))


def _section(covered: WorkflowCoverage) -> Iterator[str]:
    title = _MARKUP.sub(r"\\\1", shown(" ".join(covered.workflow.name.split())))
    yield f"## {title}: {share_of(covered.spots)}\n"
    gaps = [spot for spot in covered.spots if not spot.hits]
    if gaps:
        yield _LEGEND
    untaken = {spot.point.path for spot in gaps if spot.condition is None}
    partly = {_way(spot.point.path) for spot in gaps if spot.condition is not None}
    drawn = mermaid(covered.workflow, untaken, partly - untaken)
    yield f"```mermaid\n{drawn}```\n"


def _way(path: JsonPath) -> JsonPath:
    """Return the path of the transition that a condition belongs to."""
    return path[: path.index("condition")]
