"""Scheduled runs: see what waits, start what is due.

Source: `manual/platform.md 2.4, 2.6`.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from kobjctl.app.runs.execute import carry_out_reported
from kobjctl.app.runs.payload import payload_of
from kobjctl.app.runs.receive import AcceptedEvent, receive, to_workflow
from kobjctl.engine.engine import Engine
from kobjctl.model.clock import format_instant, parse_instant
from kobjctl.model.errors import UnknownNameError, UsageError
from kobjctl.model.run import MOST_STARTS, WINDOW, RunReport, Schedule
from kobjctl.store.org import Org
from kobjctl.store.store import Store


class Backlog(NamedTuple):
    """The scheduled runs that wait: how many, and the one that is due first.

    `is_due` tells that this one may start now, `held_until` when it may that is due, but over
    the platform's limit; empty when it is not.
    """

    waiting: int
    first: Schedule | None
    is_due: bool = False
    held_until: str = ""


class StartedSchedule(NamedTuple):
    """A scheduled run that has started: what started its run (None where its workflow is
    disabled), and the org at the time of that.
    """

    schedule: Schedule
    accepted: AcceptedEvent | None
    org: Org


def run_due(engine: Engine, until: str) -> Iterator[tuple[Schedule, tuple[RunReport, ...]]]:
    """Start the runs that are due by a time, in the order they are due, and yield their logs.

    Where that time is still to come, the clock stands and is moved on: each run sees the time it
    is due at, or the present where that is later. What a run schedules is due in its turn. Of a
    workflow that is disabled the run is dropped: it has no log. Beyond 1,000 in 15 minutes they
    wait until the window has passed, and those that would start after `until` stay.
    """
    org = engine.org
    if until > org.now():
        org = org.at(org.now())
    while not engine.interruption.asked and (started := _start_next(org, until)):
        schedule, accepted, org = started
        moved = engine._replace(org=org)
        yield schedule, carry_out_reported(moved, accepted) if accepted else ()


def _start_next(org: Org, until: str) -> StartedSchedule | None:
    """Choose the next run and note that it has started, as one: several may do so at once."""
    store = org.store
    with store.transaction(durable=True):
        schedule = store.schedules.next_due(until)
        if schedule is None:
            return None
        at = _free_from(org.store, max(org.now(), schedule.run_at))
        if at > max(until, org.now()):
            return None
        if at > org.now():
            org = org.at(at)
        accepted = _accept(org, schedule)
        run = accepted.runs[0].number if accepted else None
        store.schedules.start(schedule.number, run, org.now())
    return StartedSchedule(schedule, accepted, org)


def _accept(org: Org, schedule: Schedule) -> AcceptedEvent | None:
    """Write the waiting run that was scheduled; None when its workflow is disabled."""
    workflow = org.store.workflows.get(schedule.workflow_id)
    if workflow is None or not workflow.enabled:
        return None
    clear = org.store.private_values.get("schedule", schedule.number)
    incoming = to_workflow(workflow, payload_of(schedule.inputs))
    return receive(org, incoming._replace(cause=schedule.cause, clear=clear))


def _free_from(store: Store, at: str) -> str:
    """Return the first time from a time on at which one more run may start.

    What a moved clock started later than that does not count.
    """
    while start := parse_instant(store.schedules.recent_start(MOST_STARTS, at)):
        end = format_instant(start + timedelta(seconds=WINDOW))
        if end <= at:
            break
        at = end
    return at


def backlog(org: Org, until: str) -> Backlog:
    """Return what waits after all that is due by `until` was started."""
    store, now = org.store.schedules, max(until, org.now())
    with org.store.transaction():
        count, first = store.count_waiting(), next(iter(store.waiting(1)), None)
        if first is None or first.run_at > now:
            return Backlog(count, first)
        at = _free_from(org.store, now)
    is_held = at > now
    return Backlog(count, first, is_due=not is_held, held_until=at if is_held else "")


def cancel(store: Store, number: int) -> Schedule:
    """Delete a scheduled run that has not started; raises UnknownNameError or UsageError."""
    with store.transaction():
        schedule = store.schedules.get(number)
        if schedule is None:
            raise UnknownNameError(
                "scheduled run", str(number), (), otherwise="kobjctl schedule list shows them"
            )
        if schedule.started_at:
            raise UsageError(
                f"scheduled run {number} has already started",
                hint=f"kobjctl logs {schedule.run}" if schedule.run else "",
            )
        store.schedules.remove(number)
    return schedule
