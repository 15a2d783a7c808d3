"""How many runs are shown: the lists of the log, and what rerunning came to."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from kobjctl.app.runs.as_json import summary_json
from kobjctl.app.runs.runs import PathMatch
from kobjctl.app.words import counted, duration, instant
from kobjctl.cli.output.blocks import (
    Block,
    Column,
    Line,
    Table,
    Text,
    Tree,
    View,
    bad,
    dim,
    name,
    text,
)
from kobjctl.cli.output.escape import short_json
from kobjctl.cli.views.run import status_text
from kobjctl.model.run import RunReport, RunSummary, any_bad
from kobjctl.model.values import Json, JsonObject
from kobjctl.store.place import megabytes

if TYPE_CHECKING:
    from kobjctl.app.runs.reruns import Selection

# So much room in bytes is worth a word.
_WORTH_TELLING: Final = 1_000_000
NO_RUNS = "no runs yet; send a payload: kobjctl hook send FILE"
NO_FITTING_RUNS = "no run matches"


def rerun_tree(reports: Sequence[RunReport]) -> list[Block]:
    """Show one of many reruns on a line, with the runs that it set off below."""
    first, *others = (_line(report) for report in reports)
    return [Tree(first, [Tree(other) for other in others])]


def _line(report: RunReport) -> Text:
    run, count = report.run, len(report.steps)
    return text(
        f"run {run.rerun_of} → run {run.number}" if run.rerun_of else f"set off run {run.number}",
        name(run.workflow_name),
        status_text(run.status),
        counted(count, "step"),
        dim(duration(run.duration)),
        bad(run.error) if run.error else "",
        gap="  ",
    )


def rerun_summary(done: Sequence[Sequence[RunSummary]], selection: "Selection") -> View:
    """Show what rerunning many came to: of each the new run, and those that it set off."""
    value: JsonObject = {
        "runs": [summary_json(each) for summaries in done for each in summaries],
        "skipped": {"alreadyRerun": selection.repeated, "startedByOthers": selection.following},
    }
    if not done and not selection.repeated:
        return value, [Line(NO_FITTING_RUNS)]
    failed = sum(any_bad(each.run for each in summaries) for summaries in done)
    parts = [
        f"rerun {counted(len(done), 'run')}",
        bad(f"{failed:,} failed") if failed else "",
        dim(f"skipped {selection.repeated:,} rerun before") if selection.repeated else "",
        dim(f"skipped {selection.following:,} set off by these") if selection.following else "",
    ]
    return value, [Line(text(*parts, gap=", "))]


def run_list(runs: Sequence[RunSummary], *, filtered: bool = False) -> View:
    """Show recent runs as a table, the newest first."""
    columns = (
        Column("run", right=True),
        Column("status", keep=True),
        Column("workflow"),
        Column("hook or event"),
        Column("started (UTC)", keep=True),
        Column("steps", right=True),
        Column("duration", right=True),
    )
    rows = [
        (
            str(run.number),
            status_text(run.status),
            name(run.workflow_name),
            text(run.source, dim(f" (rerun of {run.rerun_of})") if run.rerun_of else ""),
            instant(run.started_at),
            str(steps),
            duration(run.duration),
        )
        for run, steps in runs
    ]
    empty = NO_FITTING_RUNS if filtered else NO_RUNS
    return [summary_json(each) for each in runs], [Table(columns, rows, empty)]


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
        return f"freed {megabytes(given_back)} on the disk"
    if unused >= _WORTH_TELLING:
        return (
            f"note: the database keeps {megabytes(unused)} for new runs;"
            " kobjctl logs prune --vacuum frees them on the disk"
        )
    return ""
