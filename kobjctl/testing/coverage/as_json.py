"""Coverage as JSON."""

from collections.abc import Iterable, Sequence

from kobjctl.model.coverage import KINDS, Share, Spot, WorkflowCoverage, share_of
from kobjctl.model.values import JsonObject


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
