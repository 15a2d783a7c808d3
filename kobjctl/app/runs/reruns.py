"""Re-running: what started a run goes once more through its workflow, as that is now."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kobjctl.app.runs import runs
from kobjctl.app.runs.execute import carry_out_reported
from kobjctl.app.runs.receive import AcceptedEvent
from kobjctl.engine.engine import Engine
from kobjctl.expressions.secrets import is_masked, is_masked_value
from kobjctl.model.errors import UsageError, did_you_mean
from kobjctl.model.run import OPEN_STATUSES, Run, RunReport
from kobjctl.model.workflow import Workflow
from kobjctl.store.org import Org
from kobjctl.store.runs import RunFilter
from kobjctl.store.store import Store


class Selection(NamedTuple):
    """The numbers of runs to rerun, the oldest first, and how many were left out.

    `repeated` were rerun already: what became of them is up to the newer run. `following` were
    set off by others of the selection, which do so again.
    """

    numbers: tuple[int, ...]
    repeated: int
    following: int


def rerun(engine: Engine, reference: str, from_step: str | None = None) -> tuple[RunReport, ...]:
    """Run what started a run again through its workflow, whether that is enabled or not.

    Gives the log of the new run, then those of the runs that it set off. With `from_step` (an
    id, or a place in the run) the steps before it are taken over from the log, and the walk begins
    there. Raises UnknownNameError for an unknown run or a step that it did not take; UsageError
    for a run that is not over, a step that is gone, and steps whose log lacks a secret.
    """
    with engine.org.store.transaction(durable=True):
        accepted = _accept(engine.org, runs.report(engine.org.store, reference), from_step)
    return carry_out_reported(engine, accepted)


def _accept(org: Org, report: RunReport, from_step: str | None = None) -> AcceptedEvent:
    """Write the waiting run that repeats another, as `rerun` says; give it with its event.

    The transaction is the caller's.
    """
    store, run = org.store, report.run
    if run.status in OPEN_STATUSES:
        raise UsageError(
            f"run {run.number} has not ended yet", hint=f"kobjctl logs {run.number} shows it"
        )
    workflow = store.workflows.get(run.workflow_id)
    if workflow is None:
        raise UsageError(f"the workflow of run {run.number} no longer exists")
    event = store.events.of_id(run.event_id)
    if event.cause and is_masked_value(event.data):
        raise UsageError(
            f"run {run.number} was set off by data with a secret, which the log does not keep",
            hint=f"rerun the run that set it off: kobjctl logs rerun {event.cause}",
        )
    taken_over = _taken_over(org.store, report, from_step, workflow) if from_step is not None else 0
    org.reseed()
    number = store.runs.accept_again(
        org.new_id(),
        run.number,
        workflow.rev,
        org.owner,
        org.now(),
        taken_over=taken_over,
        conditions=org.conditions,
    )
    store.step_log.copy(run.number, number, taken_over)
    opened = store.runs.open(number)
    return AcceptedEvent(event, (opened,) if opened else ())


def _taken_over(store: Store, report: RunReport, from_step: str, workflow: Workflow) -> int:
    """Return how many steps of a run come before the one that a rerun is to begin with."""
    number = report.run.number
    first = runs.step_of(store, report.run, from_step)
    before = report.steps[: first.sequence - 1]
    if not before:
        raise UsageError(
            f'step "{first.step_id}" is the trigger: a rerun from it repeats the whole run',
            hint=f"kobjctl logs rerun {number}",
        )
    ids = [step.id for step in workflow.steps]
    if first.step_id not in ids:
        raise UsageError(
            f'workflow "{workflow.name}" no longer has a step "{first.step_id}"',
            hint=did_you_mean(first.step_id, ids) or f"kobjctl workflow show {workflow.name}",
        )
    for step in before:
        if is_masked(step):
            raise UsageError(
                f'the output of step "{step.step_id}" held a secret, which the log does not keep:'
                f' no rerun can begin at "{first.step_id}"',
                hint=f"rerun the whole run: kobjctl logs rerun {number}",
            )
    return len(before)


def select(store: Store, wanted: RunFilter) -> Selection:
    """Return the runs that fit and are over, each of which is to happen once more and not twice."""
    found = store.runs.to_rerun(wanted)
    left = [
        each
        for each in found
        if not (each.repeated or (each.cause and _was_repeated(store, each.number)))
    ]
    again = {each.origin for each in left}
    chosen = tuple(each.number for each in left if each.cause not in again)
    return Selection(chosen, len(found) - len(left), len(left) - len(chosen))


def _was_repeated(store: Store, number: int) -> bool:
    """Return whether a run has happened again: by itself, or with one that led to it.

    Where a rerun of that one is under way, it may still set off the like.
    """
    table = store.runs
    repeats: list[Run] = []
    for run in table.chain(number):
        followers = [each for repeat in repeats for each in table.caused_by(repeat.number)]
        repeats = table.repeats(run.number)
        repeats += [each for each in followers if each.workflow_id == run.workflow_id]
        if any(each.status in OPEN_STATUSES for each in repeats):
            return True
    return bool(repeats)


def rerun_all(engine: Engine, numbers: Sequence[int]) -> Iterator[tuple[RunReport, ...]]:
    """Rerun runs one after the other; yield of each what `rerun` gives, as it ends: nothing
    where another process has rerun it meanwhile, or has deleted it.
    """
    for number in numbers:
        if engine.interruption.asked:
            return
        with engine.org.store.transaction(durable=True):
            run = (
                None
                if _was_repeated(engine.org.store, number)
                else engine.org.store.runs.get(str(number))
            )
            accepted = _accept(engine.org, runs.report_of(engine.org.store, run)) if run else None
        yield carry_out_reported(engine, accepted) if accepted else ()
