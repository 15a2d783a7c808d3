"""Carry out runs, and those that they set off, in their order."""

import sqlite3
from collections import deque
from collections.abc import Callable, Iterator, Sequence

from kobjctl.app.runs.receive import AcceptedEvent
from kobjctl.app.runs.runs import report
from kobjctl.engine.engine import Engine
from kobjctl.engine.intake import event_of
from kobjctl.engine.perform import perform
from kobjctl.model.errors import StoreError
from kobjctl.model.event import Event
from kobjctl.model.run import RunReport
from kobjctl.store.failure import explain, is_outer, may_pass
from kobjctl.store.runs import OpenRun
from kobjctl.store.store import Store


def in_order(
    waiting: deque[int], execute_one: Callable[[int], Sequence[int] | None]
) -> Iterator[int]:
    """Carry out the runs that wait, and those that they set off, in their order; yield the number
    of each that is over.

    `waiting` always has the runs that are not over, one that is under way in its first place.
    `execute_one` returns the numbers of those that a run set off; where it returns None, its run
    was left open, and that is the end.
    """
    while waiting and (started := execute_one(waiting[0])) is not None:
        number = waiting.popleft()
        waiting.extend(started)
        yield number


def execute_all(
    engine: Engine, numbers: Sequence[int], event: Event | None = None
) -> Iterator[int]:
    """Carry out runs and those that they set off, each in a transaction of its own; yield their
    numbers. `event` is what started the first ones, where it is at hand.

    After Ctrl-C the others wait, for the next kobjctl to carry them out.
    """
    first = frozenset(numbers)

    def execute_one(number: int) -> Sequence[int] | None:
        if engine.interruption.asked:
            return None
        return execute(engine, number, event if number in first else None) or ()

    yield from in_order(deque(numbers), execute_one)


def carry_out(engine: Engine, accepted: AcceptedEvent) -> tuple[int, ...]:
    """Carry out the runs that an event started, and those that they set off, in their order.

    Gives the numbers of all of them. Raises StoreError when the store fails in between: what was
    accepted is run later.
    """
    try:
        with engine.interruption.held():
            return tuple(execute_all(engine, accepted.numbers, accepted.event))
    except sqlite3.Error as error:
        if not may_pass(error):
            raise
        raise StoreError(
            f"payload {accepted.event.id} is saved, but has not run yet:"
            f" {explain(error, engine.org.store.path).message}",
            hint="don't send it again: the next kobjctl command runs it",
        ) from error


def carry_out_reported(engine: Engine, accepted: AcceptedEvent) -> tuple[RunReport, ...]:
    """Carry out runs as `carry_out` does, and return their logs."""
    done = carry_out(engine, accepted)
    return tuple(report(engine.org.store, str(number)) for number in done)


def execute(
    engine: Engine, number: int, event: Event | None = None, found: OpenRun | None = None
) -> Sequence[int] | None:
    """Carry out an accepted run, or what is left of it; a run that is over stays as it is.

    `event` is what started it, where that is at hand; `found` is the run as it was left behind:
    if it has a new owner since, it is that one's. Returns the numbers of the runs that it set off,
    None where there was nothing to do.

    The lock is held from the look at its status to its end, so no two processes run it.
    """
    try:
        return _execute(engine, number, event, found)
    except Exception as error:
        if may_pass(error):
            # A full disk or a lost lock: all is as it was, and the next kobjctl tries again.
            raise
        # What failed once by a bug of ours or a damaged row would fail at every start from now on.
        with engine.org.store.transaction():
            engine.org.store.runs.finish(number, "failed", 0.0, _reason(error, engine.org.store))
        raise


def _reason(error: Exception, store: Store) -> str:
    """Say why a run can't be carried out, neither now nor later."""
    if isinstance(error, sqlite3.Error) and is_outer(error):
        return explain(error, store.path).message
    return f"a bug in kobjctl: {error!r}"


def _execute(
    engine: Engine, number: int, event: Event | None, found: OpenRun | None
) -> Sequence[int] | None:
    store = engine.org.store
    with store.transaction():
        opened = store.runs.open(number)
        if opened is None or (found and found != opened):
            return None
        event = event or event_of(store, opened.event_number)
        context = engine.context(number, event.depth)
        perform(context, engine.compiled(opened), opened, event)
    return context.outbox.started
