"""The walk: from the trigger, again and again the first transition that holds.

Source: `manual/platform.md 2.1, 2.2, 2.4`. The whole of a workflow's behaviour is in `walk`:
choose the first transition that holds, perform the step it leads to, keep the output at
`steps.<id>`, choose again. No transition holds: the run is over, and that is no error.

A step that fails asks its error cases; the first that holds goes on, and when none does the run
fails. Whatever a failed step wrote is undone, its row in the log stays.

A run can be walked from the middle: the journal has the steps that an earlier process committed,
or that an earlier run took, and the last of them knows which transition it took.
"""

from collections.abc import Sequence

from kobjctl.actions.base import Performer
from kobjctl.engine.journal import Journal
from kobjctl.engine.known import add_variables, rebuild_scope
from kobjctl.engine.outcome import Outcome, StepResult, describe
from kobjctl.engine.plan import Plan, PlannedStep, PlannedTransition
from kobjctl.expressions.scope import Scope
from kobjctl.model.errors import KobjctlError
from kobjctl.model.run import StepLog, action_stub_warning
from kobjctl.model.secrets import hidden
from kobjctl.model.values import JsonObject
from kobjctl.records.context import RunContext, StubAnswer
from kobjctl.records.interruption import StopSignal
from kobjctl.store.failure import is_outer
from kobjctl.store.org import Org


class StubFailureError(KobjctlError):
    """A stub that says that its action fails."""


REPEATED = "this request may have been sent twice: kobjctl ended while it ran"


def walk(
    plan: Plan,
    trigger_output: JsonObject,
    journal: Journal,
    context: RunContext,
    notes: Sequence[str] = (),
) -> Outcome:
    """Run a workflow to its end and leave the log in the journal; the commit is the caller's.

    Where somebody asks to stop, it is left between two steps, running. A KeyboardInterrupt at any
    other place is for the caller, who undoes what is not committed.
    """
    org = context.org
    resumed = journal.resumed
    scope = _known_at_start(plan, trigger_output, journal, org)
    for warning in notes:
        scope.context.warn(warning)
    try:
        if not journal.steps:
            _log_trigger(plan, trigger_output, scope, journal, org)
        while target := taken(journal.steps[-1]):
            context.interruption.check()
            if cut := _cut(target, journal, context):
                return cut
            _take_step(plan.step(target), scope, journal, context, resumed=resumed)
            resumed = False
    except KobjctlError as error:
        return Outcome("failed", f"{error.message}; {error.hint}" if error.hint else error.message)
    except StopSignal:
        return Outcome("running")
    return _ending(plan, journal)


def _cut(target: str, journal: Journal, context: RunContext) -> Outcome | None:
    """Return the outcome of a run that may not come to its next step, else None."""
    limits = context.limits
    if target == limits.stop_before:
        return Outcome("paused")
    if len(journal.steps) > limits.steps:  # the trigger is one of them
        return Outcome("failed", f"the run was stopped after {limits.steps:,} steps")
    if context.org.tick() > context.deadline:
        return Outcome("timed out", f"the run took longer than {limits.seconds:g} seconds")
    return None


def _ending(plan: Plan, journal: Journal) -> Outcome:
    last = journal.steps[-1]
    if journal.is_broken:
        return Outcome(
            "interrupted",
            f'step "{last.step_id}" was interrupted while it ran: it may have taken effect',
        )
    if last.error:
        return Outcome("failed", str(last.error["message"]))
    step = plan.trigger if last.sequence == 1 else plan.step(last.step_id)
    return Outcome("stopped" if step.transitions else "completed")


def _log_trigger(plan: Plan, output: JsonObject, scope: Scope, journal: Journal, org: Org) -> None:
    started = org.tick()
    started_at = org.now()
    decisions, error = _decide(plan.trigger.transitions, scope, None)
    log = StepLog(
        sequence=1,
        step_id=plan.trigger.id,
        display_name="",
        action=None,
        status="completed",
        input=None,
        output=output,
        error=error,
        started_at=started_at,
        duration=milliseconds_since(started, org),
        warnings=scope.context.take_warnings(),
        decisions=decisions,
    )
    journal.steps.append(log)


def _take_step(
    step: PlannedStep, scope: Scope, journal: Journal, context: RunContext, *, resumed: bool
) -> None:
    started_at, started = context.org.now(), context.org.tick()
    result = _perform(step, scope, journal, context, resumed=resumed)
    requests = context.requests.take()
    # A new dict each time: a step may have taken `/#steps` itself, and keeps what it saw.
    scope["steps"] = {**scope["steps"], step.id: result.output}
    if result.error:
        scope["error"] = result.error
    ways = step.error_cases if result.error else step.transitions
    decisions, error = _decide(() if journal.is_broken else ways, scope, result.error)
    log = StepLog(
        sequence=len(journal.steps) + 1,
        step_id=step.id,
        display_name=step.display_name,
        action=step.action_name,
        status="failed" if result.error else "completed",
        input=result.params,
        output=result.output,
        error=error,
        started_at=started_at,
        duration=milliseconds_since(started, context.org),
        warnings=result.warnings + scope.context.take_warnings(),
        decisions=decisions,
        requests=requests,
        stub=result.stub,
    )
    journal.steps.append(log)


def _perform(
    step: PlannedStep, scope: Scope, journal: Journal, context: RunContext, *, resumed: bool
) -> StepResult:
    if step.action is None:
        return StepResult(None, {}, [])
    params: JsonObject | None = None
    warnings: list[str] = []
    stub: str | None = None
    emitted = len(context.outbox.emissions)
    try:
        params = step.params(scope)
        warnings += scope.context.take_warnings()
        if stubbed := context.stub(step.action_name or "", params):
            stub = stubbed.place
            output, notes = _from_stub(stubbed)
            return StepResult(params, output, warnings + notes, stub=stub)
        action = step.action(context.org.store)
        if action.remote and resumed:
            warnings.append(REPEATED)
        params, notes = action.fit(params)
        warnings += notes
        output, notes = _act(action, params, journal, context)
    except Exception as error:  # a step may fail in any way; the log tells which
        if is_outer(error):
            # A full disk or a lost lock is no failure of the step: the whole run is undone.
            raise
        del context.outbox.emissions[emitted:]
        warnings += getattr(error, "__notes__", ())
        return StepResult(params, {}, warnings, describe(error), stub)
    return StepResult(params, output, warnings + notes)


def _act(
    action: Performer, params: JsonObject, journal: Journal, context: RunContext
) -> tuple[JsonObject, list[str]]:
    if action.remote:
        with journal.away():
            return action.perform(params, context)
    if action.lookup:
        return action.perform(params, context)
    with context.org.store.savepoint():
        output, notes = action.perform(params, context)
    if hidden().known and hidden().hides(params):
        hidden().learn_parts(output)
    return output, notes


def _from_stub(answer: StubAnswer) -> tuple[JsonObject, list[str]]:
    if answer.failure:
        raise StubFailureError(answer.failure, hint=f"the stub {answer.place} failed the step")
    return answer.output, [action_stub_warning(answer.place)]


def _decide(
    transitions: tuple[PlannedTransition, ...], scope: Scope, error: JsonObject | None
) -> tuple[list[JsonObject], JsonObject | None]:
    """Look at transitions in their order up to the first that holds; return what the log keeps of
    them, and the step's error with that of a transition that could not be decided.
    """
    decisions: list[JsonObject] = []
    for transition in transitions:
        try:
            holds, seen = transition.decide(scope)
        except Exception as failure:  # a condition may fail in any way, as a step may
            if is_outer(failure):
                raise
            return decisions, _with_branch(error, transition.target, describe(failure))
        decisions.append(transition.decision | seen)
        if holds:
            break
    return decisions, error


def _with_branch(error: JsonObject | None, target: str, undecided: JsonObject) -> JsonObject:
    """Tell of a branch that could not be decided; after the step's own error, if it has one."""
    message = f'the branch to "{target}": {undecided["message"]}'
    if error is None:
        return {**undecided, "message": message}
    return {**error, "message": f"{error['message']}; {message}"}


def taken(log: StepLog) -> str:
    """Return the target of the transition that a step took; empty when it took none."""
    last = log.decisions[-1] if log.decisions else {}
    return str(last["target"]) if last.get("holds") else ""


def _known_at_start(plan: Plan, trigger_output: JsonObject, journal: Journal, org: Org) -> Scope:
    scope = rebuild_scope(trigger_output, journal.steps[1:], org)
    if plan.variables:
        add_variables(scope, plan.workflow_id, org.store)
        for name in sorted(plan.variables - scope["variables"].keys()):
            scope.context.warn(
                f'the variable "{name}" has no value:'
                f" kobjctl variable set {plan.workflow_name} {name}"
            )
    return scope


def milliseconds_since(started: float, org: Org) -> float:
    """Return how long something took that started at a time of `Org.tick`; 0 when untimed."""
    return int((org.tick() - started) * 1_000_000) / 1000 if org.timed else 0.0
