"""Carry out one run, or what is left of it, within a transaction."""

from collections.abc import Sequence

from kobjctl.engine.journal import Journal
from kobjctl.engine.known import step_one
from kobjctl.engine.outcome import Outcome
from kobjctl.engine.plan import Plan
from kobjctl.engine.runner import milliseconds_since, walk
from kobjctl.expressions.secrets import is_masked, secrets_of
from kobjctl.model.errors import KobjctlError
from kobjctl.model.event import Event
from kobjctl.model.run import OPEN_STATUSES, Run, RunStatus, StepLog
from kobjctl.model.secrets import Secrets, hiding
from kobjctl.model.workflow import TRIGGER_ID
from kobjctl.records.context import RunContext
from kobjctl.records.interruption import BrokenStep
from kobjctl.store.runs import OpenRun


def perform(context: RunContext, plan: Plan, opened: OpenRun, event: Event) -> tuple[Run, Journal]:
    """Carry out a run in the transaction that is open, in which it is known not to be over.

    Gives it with its journal.
    """
    # A set of its own: what is made of secrets in this run is one, too.
    secrets = secrets_of(context.org.store).copy()
    for text in event.secrets:
        secrets.learn(text)
    with hiding(secrets):
        return _perform(context, plan, opened, event, secrets)


def _perform(
    context: RunContext, plan: Plan, opened: OpenRun, event: Event, secrets: Secrets
) -> tuple[Run, Journal]:
    org, number, started = context.org, opened.number, context.org.tick()
    store = org.store
    resumed = opened.status == "running"
    begun = resumed or opened.status == "paused"
    steps = store.step_log.steps(number) if begun or opened.taken_over else []
    journal = Journal(context, number, steps, secrets, resumed=resumed)
    clear = store.private_values.get("run", number) if begun else None
    if clear:
        journal.restore(clear)
    left_off = _lost_step(plan, steps)
    if secrets and not left_off:
        left_off = _lost_secret(journal.steps)
    outcome = left_off or _walk(plan, event, journal, context)
    spent, error = milliseconds_since(started, org), secrets.mask_text(outcome.error)
    if outcome.status in OPEN_STATUSES:
        journal.leave()
        if outcome.status == "paused":
            store.runs.pause(number)
    else:
        journal.write()
        store.runs.finish(number, outcome.status, spent, error)
    if journal.is_broken:
        context.interruption.broken.append(BrokenStep(number, journal.steps[-1].step_id))
    return _run(opened, event, plan, outcome.status, spent, error), journal


def _run(  # noqa: PLR0913, PLR0917 - what is known of a run at its end
    opened: OpenRun, event: Event, plan: Plan, status: RunStatus, spent: float, error: str
) -> Run:
    return Run(
        id=opened.id,
        number=opened.number,
        event_id=event.id,
        event_name=event.name,
        hook_name=event.hook_name,
        cause=event.cause,
        workflow_id=opened.workflow_id,
        workflow_name=plan.workflow_name,
        workflow_rev=opened.workflow_rev,
        status=status,
        started_at=opened.started_at,
        duration=spent,
        error=error,
        rerun_of=None,
        taken_over=opened.taken_over,
    )


def _walk(plan: Plan, event: Event, journal: Journal, context: RunContext) -> Outcome:
    if journal.steps:
        return walk(plan, journal.steps[0].output, journal, context)
    try:
        output, warnings = step_one(event, context.org)
    except KobjctlError as error:
        return Outcome("failed", f"the trigger of {event.name}: {error.message}")
    return walk(plan, output, journal, context, warnings)


def _lost_secret(steps: Sequence[StepLog]) -> Outcome | None:
    """Return the outcome of a run that can't be gone on with, as the log keeps no secrets."""
    for step in steps:
        if is_masked(step):
            return Outcome(
                "interrupted",
                f'the output of step "{step.step_id}" held the value of a variable, which the log'
                " does not keep: the run can't be gone on with",
            )
    return None


def _lost_step(plan: Plan, steps: Sequence[StepLog]) -> Outcome | None:
    """Return the outcome of a run that can't be gone on with, as its workflow has changed."""
    known = {*plan.steps, TRIGGER_ID}
    # Of steps that were taken over only their outputs matter, which are there.
    gone = [each.step_id for each in steps if not (each.taken_over or each.step_id in known)]
    if gone:
        return Outcome(
            "interrupted",
            f'the workflow has changed: it has no step "{gone[0]}" any more, so the run ended',
        )
    return None
