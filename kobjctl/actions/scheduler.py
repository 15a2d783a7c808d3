"""The action that schedules a workflow."""

from datetime import datetime, timedelta

from kobjctl.actions.base import Output, ResultWithWarnings, action
from kobjctl.actions.schema import fit
from kobjctl.javascript.numbers import as_number
from kobjctl.model.clock import format_instant, has_platform_form, parse_instant
from kobjctl.model.errors import BadParamError, NotFoundError, did_you_mean
from kobjctl.model.secrets import hidden
from kobjctl.model.values import MISSING, Json, JsonObject, a_kind
from kobjctl.records.context import RunContext
from kobjctl.records.fields import Fields, OptionalObject
from kobjctl.store.private_values import ClearValue
from kobjctl.store.text import encode

OUTPUT: Output = {"id": "text", "workflowId": "text", "runAt": "date and time"}


class ScheduleWorkflowParams(Fields):
    """`runAt` is `{type: relative, value: SECONDS}` or `{type: absolute, value: TIME}`;
    `workflowId` names the callable workflow, `inputs` what its step `1` gets.
    """

    run_at: JsonObject
    workflow_id: str
    inputs: OptionalObject = MISSING


@action(
    "kustomer.app.scheduler.schedule-workflow",
    label="Scheduler: Schedule Workflow",
    output=OUTPUT,
)
def schedule_workflow(params: ScheduleWorkflowParams, context: RunContext) -> ResultWithWarnings:
    """Schedule a run of a callable workflow; `kobjctl schedule run-due` starts what is due.

    The workflow must exist. That `absolute` takes an ISO 8601 time is not confirmed, nor is the
    output.
    """
    workflow = context.org.store.workflows.get(params.workflow_id)
    if workflow is None:
        raise NotFoundError(
            f'no workflow has the id "{params.workflow_id}"', parameter="workflowId"
        )
    inputs: JsonObject = params.inputs or {}
    try:
        inputs, warnings = fit(workflow.document["trigger"].get("schema") or {}, inputs)
    except BadParamError as error:
        warnings = [f"the inputs don't fit the schema of {workflow.name}: {error.message}"]
    run_at = due(params.run_at, context.org.now())
    schedule_id = context.org.new_id()
    shown = hidden().mask(inputs) if hidden().hides(inputs) else inputs
    number = context.org.store.schedules.add(
        schedule_id,
        workflow.id,
        encode(shown),
        run_at,
        context.outbox.run or None,
        context.org.now(),
    )
    if shown is not inputs:
        clear = ClearValue(inputs, hidden().learnt)
        context.org.store.private_values.keep("schedule", number, clear)
    return ResultWithWarnings(
        {"id": schedule_id, "workflowId": workflow.id, "runAt": run_at}, warnings
    )


def due(run_at: JsonObject, now: str) -> str:
    """Return the time that `runAt` means (`manual/platform.md 7.9`); raises BadParamError."""
    kind, value = run_at.get("type", "relative"), run_at.get("value")
    if kind == "relative":
        return _later(value, now)
    if kind == "absolute":
        moment = parse_instant(value) if isinstance(value, str) else None
        if moment is None or not has_platform_form(moment):
            raise BadParamError(
                "the value of an absolute runAt must be a time such as 2026-01-02T03:04:05Z,"
                f" not {a_kind(value)}",
                parameter="runAt",
            )
        return format_instant(moment)
    raise BadParamError(
        f'the type of runAt must be relative or absolute, not "{kind}"',
        parameter="runAt",
        hint=did_you_mean(str(kind), ("relative", "absolute")),
    )


def _later(value: Json, now: str) -> str:
    seconds = as_number(value)
    if seconds is None or seconds < 0:
        raise BadParamError(
            "the value of a relative runAt must be a number of seconds", parameter="runAt"
        )
    try:
        return format_instant(datetime.fromisoformat(now) + timedelta(seconds=seconds))
    except OverflowError as error:
        raise BadParamError("runAt is too far in the future", parameter="runAt") from error
