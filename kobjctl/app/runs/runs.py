"""Runs: look at their logs."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from kobjctl.model.errors import UnknownNameError, UsageError
from kobjctl.model.run import OPEN_STATUSES, Run, RunReport, RunSummary, StepLog
from kobjctl.model.values import Json
from kobjctl.store.runs import RunFilter
from kobjctl.store.step_log import StepFilter
from kobjctl.store.store import Store

LAST: Final = "last"
NO_LIMIT: Final = -1


def find_run(store: Store, reference: str = LAST) -> Run:
    """Return a run by its short number, its id or `last`.

    Raises UnknownNameError, or UsageError when there is no run at all.
    """
    runs = store.runs
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
    return run


def report(store: Store, reference: str = LAST) -> RunReport:
    """Return a run with its log; raises as `find_run` does."""
    return report_of(store, find_run(store, reference))


def report_of(store: Store, run: Run) -> RunReport:
    """Return a run with its log."""
    return RunReport(
        run=run,
        steps=tuple(store.step_log.steps(run.number)),
        set_off=tuple(store.runs.caused_by(run.number)),
        scheduled=tuple(store.schedules.of_run(run.number)),
    )


def step_of(store: Store, run: Run, reference: str) -> StepLog:
    """Return a step of a run by its id, else by its place in the run (the trigger is 1).

    Raises UnknownNameError for a step that did not run.
    """
    log = store.step_log
    step = log.step(run.number, reference)
    if step is None:
        ids = [each.step_id for each in log.steps(run.number)]
        raise UnknownNameError(
            f"step of run {run.number}",
            reference,
            ids,
            otherwise=f"the run took the steps {', '.join(ids)}",
        )
    return step


def search(store: Store, wanted: RunFilter, limit: int) -> list[RunSummary]:
    """Return the newest runs that fit, newest first."""
    return [
        RunSummary(run, store.step_log.count(run.number)) for run in store.runs.list(wanted, limit)
    ]


class PathMatch(NamedTuple):
    """A run, and what a JSONPath found in the output of its trigger."""

    summary: RunSummary
    values: list[Json]


def find(store: Store, wanted: RunFilter, limit: int, path: str) -> Iterator[PathMatch]:
    """Yield the newest runs in whose trigger's output a JSONPath finds something."""
    from kobjctl.files import jsonpath  # noqa: PLC0415 - it reads regular expressions, few ask so

    log = store.step_log
    for run in store.runs.list(wanted, limit):
        for _, trigger in log.select(StepFilter(run.number, sequence=1)):
            values = jsonpath.find(path, trigger.output)
            if values:
                yield PathMatch(RunSummary(run, log.count(run.number)), values)


def ended_after(store: Store, wanted: RunFilter, number: int) -> Iterator[RunSummary]:
    """Yield the runs after this number as `search` does, the oldest first, up to one that is
    still open: what comes after it is told when it is over.
    """
    for summary in reversed(search(store, wanted._replace(after=number), NO_LIMIT)):
        if summary.run.status in OPEN_STATUSES:
            return
        yield summary
