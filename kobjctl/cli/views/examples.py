"""How a payload is shown that two versions treat otherwise: their runs side by side."""

import shlex
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Final, TypeAlias

from kobjctl.app.runs.as_json import summary_json
from kobjctl.app.runs.comparison_as_json import SIDES, comparison_json, pairs_json
from kobjctl.app.runs.run_diff import StepPair
from kobjctl.cli.output.blocks import (
    Block,
    Line,
    SideBySide,
    Text,
    Tree,
    bad,
    dim,
    good,
    heading,
    name,
    text,
    warn,
)
from kobjctl.cli.views.diff import value_text
from kobjctl.cli.views.run import status_text
from kobjctl.compare.comparison import KEPT, PayloadComparison
from kobjctl.compare.in_runs import RunPair
from kobjctl.model.run import RunReport, StepLog
from kobjctl.model.values import JsonObject, path_text

Row: TypeAlias = tuple[Tree | None, Tree | None]

_SHOWN: Final = 6


def example(shown: PayloadComparison, kept: Path | None) -> Iterator[Block]:
    """Show where a payload is, its runs that differ, and where their logs are `kept`."""
    yield Line(heading(shown.place))
    for pair, compared in shown.runs:
        if compared and compared.is_same:
            continue
        rows = _rows(compared.steps if compared else _lone_pairs(pair))
        yield SideBySide((_label("old", pair.old), _label("new", pair.new)), list(rows))
        for report, database in zip((pair.old, pair.new), KEPT, strict=True) if kept else ():
            if report:
                path = shlex.quote(str(Path(kept or "", database)))
                yield Line(dim(f"kobjctl logs {report.run.number} --db {path}"))


def example_json(shown: PayloadComparison) -> JsonObject:
    """Return a payload's place and its runs as JSON, `old` and `new` with their steps side by side;
    one that only one version has is null on the other side.
    """
    return {
        "place": shown.place,
        "runs": [
            {"workflow": pair.name, **(comparison_json(compared) if compared else _one_json(pair))}
            for pair, compared in shown.runs
        ],
    }


def _one_json(pair: RunPair) -> JsonObject:
    sides = dict(zip(SIDES, (pair.old, pair.new), strict=True))
    return {
        "same": False,
        **{side: report and summary_json(report.summary) for side, report in sides.items()},
        "steps": pairs_json(_lone_pairs(pair)),
    }


def _lone_pairs(pair: RunPair) -> Iterator[StepPair]:
    """Yield the steps of a run that only one version has."""
    for step in pair.old.steps if pair.old else ():
        yield StepPair(step, None)
    for step in pair.new.steps if pair.new else ():
        yield StepPair(None, step)


def _label(side: str, report: RunReport | None) -> Text:
    if report is None:
        return text(heading(side), dim("no run"), gap="  ")
    run = report.run
    workflow = text(name(run.workflow_name), f" rev {run.workflow_rev}")
    return text(heading(side), workflow, status_text(run.status), gap="  ")


def _rows(pairs: Iterable[StepPair]) -> Iterator[Row]:
    """Yield the steps of both beside each other, and beside those of one what the other did."""
    left: list[Tree | None] = []
    right: list[Tree | None] = []
    for pair in pairs:
        if pair.old and pair.new:
            yield from zip_longest(left, right)
            left, right = [], []
            yield _branch(pair, 0), _branch(pair, 1)
        elif pair.old:
            left.append(_branch(pair, 0))
        else:
            right.append(_branch(pair, 1))
    yield from zip_longest(left, right)


def _branch(pair: StepPair, side: int) -> Tree | None:
    step = (pair.old, pair.new)[side]
    if step is None:
        return None
    label = text("step ", name(f'"{step.step_id}"'))
    if pair.is_same:
        return Tree(dim(f'= step "{step.step_id}"'))
    if pair.old and pair.new:
        return Tree(text(warn("~ "), label), list(_differing(pair, side)))
    sign = bad("- ") if pair.old else good("+ ")
    return Tree(text(sign, label), list(_failure(step)))


def _differing(pair: StepPair, side: int) -> Iterator[Tree]:
    """Yield where a step went on to and what of it differs, as it is on a side."""
    if pair.branches:
        target = pair.branches[side]
        yield Tree(text("→ ", name(target) if target else dim("the end")))
    for each in pair.differences[:_SHOWN]:
        place = text(each.part, name(path_text(each.path)), gap=" ")
        yield Tree(text(place, ": ", value_text((each.old, each.new)[side])))
    if len(pair.differences) > _SHOWN:
        yield Tree(dim(f"{len(pair.differences) - _SHOWN} more"))


def _failure(step: StepLog) -> Iterator[Tree]:
    if step.error:
        yield Tree(bad(f"error: {step.error.get('message', '')}"))
