"""How coverage is shown: a table of workflows, and what nothing has taken."""

from collections.abc import Iterator, Sequence

from kobjctl.app.drawing.mermaid import words_of
from kobjctl.cli.output.blocks import (
    Block,
    Cell,
    Column,
    EmptyLine,
    Line,
    Table,
    dim,
    good,
    name,
    text,
    warn,
)
from kobjctl.model.coverage import KINDS, Share, Spot, WorkflowCoverage, share_of


def coverage_blocks(covered: Sequence[WorkflowCoverage]) -> Iterator[Block]:
    """Show the shares of workflows and of all together, then the gaps with their places."""
    columns = (
        Column("coverage"),
        *(
            Column(title, right=True)
            for title in ("runs", *(f"{kind}s" for kind in KINDS), "total")
        ),
    )
    rows = [_row(name(each.workflow.name), str(each.runs), each.spots) for each in covered]
    if len(covered) > 1:
        rows.append(_row("all", str(sum(each.runs for each in covered)), _all_spots(covered)))
    yield Table(columns, rows, "no workflows to cover")
    gaps = [(each.file, spot) for each in covered for spot in each.gaps]
    if gaps:
        yield EmptyLine()
    for file, spot in gaps:
        place = f"{file}:{spot.span.line}:{spot.span.column}:"
        yield Line(text(name(place), _what(spot), dim(spot.why), gap=" "))


def total(covered: Sequence[WorkflowCoverage]) -> Share:
    """Return the share of all spots of all workflows."""
    return share_of(_all_spots(covered))


def _all_spots(covered: Sequence[WorkflowCoverage]) -> list[Spot]:
    return [spot for each in covered for spot in each.spots]


def _row(first: Cell, runs: str, spots: Sequence[Spot]) -> list[Cell]:
    shares = [share_of(spots, kind) for kind in KINDS]
    whole = share_of(spots)
    style = good if whole.covered == whole.total else warn
    return [first, runs, *(f"{each.covered}/{each.total}" for each in shares), style(str(whole))]


def _what(spot: Spot) -> str:
    way = f"{spot.step} → {spot.target}"
    if spot.kind == "step":
        return f"step {spot.step}:"
    if spot.kind == "transition":
        return f"{'error case' if spot.on_error else 'transition'} {way}:"
    return f"{way}: {words_of(spot.condition)}:"
