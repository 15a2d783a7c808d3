"""How re-running is shown: the logs of one rerun, or a line for each of many."""

from collections.abc import Sequence

from kobjctl.app.runs.as_json import summary_json
from kobjctl.app.runs.reruns import Selection
from kobjctl.app.words import counted, duration
from kobjctl.cli.output.blocks import Block, Line, Text, Tree, View, bad, dim, name, text
from kobjctl.cli.views.run import status_text
from kobjctl.model.run import RunReport, RunSummary, any_bad
from kobjctl.model.values import JsonObject


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


def rerun_summary(done: Sequence[Sequence[RunSummary]], selection: Selection) -> View:
    """Show what rerunning many came to: of each the new run, and those that it set off."""
    value: JsonObject = {
        "runs": [summary_json(each) for summaries in done for each in summaries],
        "skipped": {"alreadyRerun": selection.repeated, "startedByOthers": selection.following},
    }
    if not done and not selection.repeated:
        return value, [Line("no run fits")]
    failed = sum(any_bad(each.run for each in summaries) for summaries in done)
    parts = [
        f"rerun {counted(len(done), 'run')}",
        bad(f"{failed:,} failed") if failed else "",
        dim(f"left out {selection.repeated:,} rerun already") if selection.repeated else "",
        dim(f"left out {selection.following:,} set off by these") if selection.following else "",
    ]
    return value, [Line(text(*parts, gap=", "))]
