"""Runs: carry them out, go on with those a killed process left, look at their logs."""

import sqlite3
from collections import deque
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from kobjctl.engine.intake import event_of
from kobjctl.engine.outcome import LIMITS, Limits
from kobjctl.engine.perform import compiled, perform
from kobjctl.files import jsonpath
from kobjctl.model.errors import StoreError, UnknownNameError, UsageError
from kobjctl.model.event import Event
from kobjctl.model.run import OPEN_STATUSES, Run, RunReport, StepLog
from kobjctl.model.values import Json
from kobjctl.records.context import World
from kobjctl.records.outbox import Outbox
from kobjctl.store.failure import explain, is_outer, may_pass
from kobjctl.store.runs import OpenRun, RunFilter

LAST: Final = "last"
NO_LIMIT: Final = -1


def carry_out(
    world: World, event: Event, numbers: Sequence[int], limits: Limits = LIMITS
) -> tuple[int, ...]:
    """Carry out the runs that an event started, and those that they set off, in their order.

    Gives the numbers of all of them. Raises StoreError when the store fails in between: what was
    accepted is run later.
    """
    try:
        return _carry_out(world, numbers, limits, event)
    except sqlite3.Error as error:
        if not may_pass(error):
            raise
        raise StoreError(
            f"payload {event.id} is kept, but not run yet:"
            f" {explain(error, world.store.path).message}",
            hint="don't send it again: the next kobjctl command runs it",
        ) from error


def _carry_out(
    world: World, numbers: Sequence[int], limits: Limits = LIMITS, event: Event | None = None
) -> tuple[int, ...]:
    """Carry out runs and those that they set off; `event` is theirs, where it is at hand."""
    done: list[int] = []
    waiting = deque((number, event) for number in numbers)
    with world.interruption.held():
        # After Ctrl-C the others wait, for the next kobjctl to carry them out.
        while waiting and not world.interrupted:
            number, started_by = waiting.popleft()
            execute(world, number, limits, started_by)
            done.append(number)
            waiting.extend((follower, None) for follower in world.outbox.started)
    return tuple(done)


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


class ResumeReport(NamedTuple):
    """How many runs that a killed kobjctl left behind were finished, and how many still wait."""

    finished: int
    left: int


def resume(world: World, *, sends: bool = True) -> ResumeReport:
    """Finish the runs that a killed kobjctl left behind.

    Where nothing was said of hosts and stubs (`sends` is false), those whose workflow leaves the
    machine are left: to fail for that is not what was asked of them.
    """
    finished = left = 0
    abandoned = [each for each in world.store.runs.all_open() if _is_abandoned(each, world)]
    with world.interruption.held():
        for run in abandoned:
            if world.interrupted:
                break
            if not sends and _leaves_machine(world, run):
                left += 1
            elif execute(world, run.number, found=run):
                finished += 1 + len(_carry_out(world, world.outbox.started))
    return ResumeReport(finished, left)


def _leaves_machine(world: World, run: OpenRun) -> bool:
    """Return whether a run may send something; why one can't be compiled, carrying it out tells."""
    try:
        return compiled(world, run).leaves_machine(world)
    except Exception as error:
        if may_pass(error):
            raise
        return False


def _is_abandoned(run: OpenRun, world: World) -> bool:
    return not world.store.leases.is_held(run.owner)


def report(world: World, reference: str = LAST) -> RunReport:
    """Return a run with its log, by its short number, its id or `last`.

    Raises UnknownNameError, or UsageError when there is no run at all.
    """
    runs = world.store.runs
    run = runs.newest() if reference == LAST else runs.get(reference)
    if run is None:
        newest = runs.newest()
        if newest is None:
            raise UsageError("there are no runs yet", hint="send a payload: kobjctl hook send FILE")
        raise UnknownNameError(
            "run",
            reference,
            (),
            otherwise=f"the newest is {newest.number}; kobjctl logs lists them",
        )
    return report_of(world, run)


def report_of(world: World, run: Run) -> RunReport:
    """Return a run with its log."""
    store = world.store
    return RunReport(
        run=run,
        steps=tuple(store.runs.steps(run.number)),
        set_off=tuple(store.runs.caused_by(run.number)),
        scheduled=tuple(store.schedules.of_run(run.number)),
    )


def step_of(report: RunReport, reference: str) -> StepLog:
    """Return a step of a run by its id, else by its place in the run (the trigger is 1).

    Raises UnknownNameError for a step that did not run.
    """
    for step in report.steps:
        if step.step_id == reference:
            return step
    for step in report.steps:
        if str(step.sequence) == reference:
            return step
    ids = [step.step_id for step in report.steps]
    raise UnknownNameError(
        f"step of run {report.run.number}",
        reference,
        ids,
        otherwise=f"the run took the steps {', '.join(ids)}",
    )


def search(world: World, wanted: RunFilter, limit: int) -> list[tuple[Run, int]]:
    """Return the newest runs that fit, newest first, each with the number of its steps."""
    return world.store.runs.list(wanted, limit)


class PathMatch(NamedTuple):
    """A run, and what a JSONPath found in the output of its trigger."""

    run: Run
    values: list[Json]


def find(world: World, wanted: RunFilter, limit: int, path: str) -> list[PathMatch]:
    """Return the newest runs in whose trigger's output a JSONPath finds something."""
    found = []
    for run, _ in world.store.runs.list(wanted, limit):
        steps = world.store.runs.steps(run.number)
        values = jsonpath.find(path, steps[0].output) if steps else []
        if values:
            found.append(PathMatch(run, values))
    return found


def ended_after(world: World, wanted: RunFilter, number: int) -> Iterator[tuple[Run, int]]:
    """Yield the runs after this number as `search` does, the oldest first, up to one that is
    still open: what comes after it is told when it is over.
    """
    for run, steps in reversed(search(world, wanted._replace(after=number), NO_LIMIT)):
        if run.status in OPEN_STATUSES:
            return
        yield run, steps
