"""How events, calls, scheduled runs and variables are shown."""

from collections.abc import Sequence

from kobjctl.app.definitions.variables import VariableMention
from kobjctl.app.runs.as_json import schedule_json, summary_json
from kobjctl.app.runs.schedules import Backlog
from kobjctl.app.words import counted, instant
from kobjctl.cli.output.blocks import Block, Column, Line, Table, View, bad, dim, name, warn
from kobjctl.cli.output.escape import short_json
from kobjctl.model.hook import Hook
from kobjctl.model.run import MOST_STARTS, WINDOW, RunSummary, Schedule
from kobjctl.model.values import JsonObject
from kobjctl.model.workflow import Variable, Workflow


def event_list(workflows: Sequence[Workflow], hooks: Sequence[Hook]) -> View:
    """Show what workflows listen to."""
    names = {hook.event_name: hook.name for hook in hooks}
    listening: dict[str, list[Workflow]] = {}
    for workflow in workflows:
        listening.setdefault(workflow.event_name, []).append(workflow)
    ordered = sorted(listening.items())
    value = [
        {
            "event": event,
            "hook": names.get(event),
            "workflows": [each.name for each in heard if each.enabled],
            "disabledWorkflows": [each.name for each in heard if not each.enabled],
        }
        for event, heard in ordered
    ]
    rows = [
        (
            name(event),
            names.get(event, ""),
            ", ".join(each.name + ("" if each.enabled else " (disabled)") for each in heard),
        )
        for event, heard in ordered
    ]
    columns = (Column("event", keep=True), Column("hook"), Column("workflows"))
    return value, [Table(columns, rows, "no workflows yet; load one: kobjctl apply FILE")]


def schedule_list(schedules: Sequence[Schedule], *, every: bool) -> View:
    """Show scheduled runs."""
    columns = (
        Column("number", right=True),
        Column("due (UTC)", keep=True),
        Column("workflow"),
        Column("inputs"),
        Column("scheduled by"),
        *((Column("started (UTC)"), Column("run", right=True)) if every else ()),
    )
    rows = [
        (
            str(each.number),
            instant(each.run_at),
            name(each.workflow_name),
            short_json(each.inputs),
            f"run {each.cause}" if each.cause else "",
            *(_start(each) if every else ()),
        )
        for each in schedules
    ]
    nothing = (
        "no scheduled runs" if every else "no scheduled runs wait; --all shows those that started"
    )
    return [schedule_json(each) for each in schedules], [Table(columns, rows, nothing)]


def _start(schedule: Schedule) -> tuple[str, str]:
    if not schedule.started_at:
        return "", ""
    return instant(schedule.started_at), str(schedule.run or "none (disabled)")


def due_view(runs: Sequence[RunSummary], dropped: int, backlog: Backlog) -> View:
    """Show what starting the due runs came to, and what still waits."""
    first = backlog.first
    value: JsonObject = {
        "runs": [summary_json(each) for each in runs],
        "waitingCount": backlog.waiting,
        "nextAt": first.run_at if first else None,
        "limitEndsAt": backlog.held_until or None,
    }
    was_due = dropped or backlog.is_due or backlog.held_until
    nothing = "no run started" if was_due else "no runs are due"
    blocks: list[Block] = [Line(f"{counted(len(runs), 'run')} started" if runs else nothing)]
    if backlog.held_until:
        minutes = WINDOW // 60
        limit = f"{MOST_STARTS:,} scheduled runs start within {minutes} minutes, as on the platform"
        blocks.append(Line(warn(f"{limit}: the next starts at {instant(backlog.held_until)} UTC")))
    elif first:
        since = "has been due since" if backlog.is_due else "is due at"
        when = f"{backlog.waiting:,} waiting, the next one {since} {instant(first.run_at)} UTC"
        blocks.append(Line(dim(when)))
    return value, blocks


def variable_json(variable: Variable) -> JsonObject:
    """Return a variable as JSON, without its value."""
    return {"id": variable.id, "name": variable.name, "value": "***"}


def variable_list(mentioned: Sequence[VariableMention]) -> View:
    """Show a workflow's variables, and those that it lacks; no values."""
    columns = (Column("variable"), Column("id", keep=True), Column("value"), Column("set (UTC)"))
    rows = [
        (
            name(each.name),
            each.variable.id if each.variable else "",
            "***" if each.variable else bad("missing"),
            instant(each.variable.updated_at) if each.variable else "used by the workflow",
        )
        for each in mentioned
    ]
    value = [
        {
            **(variable_json(each.variable) if each.variable else {"name": each.name}),
            "set": each.variable is not None,
            "mentioned": each.mentioned,
        }
        for each in mentioned
    ]
    return value, [Table(columns, rows, "the workflow has no variables, and uses none")]
