"""Runs: look at their logs."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from kobjctl.model.errors import UnknownNameError, UsageError
from kobjctl.model.run import OPEN_STATUSES, Run, RunReport, StepLog
from kobjctl.model.values import Json
from kobjctl.records.context import World
from kobjctl.store.runs import RunFilter

LAST: Final = "last"
NO_LIMIT: Final = -1


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
    from kobjctl.files import jsonpath  # noqa: PLC0415 - it reads regular expressions, few ask so

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
