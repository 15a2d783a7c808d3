"""Runs: carry them out, go on with those a killed process left, look at their logs."""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from kobjctl.actions.base import World
from kobjctl.app import jsonpath
from kobjctl.app.world import is_alive
from kobjctl.engine.journal import Journal
from kobjctl.engine.outcome import LIMITS, TIME_LIMIT, Limits, Outcome
from kobjctl.engine.plan import Plan, compile_workflow
from kobjctl.engine.runner import walk
from kobjctl.model.errors import UnknownNameError, UsageError
from kobjctl.model.hook import Transaction
from kobjctl.model.instants import parse_instant
from kobjctl.model.run import OPEN_STATUSES, Run, RunReport, StepLog
from kobjctl.model.values import Json
from kobjctl.model.workflow import TRIGGER_ID
from kobjctl.store.runs import OpenRun, RunFilter

LAST: Final = "last"
NO_LIMIT: Final = -1
# A process id can be given to a new process; past this age a run has no owner any more.
OWNED_FOR: Final = 2 * TIME_LIMIT


def execute(
    world: World,
    number: int,
    limits: Limits = LIMITS,
    transaction: Transaction | None = None,
    found: OpenRun | None = None,
) -> bool:
    """Carry out an accepted run, or what is left of it; a run that is over stays as it is.

    `transaction` is its payload, where that is at hand; `found` is the run as it was left behind:
    if it has a new owner since, it is that one's. Tells whether there was anything to do.

    The lock is held from the look at its status to its end, so no two processes run it.
    """
    try:
        return _execute(world, number, limits, transaction, found)
    except sqlite3.Error:
        # A full disk or a lost lock: all is as it was, and the next kobjctl tries again.
        raise
    except Exception as bug:
        # What failed once by a bug of ours would fail at every start from now on.
        with world.store.transaction():
            world.store.runs.finish(number, "failed", 0.0, f"a bug in kobjctl: {bug!r}")
        raise


def _execute(
    world: World,
    number: int,
    limits: Limits,
    transaction: Transaction | None,
    found: OpenRun | None,
) -> bool:
    store = world.store
    with store.transaction():
        opened = store.runs.open(number)
        if opened is None or (found and found != opened):
            return False
        started = world.tick()
        steps = store.runs.steps(number) if opened.status == "running" else []
        journal = Journal(world, number, steps)
        plan, left_off = _plan(world, opened, steps)
        if left_off:
            outcome = left_off
        else:
            payload = transaction or store.transactions.get(opened.transaction_number)
            outcome = walk(plan, payload.resource(), journal, world, limits)
        journal.write()
        spent = round((world.tick() - started) * 1000, 3)
        store.runs.finish(number, outcome.status, spent, outcome.error)
    return True


def _plan(world: World, opened: OpenRun, steps: Sequence[StepLog]) -> tuple[Plan, Outcome | None]:
    """Give the compiled workflow, and the outcome of a run that can't be gone on with."""
    key = (opened.workflow_id, opened.workflow_rev)
    plan: Plan | None = world.plans.get(key)
    if plan is None:
        workflow = world.store.workflows.get(opened.workflow_id)
        if workflow is None:
            raise UsageError(f"run {opened.number} is of a workflow that is gone")
        plan = world.plans[key] = compile_workflow(workflow)
    gone = [step.step_id for step in steps if step.step_id not in {*plan.steps, TRIGGER_ID}]
    if gone:
        return plan, Outcome(
            "interrupted",
            f'the workflow has changed since: its step "{gone[0]}" is gone, and the run with it',
        )
    return plan, None


def resume(world: World) -> int:
    """Finish the runs that a killed kobjctl left behind; give how many there were."""
    left = [run for run in world.store.runs.all_open() if _is_abandoned(run, world)]
    return sum(execute(world, run.number, found=run) for run in left)


def _is_abandoned(run: OpenRun, world: World) -> bool:
    if run.owner == world.owner:
        return False
    alive = is_alive(run.owner)
    if alive is not False:
        started, current = parse_instant(run.started_at), parse_instant(world.now())
        age = (current - started).total_seconds() if started and current else 0.0
        return age > OWNED_FOR
    return True


def report(world: World, reference: str = LAST) -> RunReport:
    """Give a run with its log, by its short number, its id or `last`.

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
    """Give a run with its log."""
    return RunReport(
        run=run,
        steps=tuple(world.store.runs.steps(run.number)),
        hook_name=world.store.transactions.hook_name(run.transaction_id),
    )


def step_of(report: RunReport, reference: str) -> StepLog:
    """Give a step of a run by its id, else by its place in the run (the trigger is 1).

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


def search(world: World, wanted: RunFilter, limit: int) -> list[tuple[Run, int, str]]:
    """Give the newest runs that fit, newest first: run, number of its steps, its hook's name."""
    return [
        (run, steps, world.store.transactions.hook_name(run.transaction_id))
        for run, steps in world.store.runs.list(wanted, limit)
    ]


class Found(NamedTuple):
    """A run, and what a JSONPath found in the output of its trigger."""

    run: Run
    values: list[Json]


def find(world: World, wanted: RunFilter, limit: int, path: str) -> list[Found]:
    """Give the newest runs in whose trigger's output a JSONPath finds something."""
    found = []
    for run, _ in world.store.runs.list(wanted, limit):
        steps = world.store.runs.steps(run.number)
        values = jsonpath.find(path, steps[0].output) if steps else []
        if values:
            found.append(Found(run, values))
    return found


def ended_after(world: World, wanted: RunFilter, number: int) -> Iterator[tuple[Run, int, str]]:
    """Yield the runs after this number as `search` does, the oldest first, up to one that is
    still open: what comes after it is told when it is over.
    """
    for run, steps, hook in reversed(search(world, wanted._replace(after=number), NO_LIMIT)):
        if run.status in OPEN_STATUSES:
            return
        yield run, steps, hook


def prune(world: World, *, keep: int | None, before: str) -> int:
    """Delete old runs with their logs and payloads; give how many."""
    with world.store.transaction():
        return world.store.runs.prune(keep=keep, before=before)
