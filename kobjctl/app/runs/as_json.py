"""Runs as JSON: nobody else makes the JSON of a run, or adds a key to it.

Keys are the platform's where it has a word for it. What is empty has no key, but for lists, and
the duration of a run that is not over, which is null.
"""

from typing import TYPE_CHECKING

from kobjctl.model.run import RunReport, RunSummary, Schedule, StepLog
from kobjctl.model.values import Json, JsonObject

# The log is shown without all that makes runs.
if TYPE_CHECKING:
    from kobjctl.app.runs.resume import PendingStep
    from kobjctl.app.runs.send import OtherWorkflow


def run_json(report: RunReport) -> JsonObject:
    """Return a run: its summary, its `steps`, and the numbers of the runs that it set off
    (`startedRuns`) and of what it scheduled (`schedules`).
    """
    return summary_json(report.summary) | {
        "steps": [step_json(step) for step in report.steps],
        **if_any("startedRuns", [run.number for run in report.set_off]),
        **if_any("schedules", [schedule.number for schedule in report.scheduled]),
    }


def summary_json(summary: RunSummary) -> JsonObject:
    """Return a run without its steps, as a list has it: a part of `run_json`.

    `workflow`, `event` and `hook` are names, `cause` and `rerunOf` the numbers of the run that set
    it off and of the one that it repeats. `hook` and `transactionId` are there when a hook
    started it. `durationMs` is in milliseconds.
    """
    run, step_count = summary
    of_hook = {"hook": run.hook_name, "transactionId": run.event_id} if run.hook_name else {}
    return {
        "id": run.id,
        "number": run.number,
        "workflow": run.workflow_name,
        "workflowId": run.workflow_id,
        "workflowRev": run.workflow_rev,
        "status": run.status,
        "event": run.event_name,
        "eventId": run.event_id,
        **of_hook,
        **if_any("cause", run.cause),
        **if_any("rerunOf", run.rerun_of),
        "startedAt": run.started_at,
        "durationMs": run.duration,
        **if_any("error", run.error and {"message": run.error}),
        "stepCount": step_count,
    }


def step_json(step: StepLog) -> JsonObject:
    """Return a step of the log; `decisions` and `requests` are those of `model.run`.

    `input` is missing from the trigger and from a condition step, `takenOver` tells that an
    earlier run took the step, `stub` is the place of the stub that answered its action.
    """
    return {
        "sequence": step.sequence,
        "id": step.step_id,
        **if_any("displayName", step.display_name),
        **if_any("action", step.action),
        "status": step.status,
        **if_any("takenOver", step.taken_over),
        **({} if step.input is None else {"input": step.input}),
        "output": step.output,
        **if_any("error", step.error),
        **if_any("requests", step.requests),
        **({} if step.stub is None else {"stub": step.stub}),
        "warnings": step.warnings,
        "decisions": step.decisions,
        "startedAt": step.started_at,
        "durationMs": step.duration,
    }


def other_workflow_json(other: "OtherWorkflow") -> JsonObject:
    """Return a workflow that an event did not start, with what would have started it."""
    workflow = other.workflow
    return {
        "workflow": workflow.name,
        "workflowId": workflow.id,
        "enabled": workflow.enabled,
        "event": workflow.event_name,
        **if_any("hook", other.hook),
        **if_any("callable", other.is_callable),
    }


def pending_json(step: "PendingStep") -> JsonObject:
    """Return the step before which a run is paused, with the params that it would get."""
    return {
        "runNumber": step.run,
        "step": step.id,
        **if_any("displayName", step.display_name),
        **if_any("action", step.action),
        "params": step.params,
        **if_any("error", step.error),
    }


def schedule_json(schedule: Schedule) -> JsonObject:
    """Return a scheduled run: `runNumber` is what it was when it started, `cause` the number of
    the run that scheduled it.
    """
    return {
        "id": schedule.id,
        "number": schedule.number,
        "workflow": schedule.workflow_name,
        "workflowId": schedule.workflow_id,
        "runAt": schedule.run_at,
        "inputs": schedule.inputs,
        "cause": schedule.cause,
        "createdAt": schedule.created_at,
        "startedAt": schedule.started_at,
        "runNumber": schedule.run,
    }


def if_any(key: str, value: Json) -> JsonObject:
    """Return an object with the value, or without a key where that is empty."""
    return {key: value} if value else {}
