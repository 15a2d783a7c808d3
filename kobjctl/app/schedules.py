"""Scheduled runs: see what waits, start what is due.

Source: `platform/workflows.md` 1.6 and 1.7.
"""

from collections.abc import Iterator
from datetime import timedelta

from kobjctl.actions.base import World
from kobjctl.app import calls, runs
from kobjctl.app.world import stand_still
from kobjctl.engine.outcome import LIMITS, Limits
from kobjctl.model.errors import UnknownNameError, UsageError
from kobjctl.model.instants import format_instant, parse_instant
from kobjctl.model.run import RunReport
from kobjctl.model.schedule import MOST_STARTS, WINDOW, Schedule


def run_due(
    world: World, until: str, limits: Limits = LIMITS
) -> Iterator[tuple[Schedule, list[RunReport]]]:
    """Start the runs that are due by a time, in the order they are due, and yield their logs.

    Each sees the time it is due at, or the present where that is later: so a run may schedule the
    next, which is due in its turn. Of a workflow that is disabled the run is dropped: it has no
    log. Beyond 1,000 in 15 minutes they wait until the window has passed, and those that would
    start after `until` stay.
    """
    while not world.interrupted and (schedule := world.store.schedules.next_due(until)):
        at = max(world.now(), schedule.run_at, _window_end(world))
        if at > until:
            return
        if at > world.now():
            stand_still(world, at)
        yield schedule, _start(world, schedule, limits)


def _window_end(world: World) -> str:
    """Give the time from which one more run may start; empty when that is any time."""
    start = parse_instant(world.store.schedules.recent_start(MOST_STARTS))
    return format_instant(start + timedelta(seconds=WINDOW)) if start else ""


def _start(world: World, schedule: Schedule, limits: Limits) -> list[RunReport]:
    store = world.store
    workflow = store.workflows.get(schedule.workflow_id)
    with store.transaction(durable=True):
        if workflow is None or not workflow.enabled:
            store.schedules.start(schedule.number, None, world.now())
            return []
        event, (run,) = calls.accept(world, workflow, schedule.inputs, schedule.cause)
        store.schedules.start(schedule.number, run.number, world.now())
    done = runs.carry_out(world, event, [run.number], limits)
    return [runs.report(world, str(number)) for number in done]


def held_back(world: World, until: str) -> str:
    """Give the time when the runs that are due by `until`, but over the limit, may start; empty
    when there are none.
    """
    due = world.store.schedules.next_due(until)
    return _window_end(world) if due else ""


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
