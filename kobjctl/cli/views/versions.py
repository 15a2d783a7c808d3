"""How the differences between two versions of a workflow are shown."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final

from kobjctl.app.runs.comparison_as_json import sides_json
from kobjctl.app.words import counted
from kobjctl.cli.output.blocks import (
    Block,
    Cell,
    Column,
    EmptyLine,
    Line,
    Table,
    Text,
    View,
    dim,
    good,
    heading,
    name,
    text,
    warn,
)
from kobjctl.cli.views.diff import value_text
from kobjctl.cli.views.examples import example, example_json
from kobjctl.cli.views.run import status_text
from kobjctl.compare.comparison import Comparison, PayloadComparison
from kobjctl.compare.payloads import RejectCount
from kobjctl.compare.version_difference import DifferenceGroup, Kind, VersionDifference
from kobjctl.model.values import JsonObject
from kobjctl.store.text import decode

_TITLES: Final[dict[Kind, str]] = {
    "path": "paths",
    "status": "ends",
    "failure": "failures",
    "output": "outputs",
    "input": "inputs",
    "response": "responses",
    "record": "records",
    "request": "HTTP calls",
    "warning": "warnings",
    "run": "runs",
    "schedule": "scheduled runs",
}
_STEPS: Final = 4


def comparison_view(
    comparison: Comparison,
    rejects: RejectCount,
    shown: Sequence[PayloadComparison],
    kept: Path | None = None,
) -> View:
    """Show what differs: the groups with their counts, then an example of each side by side.

    `kept` is the folder in which the copies of the org stay.
    """
    blocks: list[Block] = [Line(_versions(comparison)), Line(_counts(comparison))]
    blocks += _rejected(rejects)
    for kind, groups in groupby(comparison.groups, key=lambda group: group.difference.kind):
        blocks += [EmptyLine(), _table(kind, groups)]
    if more := comparison.groups.more:
        left = f"{counted(more, 'payload')} differ in more ways than are listed"
        blocks += [EmptyLine(), Line(warn(left))]
    for each in shown:
        blocks += [EmptyLine(), *example(each, kept)]
    return _json(comparison, rejects, shown), blocks


def _versions(comparison: Comparison) -> Text:
    sides = comparison.sides
    return text(heading(sides.old.label), " → ", heading(sides.new.label))


def _counts(comparison: Comparison) -> Text:
    total, differing = comparison.compared, comparison.differing
    payloads = counted(total, "payload")
    stopped = warn("interrupted") if comparison.interrupted else ""
    if not differing:
        return text(good(f"no differences in {payloads}"), stopped, gap="  ")
    return text(warn(f"differences in {differing:,} of {payloads}"), stopped, gap="  ")


def _rejected(rejects: RejectCount) -> Iterator[Block]:
    for each in rejects.first:
        yield Line(text(warn("can't be read: "), each.place, ": ", each.reason))
    if rejects.count > len(rejects.first):
        yield Line(warn(f"{rejects.count - len(rejects.first):,} more can't be read"))


def _table(kind: Kind, groups: Iterable[DifferenceGroup]) -> Table:
    columns = (Column("payloads", right=True), Column(_TITLES[kind]), Column("example"))
    rows: list[Sequence[Cell]] = [
        (f"{group.count:,}", difference_text(group.difference), dim(group.examples[0].place))
        for group in groups
    ]
    return Table(columns, rows)


def difference_text(difference: VersionDifference) -> Text:
    """Say in a line what differs."""
    step = text("step ", name(f'"{difference.step}"')) if difference.step else ""
    place = text(name(difference.about), step, name(difference.field), gap=" ")
    return text(place, ": ", _change(difference))


def _change(difference: VersionDifference) -> Text:
    if difference.kind == "path":
        return _path(difference)
    if difference.kind == "status":
        before, after = difference.details
        return text(status_text(before), " → ", status_text(after))
    if difference.kind in ("failure", "warning"):
        return text(_SIDES[difference.side], ": ", difference.details[0])
    if difference.side:
        words = (*difference.details, _EFFECTS.get(difference.kind, ""))
        return text(" ".join(words).strip(), _SIDES[difference.side], gap=" ")
    return text(value_text(difference.old), " → ", value_text(difference.new))


_SIDES: Final = {"old": warn("only in old"), "new": warn("only in new")}
_EFFECTS: Final[dict[Kind, str]] = {"run": "runs", "schedule": "scheduled", "request": "sent"}


def _path(difference: VersionDifference) -> Text:
    """Show where two paths part, and how each goes on."""
    old, new = (decode(text) for text in difference.details)
    same = 0
    while old[same : same + 1] == new[same : same + 1] and same < len(old):
        same += 1
    fork = name(f'"{old[same - 1]}"') if same > 1 else text("the trigger")
    return text("after ", fork, ": ", _steps(old[same:]), " → ", _steps(new[same:]))


def _steps(steps: Sequence[str]) -> Text:
    shown = [*steps[:_STEPS], f"{len(steps) - _STEPS} more"] if len(steps) > _STEPS else steps
    return name(", ".join(shown)) if shown else dim("the end")


def _json(
    comparison: Comparison, rejects: RejectCount, shown: Sequence[PayloadComparison]
) -> JsonObject:
    return {
        "same": not comparison.differing,
        "old": comparison.sides.old.label,
        "new": comparison.sides.new.label,
        "workflows": [pair.name for pair in comparison.sides.pairs],
        "payloads": {
            "compared": comparison.compared,
            "differing": comparison.differing,
            "ungrouped": comparison.groups.more,
            "rejected": rejects.count,
            "rejections": [{"message": each.reason, "place": each.place} for each in rejects.first],
        },
        "outcome": "stopped" if comparison.interrupted else "completed",
        "differences": [_group_json(group) for group in comparison.groups],
        "examples": [example_json(each) for each in shown],
    }


def _group_json(group: DifferenceGroup) -> JsonObject:
    difference = group.difference
    told = {
        _ABOUT.get(difference.kind, "workflow"): difference.about,
        "step": difference.step,
        "field": difference.field,
        "side": difference.side,
        "change": "".join(difference.details[:1]) if difference.kind == "record" else "",
    }
    return {
        "kind": difference.kind,
        **{key: value for key, value in told.items() if value},
        "count": group.count,
        "examples": [
            {"place": each.place, **sides_json(each.difference.old, each.difference.new)}
            for each in group.examples
        ],
    }


_ABOUT: Final[dict[Kind, str]] = {"record": "type", "request": "request"}
