"""Call a callable workflow: its inputs are checked, it runs, and its response is given.

Source: `platform/workflows.md` 1.7; what a response holds is a reading.
"""

from collections.abc import Sequence
from typing import NamedTuple

from kobjctl.actions.schema import fit
from kobjctl.app.definitions import workflows
from kobjctl.app.runs import events
from kobjctl.engine.intake import AcceptedEvent, start
from kobjctl.engine.outcome import LIMITS, Limits
from kobjctl.model.errors import UsageError
from kobjctl.model.event import Event, call_event_name
from kobjctl.model.run import StepLog
from kobjctl.model.values import Json, JsonObject
from kobjctl.model.workflow import Workflow
from kobjctl.records.context import World
from kobjctl.store.private_values import ClearValue
from kobjctl.store.text import encode


class CallResult(NamedTuple):
    """What a call did; `response` is None unless the run completed or stopped."""

    sent: events.SendReport
    response: Json


def call(world: World, name: str, inputs: JsonObject, limits: Limits = LIMITS) -> CallResult:
    """Run a callable workflow with inputs.

    Raises UsageError for one that is not callable or disabled, BadParamError for inputs that
    don't fit its schema, UnknownNameError for no workflow.
    """
    # What can be called now may be disabled or another one in a moment.
    with world.store.transaction(durable=True):
        workflow = callable_workflow(world, name)
        fitted, notes = fit(workflow.document["trigger"].get("schema") or {}, inputs)
        accepted = accept(world, workflow, fitted)
    sent = events.sent(world, accepted.event, accepted.numbers, limits, tuple(notes))
    first = sent.reports[0]
    ended_well = first.run.status in ("completed", "stopped")
    return CallResult(sent, response_of(workflow, first.steps) if ended_well else None)


def callable_workflow(world: World, name: str) -> Workflow:
    """Return a workflow that can be called.

    Raises UsageError for one that is not callable or disabled, UnknownNameError for no workflow.
    """
    workflow = workflows.get(world, name)
    if workflow.document["trigger"].get("callable") is not True:
        raise UsageError(
            f'workflow "{workflow.name}" can\'t be called: its trigger has no `callable: true`',
            hint=_how_to_start(world, workflow),
        )
    if not workflow.enabled:
        raise UsageError(
            f'workflow "{workflow.name}" is disabled',
            hint=f"kobjctl workflow enable {workflow.name}",
        )
    return workflow


def _how_to_start(world: World, workflow: Workflow) -> str:
    """Describe how a workflow that can't be called is started."""
    hook = world.store.hooks.get(workflow.event_name)
    if hook:
        return f"send its hook a payload: kobjctl hook send FILE --hook {hook.name}"
    return f"it starts on an event: kobjctl event send {workflow.event_name} FILE"


def accept(
    world: World,
    workflow: Workflow,
    inputs: JsonObject,
    cause: int | None = None,
    clear: ClearValue | None = None,
) -> AcceptedEvent:
    """Keep a call with the run it starts, waiting; give both. `clear` is what the run gets where
    the inputs show no secrets.
    """
    store, at = world.store, world.now()
    name = call_event_name(workflow.id)
    with store.transaction(durable=True):
        world.reseed()
        event_id = world.new_id()
        number = store.events.add(event_id, name, encode(inputs), at, cause=cause)
        run = start(world, number, (workflow.id, workflow.rev), at)
        if clear:
            store.private_values.keep("event", number, clear)
    event = Event(
        id=event_id,
        number=number,
        name=name,
        data=inputs,
        created_at=at,
        org_id=store.org_id,
        cause=cause,
    )
    if clear:
        event = event._replace(data=clear.value, secrets=tuple(clear.secrets))
    return AcceptedEvent(event, (run,))


def response_of(workflow: Workflow, steps: Sequence[StepLog]) -> Json:
    """Return the response of a run: of each property of `response.schema`, the value that the last
    step with an output of that name gave; without a schema, the last step's output.
    """
    outputs = [step.output for step in reversed(steps) if step.sequence > 1]
    schema = (workflow.document.get("response") or {}).get("schema") or {}
    properties = schema.get("properties") or {}
    if not properties:
        return outputs[0] if outputs else {}
    return {
        name: next(output[name] for output in outputs if name in output)
        for name in properties
        if any(name in output for output in outputs)
    }
