"""The one way in: keep what came from outside, with the runs that it starts, waiting.

A payload of a hook, an event, a call, a scheduled run and a payload that is replayed come through
here. Source: `manual/platform.md 2.3, 2.5`.
"""

from typing import NamedTuple

from kobjctl.app.runs.payload import Payload
from kobjctl.engine.intake import start, start_listeners
from kobjctl.model.event import Event, call_event_name
from kobjctl.model.hook import Hook
from kobjctl.model.values import MISSING
from kobjctl.model.workflow import Workflow
from kobjctl.store.org import Org
from kobjctl.store.private_values import ClearValue
from kobjctl.store.runs import OpenRun


class IncomingEvent(NamedTuple):
    """What comes from outside: the name of its event, and what it brings.

    `hook` took it in. With `called` it is a call, which starts this workflow alone. `cause` is the
    number of the run that scheduled it, `clear` what the run gets where the payload shows no
    secrets.
    """

    name: str
    payload: Payload
    hook: Hook | None = None
    called: Workflow | None = None
    cause: int | None = None
    clear: ClearValue | None = None


class AcceptedEvent(NamedTuple):
    """An event that came from outside and is kept, with the runs that it starts, waiting."""

    event: Event
    runs: tuple[OpenRun, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        """Return the numbers of the runs."""
        return tuple(run.number for run in self.runs)


def to_hook(hook: Hook, payload: Payload) -> IncomingEvent:
    """Return what a payload for a hook is."""
    return IncomingEvent(hook.event_name, payload, hook)


def to_workflow(workflow: Workflow, inputs: Payload) -> IncomingEvent:
    """Return what a call of a workflow is."""
    return IncomingEvent(call_event_name(workflow.id), inputs, called=workflow)


def receive(org: Org, incoming: IncomingEvent) -> AcceptedEvent:
    """Keep an event with what it brings, and the runs that it starts: that of the workflow that is
    called, else one of each enabled workflow that listens, in the order of their names.

    Once this returns, all of it survives a power cut, unless it is part of a transaction that is
    still open. `execute.carry_out` carries the runs out.
    """
    at = org.now()
    with org.store.transaction(durable=True):
        org.reseed()
        event = _keep(org, incoming, at)
        called = incoming.called
        runs = (
            (start(org, event.number, (called.id, called.rev), at),)
            if called
            else start_listeners(org, event.number, event.name, at)
        )
    return AcceptedEvent(event, runs)


def _keep(org: Org, incoming: IncomingEvent, at: str) -> Event:
    """Write an event, and return it as the runs that it starts are to see it."""
    name, (text, data, _, losses), hook, _, cause, clear = incoming
    store, event_id = org.store, org.new_id()
    hook_id = hook.id if hook else None
    if text is None:
        text = store.json.write(data)
    number = store.events.add(event_id, name, text, at, hook_id=hook_id, cause=cause)
    if clear:
        store.private_values.keep("event", number, clear)
    if hook and hook.example is MISSING:
        store.hooks.set_first_example(hook.id, data)
        store.kept.forget()
    return Event(
        id=event_id,
        number=number,
        name=name,
        data=clear.value if clear else data,
        created_at=at,
        org_id=store.org_id,
        hook_id=hook_id or "",
        hook_type=hook.type if hook else "",
        hook_name=hook.name if hook else "",
        cause=cause,
        secrets=tuple(clear.secrets) if clear else (),
        losses=losses,
    )
