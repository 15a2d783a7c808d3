"""How the log is shown: lists of runs, and one step."""

from collections.abc import Sequence
from typing import Final

from kobjctl.app.runs.as_json import summary_json
from kobjctl.app.runs.runs import PathMatch
from kobjctl.app.words import counted, duration, instant
from kobjctl.cli.output.blocks import Block, Column, JsonBlock, Line, Table, View, bad, name, text
from kobjctl.cli.output.escape import short_json
from kobjctl.cli.views.run import run_list, status_text, step_view
from kobjctl.model.run import RunSummary, StepLog
from kobjctl.model.values import Json
from kobjctl.store.place import megabytes

# So much room in bytes is worth a word.
_WORTH_TELLING: Final = 1_000_000
NO_RUNS = "no runs yet; send a payload: kobjctl hook send FILE"
NO_FITTING_RUNS = "no run fits"


def step_blocks(step: StepLog, *, copy: bool) -> list[Block]:
    """Show a step; just its output as JSON where it is to be copied by a program."""
    return [JsonBlock("", step.output)] if copy else step_view(step)


def run_rows(runs: Sequence[RunSummary], *, filtered: bool) -> View:
    """Show recent runs."""
    value = [summary_json(each) for each in runs]
    if not runs:
        return value, [Line(NO_FITTING_RUNS if filtered else NO_RUNS)]
    return value, run_list(runs)


def found_list(found: Sequence[PathMatch], path: str) -> View:
    """Show what a JSONPath found in the triggers of runs."""
    columns = (
        Column("run", right=True),
        Column("status", keep=True),
        Column("workflow"),
        Column(path),
    )
    rows = [
        (
            str(run.number),
            status_text(run.status),
            name(run.workflow_name),
            ", ".join(short_json(value) for value in values),
        )
        for (run, _), values in found
    ]
    value = [{"run": summary_json(summary), "values": values} for summary, values in found]
    return value, [Table(columns, rows, f"{path} finds nothing in any of these runs")]


def follow_line(summary: RunSummary) -> tuple[Json, Block]:
    """Show a run on one line, as it ends."""
    run, steps = summary
    line = text(
        instant(run.started_at),
        f"run {run.number}",
        name(run.workflow_name),
        status_text(run.status),
        counted(steps, "step"),
        duration(run.duration),
        bad(run.error) if run.error else "",
        gap="  ",
    )
    return summary_json(summary), Line(line)


def room_line(given_back: int, unused: int) -> str:
    """Describe what became of the room that runs took; nothing where it is little."""
    if given_back >= _WORTH_TELLING:
        return f"gave {megabytes(given_back)} back to the disk"
    if unused >= _WORTH_TELLING:
        return (
            f"note: the database keeps {megabytes(unused)} for new runs;"
            " kobjctl logs prune --vacuum gives them back to the disk"
        )
    return ""
