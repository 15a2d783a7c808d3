"""How two runs are shown side by side."""

from collections.abc import Iterator
from typing import Final

from kobjctl.app.runs.comparison_as_json import comparison_json
from kobjctl.app.runs.run_diff import PartDifference, RunComparison, StepPair
from kobjctl.app.words import counted
from kobjctl.cli.output.blocks import (
    Block,
    Cell,
    Line,
    Text,
    Tree,
    View,
    bad,
    dim,
    good,
    heading,
    name,
    text,
    warn,
)
from kobjctl.cli.output.escape import dump_json, short_json
from kobjctl.cli.views.run import status_text
from kobjctl.model.run import Run
from kobjctl.model.values import MISSING, Json, MissingValue, path_text

_SHOWN: Final = 12
_WIDTH: Final = 60


def run_difference(compared: RunComparison) -> View:
    """Show two runs: the steps of both in their order, and what differs in each."""
    old, new = compared.old, compared.new
    steps = [
        Tree(_step_line(pair, compared), list(_beneath(pair, compared))) for pair in compared.steps
    ]
    differing = sum(not pair.is_same for pair in compared.steps)
    blocks: list[Block] = [Line(_run_line(old)), Tree(_run_line(new), steps)]
    if old.status != new.status:
        ends = text(status_text(old.status), " → ", status_text(new.status))
        blocks.append(Line(text("they ended differently: ", ends)))
    if differing:
        blocks.append(Line(warn(f"{differing} of {len(steps)} steps differ")))
    elif compared.is_same:
        blocks.append(Line(good("no differences, except ids and times")))
    return comparison_json(compared), blocks


def _run_line(run: Run) -> Text:
    return text(
        heading(f"run {run.number}"),
        text(name(run.workflow_name), f" rev {run.workflow_rev}"),
        status_text(run.status),
        dim(f"rerun of run {run.rerun_of}") if run.rerun_of else "",
        gap="  ",
    )


def _step_line(pair: StepPair, compared: RunComparison) -> Text:
    step = text("step ", name(f'"{pair.step.step_id}"'))
    if pair.new is None:
        return text(bad("- "), text(step, f"only in run {compared.old.number}", gap="  "))
    if pair.old is None:
        return text(good("+ "), text(step, f"only in run {compared.new.number}", gap="  "))
    return text(dim("= ") if pair.is_same else warn("~ "), step)


def _beneath(pair: StepPair, compared: RunComparison) -> Iterator[Tree]:
    if pair.branches:
        runs = zip((compared.old, compared.new), pair.branches, strict=True)
        ways: list[Cell] = [
            text(f"run {run.number} → ", name(way) if way else dim("the end")) for run, way in runs
        ]
        yield Tree(text(warn("another branch: "), text(*ways, gap=", ")))
    for each in pair.differences[:_SHOWN]:
        yield Tree(_difference(each))
    if len(pair.differences) > _SHOWN:
        yield Tree(dim(f"{len(pair.differences) - _SHOWN} more; --json has them all"))


def _difference(each: PartDifference) -> Text:
    place = text(each.part, name(path_text(each.path)), gap=" ")
    return text(place, ": ", value_text(each.old), " → ", value_text(each.new))


def value_text(value: Json | MissingValue) -> Text:
    """Return a value of one side on a few characters; of what is larger, its size."""
    if value is MISSING:
        return warn("missing")
    shown = short_json(value, _WIDTH)
    if isinstance(value, dict | list) and len(dump_json(value, indent=None)) > _WIDTH:
        noun, count = ("key" if isinstance(value, dict) else "item"), len(value)
        content = f"… {counted(count, noun)}"
        shown = f"{{{content}}}" if isinstance(value, dict) else f"[{content}]"
    return text(shown)
