"""Carry out runs, and those that they set off, in their order."""

import sqlite3
from collections import deque
from collections.abc import Callable, Iterator, Sequence

from kobjctl.app.runs.receive import AcceptedEvent
from kobjctl.app.runs.runs import report
from kobjctl.engine.intake import event_of
from kobjctl.engine.outcome import LIMITS, Limits
from kobjctl.engine.perform import perform
from kobjctl.model.errors import StoreError
from kobjctl.model.event import Event
from kobjctl.model.run import RunReport
from kobjctl.records.context import World
from kobjctl.records.outbox import Outbox
from kobjctl.store.failure import explain, is_outer, may_pass
from kobjctl.store.runs import OpenRun


def in_order(
    world: World, waiting: deque[int], execute_one: Callable[[int], bool]
) -> Iterator[int]:
    """Carry out the runs that wait, and those that they set off, in their order; yield the number
    of each that is over.

    `waiting` always has the runs that are not over, one that is under way in its first place.
    Where `execute_one` tells that its run was left open, that is the end.
    """
    while waiting and execute_one(waiting[0]):
        number = waiting.popleft()
        waiting.extend(world.outbox.take_started())
        yield number


def execute_all(
    world: World, numbers: Sequence[int], limits: Limits = LIMITS, event: Event | None = None
) -> Iterator[int]:
    """Carry out runs and those that they set off, each in a transaction of its own; yield their
    numbers. `event` is what started the first ones, where it is at hand.

    After Ctrl-C the others wait, for the next kobjctl to carry them out.
    """
    first = frozenset(numbers)

    def execute_one(number: int) -> bool:
        if world.interrupted:
            return False
        execute(world, number, limits, event if number in first else None)
        return True

    yield from in_order(world, deque(numbers), execute_one)


def carry_out(world: World, accepted: AcceptedEvent, limits: Limits = LIMITS) -> tuple[int, ...]:
    """Carry out the runs that an event started, and those that they set off, in their order.

    Gives the numbers of all of them. Raises StoreError when the store fails in between: what was
    accepted is run later.
    """
    try:
        with world.interruption.held():
            return tuple(execute_all(world, accepted.numbers, limits, accepted.event))
    except sqlite3.Error as error:
        if not may_pass(error):
            raise
        raise StoreError(
            f"payload {accepted.event.id} is kept, but not run yet:"
            f" {explain(error, world.store.path).message}",
            hint="don't send it again: the next kobjctl command runs it",
        ) from error


def carry_out_reported(
    world: World, accepted: AcceptedEvent, limits: Limits = LIMITS
) -> tuple[RunReport, ...]:
    """Carry out runs as `carry_out` does, and return their logs."""
    done = carry_out(world, accepted, limits)
    return tuple(report(world, str(number)) for number in done)


def execute(
    world: World,
    number: int,
    limits: Limits = LIMITS,
    event: Event | None = None,
    found: OpenRun | None = None,
) -> bool:
    """Carry out an accepted run, or what is left of it; a run that is over stays as it is.

    `event` is what started it, where that is at hand; `found` is the run as it was left behind:
    if it has a new owner since, it is that one's. Tells whether there was anything to do. The
    runs that it set off are in `world.outbox.started`.

    The lock is held from the look at its status to its end, so no two processes run it.
    """
    world.outbox = Outbox(world.store)
    try:
        return _execute(world, number, limits, event, found)
    except Exception as error:
        if may_pass(error):
            # A full disk or a lost lock: all is as it was, and the next kobjctl tries again.
            raise
        # What failed once by a bug of ours or a damaged row would fail at every start from now on.
        with world.store.transaction():
            world.store.runs.finish(number, "failed", 0.0, _reason(error, world))
        raise


def _reason(error: Exception, world: World) -> str:
    """Say why a run can't be carried out, neither now nor later."""
    if isinstance(error, sqlite3.Error) and is_outer(error):
        return explain(error, world.store.path).message
    return f"a bug in kobjctl: {error!r}"


def _execute(
    world: World, number: int, limits: Limits, event: Event | None, found: OpenRun | None
) -> bool:
    store = world.store
    with store.transaction():
        opened = store.runs.open(number)
        if opened is None or (found and found != opened):
            return False
        perform(world, opened, event or event_of(store, opened.event_number), limits)
    return True
