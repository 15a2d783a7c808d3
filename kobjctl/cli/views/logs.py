"""How the log is shown: lists of runs, and the JSON of a run and of a step."""

from collections.abc import Sequence
from typing import Final

from kobjctl.app.runs.runs import ListedRun, PathMatch
from kobjctl.app.words import counted, duration, instant
from kobjctl.cli.output.blocks import (
    Block,
    Column,
    JsonBlock,
    Line,
    Table,
    bad,
    name,
    text,
)
from kobjctl.cli.output.escape import short_json
from kobjctl.cli.views.run import run_list, status_text, step_view
from kobjctl.model.run import Run, RunReport, StepLog
from kobjctl.model.values import Json, JsonObject
from kobjctl.store.disk import megabytes

# So much room in bytes is worth a word.
_WORTH_TELLING: Final = 1_000_000
NO_RUNS = "no runs yet; send a payload: kobjctl hook send FILE"
NO_FITTING_RUNS = "no run fits"


def run_fields(run: Run) -> JsonObject:
    """Return a run as JSON; `durationMs` in milliseconds.

    `hook` and `transaction` are there when a hook started it, `cause` when another run did, and
    `rerunOf` when it repeats one.
    """
    started_by: JsonObject = {"event": run.event_name, "eventId": run.event_id}
    if run.hook_name:
        started_by |= {"hook": run.hook_name, "transaction": run.event_id}
    if run.cause:
        started_by["cause"] = run.cause
    if run.rerun_of:
        started_by["rerunOf"] = run.rerun_of
    return {
        "id": run.id,
        "number": run.number,
        "workflow": run.workflow_name,
        "workflowId": run.workflow_id,
        "workflowRev": run.workflow_rev,
        "status": run.status,
        **started_by,
        "startedAt": run.started_at,
        "durationMs": run.duration,
        **({"error": run.error} if run.error else {}),
    }


def run_json(report: RunReport) -> JsonObject:
    """Return a run with its steps as JSON."""
    return run_fields(report.run) | {
        "steps": [step_json(step) for step in report.steps],
        **({"setOff": [run.number for run in report.set_off]} if report.set_off else {}),
        **({"scheduled": [each.number for each in report.scheduled]} if report.scheduled else {}),
    }


def step_json(step: StepLog) -> JsonObject:
    """Return a step of the log as JSON."""
    return {
        "sequence": step.sequence,
        "id": step.step_id,
        **({"displayName": step.display_name} if step.display_name else {}),
        **({"action": step.action} if step.action else {}),
        "status": step.status,
        **({"takenOver": True} if step.taken_over else {}),
        **({} if step.input is None else {"input": step.input}),
        "output": step.output,
        **({"error": step.error} if step.error else {}),
        **({"requests": step.requests} if step.requests else {}),
        **({} if step.stub is None else {"stub": step.stub}),
        "warnings": step.warnings,
        "decisions": step.decisions,
        "startedAt": step.started_at,
        "durationMs": step.duration,
    }


def step_blocks(step: StepLog, *, copy: bool) -> list[Block]:
    """Show a step; just its output as JSON where it is to be copied by a program."""
    return [JsonBlock("", step.output)] if copy else step_view(step)


def run_rows(runs: Sequence[ListedRun], *, filtered: bool) -> tuple[Json, list[Block]]:
    """Show recent runs."""
    value = [run_fields(run) | {"steps": steps} for run, steps in runs]
    if not runs:
        return value, [Line(NO_FITTING_RUNS if filtered else NO_RUNS)]
    return value, run_list(runs)


def found_list(found: Sequence[PathMatch], path: str) -> tuple[Json, list[Block]]:
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
        for run, values in found
    ]
    value = [{"run": run.number, "id": run.id, "values": values} for run, values in found]
    return value, [Table(columns, rows, f"{path} finds nothing in any of these runs")]


def follow_line(run: Run, steps: int) -> tuple[Json, Block]:
    """Show a run on one line, as it ends."""
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
    return run_fields(run) | {"steps": steps}, Line(line)


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
