"""Call a callable workflow: its inputs are checked, it runs, and its response is given.

Source: `manual/platform.md 2.5`; what a response holds is a reading.
"""

from collections.abc import Sequence
from typing import NamedTuple

from kobjctl.actions.schema import fit
from kobjctl.app.definitions import workflows
from kobjctl.app.runs.payload import Payload, payload_of
from kobjctl.app.runs.receive import receive, to_workflow
from kobjctl.app.runs.send import SendReport, carried_out
from kobjctl.engine.engine import Engine
from kobjctl.model.errors import UsageError
from kobjctl.model.run import BAD_STATUSES, END_STATUSES, StepLog
from kobjctl.model.values import Json, JsonObject
from kobjctl.model.workflow import Workflow, is_responding
from kobjctl.store.store import Store


class CallResult(NamedTuple):
    """What a call did; `response` is None where the workflow gives none or the run failed."""

    sent: SendReport
    response: Json


def call(engine: Engine, name: str, inputs: JsonObject) -> CallResult:
    """Run a callable workflow with inputs.

    Raises UsageError for one that is not callable or disabled, BadParamError for inputs that
    don't fit its schema, UnknownNameError for no workflow.
    """
    # What can be called now may be disabled or another one in a moment.
    with engine.org.store.transaction(durable=True):
        workflow = callable_workflow(engine.org.store, name)
        payload = fitted(workflow, inputs)
        accepted = receive(engine.org, to_workflow(workflow, payload))
    sent = carried_out(engine, accepted, payload.notes)
    first = sent.reports[0]
    ended_well = first.run.status in END_STATUSES and first.run.status not in BAD_STATUSES
    return CallResult(sent, response_of(workflow, first.steps) if ended_well else None)


def fitted(workflow: Workflow, inputs: JsonObject) -> Payload:
    """Return inputs as they fit the schema of a workflow; raises BadParamError."""
    values, notes = fit(workflow.document["trigger"].get("schema") or {}, inputs)
    return payload_of(values, tuple(notes))


def callable_workflow(store: Store, name: str) -> Workflow:
    """Return a workflow that can be called.

    Raises UsageError for one that is not callable or disabled, UnknownNameError for no workflow.
    """
    workflow = workflows.get(store, name)
    if workflow.document["trigger"].get("callable") is not True:
        raise UsageError(
            f'workflow "{workflow.name}" can\'t be called: its trigger has no `callable: true`',
            hint=_how_to_start(store, workflow),
        )
    if not workflow.enabled:
        raise UsageError(
            f'workflow "{workflow.name}" is disabled',
            hint=f"kobjctl workflow enable {workflow.name}",
        )
    return workflow


def _how_to_start(store: Store, workflow: Workflow) -> str:
    """Describe how a workflow that can't be called is started."""
    hook = store.hooks.get(workflow.event_name)
    if hook:
        return f"send its hook a payload: kobjctl hook send FILE --hook {hook.name}"
    return f"it starts on an event: kobjctl event send {workflow.event_name} FILE"


def response_of(workflow: Workflow, steps: Sequence[StepLog]) -> Json:
    """Return the response of a run: the `outputs` of the last step that responds.

    In a workflow without such a step, it is of each property of `response.schema` the value that
    the last step with an output of that name gave. None where there is neither.
    """
    if any(is_responding(step.action) for step in workflow.steps):
        given = [step.input or {} for step in steps if is_responding(step.action)]
        return given[-1].get("outputs") if given else None
    outputs = [step.output for step in reversed(steps) if step.sequence > 1]
    schema = (workflow.document.get("response") or {}).get("schema") or {}
    properties = schema.get("properties") or {}
    if not properties:
        return None
    return {
        name: next(output[name] for output in outputs if name in output)
        for name in properties
        if any(name in output for output in outputs)
    }
