"""Take an event in: keep it, with a waiting run for each workflow that listens to it.

Source: `platform/workflows.md` 1.6; several workflows on one event run in order of their names.
"""

from collections.abc import Sequence

from kobjctl.actions.base import World
from kobjctl.actions.outbox import Emission, Outbox
from kobjctl.model.run import Run
from kobjctl.store.text import encode

_SHOWN_ENDS = 3


def accept_emissions(world: World) -> None:
    """Keep the events that the run under way has emitted, and the runs they start.

    The commit is the caller's; the runs are in `Outbox.started`.
    """
    outbox = world.outbox
    for emission in outbox.take():
        outbox.started += _accept(world, outbox, emission)


def _accept(world: World, outbox: Outbox, emission: Emission) -> Sequence[int]:
    store, at, depth = world.store, world.now(), outbox.depth + 1
    number = store.events.add(
        world.new_id(), emission.name, encode(emission.data), at, cause=outbox.run, depth=depth
    )
    runs = start_listeners(world, number, emission.name, at)
    if depth > outbox.limit:
        for run in runs:
            store.runs.finish(run, "failed", 0.0, _too_long(store.runs.chain(run), outbox.limit))
    return runs


def start_listeners(world: World, event: int, event_name: str, at: str) -> tuple[int, ...]:
    """Write a waiting run for each enabled workflow that an event starts; give their numbers."""
    return tuple(
        world.store.runs.accept(world.new_id(), event, workflow, world.owner, at)
        for workflow in world.store.workflows.listening(event_name)
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
