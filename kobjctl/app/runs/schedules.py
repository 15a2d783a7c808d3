"""Scheduled runs: see what waits, start what is due.

Source: `platform/workflows.md` 1.6 and 1.7.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from kobjctl.app.org.world import freeze_clock
from kobjctl.app.runs.execute import carry_out_reported
from kobjctl.app.runs.payload import payload_of
from kobjctl.app.runs.receive import AcceptedEvent, receive, to_workflow
from kobjctl.engine.outcome import LIMITS, Limits
from kobjctl.model.clock import format_instant, parse_instant
from kobjctl.model.errors import UnknownNameError, UsageError
from kobjctl.model.run import MOST_STARTS, WINDOW, RunReport, Schedule
from kobjctl.records.context import World


class Backlog(NamedTuple):
    """The scheduled runs that wait: how many, and the one that is due first.

    `is_due` tells that this one may start now, `held_until` when it may that is due, but over
    the platform's limit; empty when it is not.
    """

    waiting: int
    first: Schedule | None
    is_due: bool = False
    held_until: str = ""


def run_due(
    world: World, until: str, limits: Limits = LIMITS
) -> Iterator[tuple[Schedule, tuple[RunReport, ...]]]:
    """Start the runs that are due by a time, in the order they are due, and yield their logs.

    Where that time is still to come, the clock stands and is moved on: each run sees the time it
    is due at, or the present where that is later. What a run schedules is due in its turn. Of a
    workflow that is disabled the run is dropped: it has no log. Beyond 1,000 in 15 minutes they
    wait until the window has passed, and those that would start after `until` stay.
    """
    if until > world.now():
        freeze_clock(world, world.now())
    while not world.interrupted and (started := _start_next(world, until)):
        schedule, accepted = started
        yield schedule, carry_out_reported(world, accepted, limits) if accepted else ()


def _start_next(world: World, until: str) -> tuple[Schedule, AcceptedEvent | None] | None:
    """Choose the next run and note that it has started, as one: several may do so at once."""
    store = world.store
    with store.transaction(durable=True):
        schedule = store.schedules.next_due(until)
        if schedule is None:
            return None
        at = _free_from(world, max(world.now(), schedule.run_at))
        if at > max(until, world.now()):
            return None
        if at > world.now():
            freeze_clock(world, at)
        accepted = _accept(world, schedule)
        run = accepted.runs[0].number if accepted else None
        store.schedules.start(schedule.number, run, world.now())
    return schedule, accepted


def _accept(world: World, schedule: Schedule) -> AcceptedEvent | None:
    """Write the waiting run that was scheduled; None when its workflow is disabled."""
    workflow = world.store.workflows.get(schedule.workflow_id)
    if workflow is None or not workflow.enabled:
        return None
    clear = world.store.private_values.get("schedule", schedule.number)
    incoming = to_workflow(workflow, payload_of(schedule.inputs))
    return receive(world, incoming._replace(cause=schedule.cause, clear=clear))


def _free_from(world: World, at: str) -> str:
    """Return the first time from a time on at which one more run may start.

    What a moved clock started later than that does not count.
    """
    while start := parse_instant(world.store.schedules.recent_start(MOST_STARTS, at)):
        end = format_instant(start + timedelta(seconds=WINDOW))
        if end <= at:
            break
        at = end
    return at


def backlog(world: World, until: str) -> Backlog:
    """Return what waits after all that is due by `until` was started."""
    store = world.store.schedules
    with world.store.transaction():
        count, first = store.count_waiting(), next(iter(store.waiting(1)), None)
        if first is None or first.run_at > max(until, world.now()):
            return Backlog(count, first)
        at = _free_from(world, max(world.now(), first.run_at))
    is_held = at > max(until, world.now())
    return Backlog(count, first, is_due=not is_held, held_until=at if is_held else "")


def cancel(world: World, number: int) -> Schedule:
    """Delete a scheduled run that has not started; raises UnknownNameError or UsageError."""
    with world.store.transaction():
        schedule = world.store.schedules.get(number)
        if schedule is None:
            raise UnknownNameError(
                "scheduled run", str(number), (), otherwise="kobjctl schedule list shows them"
            )
        if schedule.started_at:
            raise UsageError(
                f"scheduled run {number} has started already",
                hint=f"kobjctl logs {schedule.run}" if schedule.run else "",
            )
        world.store.schedules.remove(number)
    return schedule
