"""Start what listens to an event: a waiting run for each workflow.

Source: `manual/platform.md 2.3`; several workflows on one event run in order of their names.
"""

from collections.abc import Sequence

from kobjctl.files.payloads.payload import answer_reading
from kobjctl.model.event import Event
from kobjctl.model.run import Run
from kobjctl.model.secrets import hidden
from kobjctl.records.context import RunContext
from kobjctl.records.outbox import Emission, Outbox
from kobjctl.store.org import Org
from kobjctl.store.private_values import ClearValue
from kobjctl.store.runs import OpenRun
from kobjctl.store.store import Store

_SHOWN_ENDS = 3


def accept_emissions(context: RunContext) -> None:
    """Keep the events that the run under way has emitted, and the runs they start.

    The commit is the caller's; the runs are in `Outbox.started`.
    """
    outbox = context.outbox
    for emission in outbox.take():
        outbox.started += _accept(context.org, outbox, emission)


def _accept(org: Org, outbox: Outbox, emission: Emission) -> Sequence[int]:
    store, at, depth = org.store, org.now(), outbox.depth + 1
    data = hidden().mask(emission.data) if hidden().hides(emission.data) else emission.data
    number = store.events.add(
        org.new_id(), emission.name, store.json.write(data), at, cause=outbox.run, depth=depth
    )
    runs = [run.number for run in start_listeners(org, number, emission.name, at)]
    if runs and data is not emission.data:
        clear = ClearValue(emission.data, hidden().learnt)
        store.private_values.keep("event", number, clear)
    if depth > outbox.limit:
        for run in runs:
            store.runs.finish(run, "failed", 0.0, _too_long(store.runs.chain(run), outbox.limit))
    return runs


def event_of(store: Store, number: int) -> Event:
    """Return an event as the runs that it started are to see it: in clear, with what it lost."""
    event = store.events.get(number)
    clear = store.private_values.get("event", number)
    if clear:
        return event._replace(data=clear.value, secrets=tuple(clear.secrets))
    return event._replace(losses=answer_reading(event.text).losses)


def start_listeners(org: Org, event: int, event_name: str, at: str) -> tuple[OpenRun, ...]:
    """Write a waiting run for each enabled workflow that an event starts; give them."""
    return tuple(
        start(org, event, workflow, at) for workflow in org.store.workflows.listening(event_name)
    )


def start(org: Org, event: int, workflow: tuple[str, int], at: str) -> OpenRun:
    """Write a waiting run of a workflow (id, rev) for an event; give it."""
    run_id = org.new_id()
    number = org.store.runs.accept(
        run_id, event, workflow, org.owner, at, conditions=org.conditions
    )
    workflow_id, rev = workflow
    return OpenRun(
        number=number,
        event_number=event,
        workflow_id=workflow_id,
        workflow_rev=rev,
        status="waiting",
        owner=org.owner,
        started_at=at,
        id=run_id,
        conditions=org.conditions,
    )


def _too_long(chain: Sequence[Run], limit: int) -> str:
    """Say that a chain of runs was cut, and show it."""
    shown = [f'{run.number} "{run.workflow_name}"' for run in chain]
    left_out = len(shown) - 2 * _SHOWN_ENDS
    if left_out > 1:
        shown[_SHOWN_ENDS:-_SHOWN_ENDS] = [f"{left_out} more"]
    return (
        f"the chain of runs that set each other off is longer than {limit} and was cut here:"
        f" runs {' → '.join(shown)}"
    )
