"""Coverage as JSON, and as drawings: Markdown with a Mermaid flowchart for each workflow."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kobjctl.app.drawing.mermaid import mermaid
from kobjctl.model.coverage import KINDS, Share, Spot, WorkflowCoverage, share_of
from kobjctl.model.unseen import shown
from kobjctl.model.values import JsonObject, JsonPath


def coverage_json(covered: Sequence[WorkflowCoverage]) -> JsonObject:
    """Return the coverage of workflows: shares, and each spot with how often it was covered."""
    return {
        **_shares([spot for each in covered for spot in each.spots]),
        "workflows": [
            {
                "workflow": each.workflow.name,
                "file": each.file,
                "line": each.span.line,
                "runs": each.runs,
                **_shares(each.spots),
                "spots": [_spot(spot) for spot in each.spots],
            }
            for each in covered
        ],
    }


def _shares(spots: Iterable[Spot]) -> JsonObject:
    spots = tuple(spots)
    kinds = {f"{kind}s": _share(share_of(spots, kind)) for kind in KINDS}
    return {"total": _share(share_of(spots)), **kinds}


def _share(share: Share) -> JsonObject:
    return {"covered": share.covered, "total": share.total, "percent": share.rounded}


def _spot(spot: Spot) -> JsonObject:
    fields: JsonObject = {"kind": spot.kind, "step": spot.step}
    if spot.target:
        fields |= {"target": spot.target, "onError": spot.on_error}
    if spot.condition:
        fields |= {"condition": spot.condition, "holds": spot.point.held}
    fields |= {
        "path": list(spot.point.path),
        "line": spot.span.line,
        "column": spot.span.column,
        "hits": spot.hits,
    }
    return fields | ({"reason": spot.why} if spot.why else {})


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
