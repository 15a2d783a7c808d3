"""Runs that are paused before a step: what the step would get, and how they go on."""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from kobjctl.app.runs import runs
from kobjctl.app.runs.execute import execute_all
from kobjctl.app.runs.recover import LackingConditionsError, engine_under_conditions
from kobjctl.engine.engine import Engine
from kobjctl.engine.known import add_variables, rebuild_scope
from kobjctl.engine.plan import Plan, PlannedStep
from kobjctl.engine.runner import taken
from kobjctl.model.errors import UsageError, did_you_mean
from kobjctl.model.run import Run, RunConditions, RunReport, StepLog
from kobjctl.model.values import Json, JsonObject
from kobjctl.records.context import StubAnswer
from kobjctl.records.services import object_at
from kobjctl.store.org import Org
from kobjctl.store.runs import OpenRun

PLACE: Final = "--set"


class PendingStep(NamedTuple):
    """The step that a paused run, by its number, comes to next: `params` are what it would get,
    `error` says why they can't be made.
    """

    run: int
    id: str
    display_name: str
    action: str | None
    params: JsonObject
    error: str = ""


class ResumeReport(NamedTuple):
    """The log of a run that went on, those of the runs that it set off, and the steps before which
    some of them are paused.
    """

    reports: tuple[RunReport, ...]
    pending: tuple[PendingStep, ...]


def check_step(engine: Engine) -> None:
    """Raise UsageError where runs are to pause before a step that no workflow of the org has."""
    wanted = engine.limits.stop_before
    workflows = engine.org.store.workflows.all()
    ids = {step.id for each in workflows if each.enabled for step in each.steps}
    if wanted and wanted not in ids:
        raise UsageError(
            f'no enabled workflow has a step called "{wanted}"',
            hint=did_you_mean(wanted, ids) or "kobjctl workflow show NAME lists its steps",
        )


def pending_step(engine: Engine, report: RunReport) -> PendingStep | None:
    """Return the step before which a run is paused; None for a run that is not paused."""
    opened = engine.org.store.runs.open(report.run.number)
    if report.run.status != "paused" or opened is None:
        return None
    plan = engine.compiled(opened)
    step = plan.steps.get(taken(report.steps[-1]))
    if step is None:
        return None
    params: JsonObject = {}
    failure = ""
    try:
        params = _params(step, plan, report.steps, engine.org)
    except Exception as error:  # noqa: BLE001 - what is in a file may fail in any way
        failure = str(error)
    return PendingStep(
        run=report.run.number,
        id=step.id,
        display_name=step.display_name,
        action=step.action_name,
        params=params,
        error=failure,
    )


def pending_steps(engine: Engine, reports: Iterable[RunReport]) -> tuple[PendingStep, ...]:
    """Return the steps before which runs are paused."""
    return tuple(step for report in reports if (step := pending_step(engine, report)))


def _params(step: PlannedStep, plan: Plan, steps: tuple[StepLog, ...], org: Org) -> JsonObject:
    if step.action is None:
        return {}
    scope = rebuild_scope(steps[0].output, steps[1:], org)
    add_variables(scope, plan.workflow_id, org.store)
    params: JsonObject = step.params(scope)
    return params


def resume(
    engine: Engine,
    reference: str,
    offered: RunConditions,
    output: JsonObject | None = None,
) -> ResumeReport:
    """Go on with a paused run, under the conditions that it began with.

    With `output`, the step before which it is paused gives that and is not performed. Raises
    UsageError for a run that is not paused, or has no action whose output could be given, or
    that lacks what it began with.
    """
    check_step(engine)
    run = runs.find_run(engine.org.store, reference)
    opened = _paused(engine, run)
    try:
        own = engine_under_conditions(opened, engine, offered)
    except LackingConditionsError as error:
        raise _lacking_error(run.number, error.lacking) from error
    if output is not None:
        own = _answering(own, runs.report_of(engine.org.store, run), output)
    with engine.interruption.held():
        done = tuple(execute_all(own, (run.number,)))
    reports = tuple(runs.report(engine.org.store, str(number)) for number in done)
    return ResumeReport(reports, pending_steps(engine, reports))


def _paused(engine: Engine, run: Run) -> OpenRun:
    opened = engine.org.store.runs.open(run.number)
    if opened is None or opened.status != "paused":
        raise UsageError(
            f"run {run.number} is not paused: it is {run.status}",
            hint=f"kobjctl logs rerun {run.number} runs it again",
        )
    return opened


def _answering(engine: Engine, report: RunReport, output: JsonObject) -> Engine:
    """Return an engine whose first action is not performed, but gives an output."""
    step = pending_step(engine, report)
    if step is None or step.action is None:
        raise UsageError(
            f"the step that run {report.run.number} comes to has no action, and so no output",
            hint=f"leave out {PLACE}",
        )
    answers = iter([StubAnswer(PLACE, output)])

    def answer(action: str, params: JsonObject) -> StubAnswer | None:
        """Return the output once, then what the run's own stubs say."""
        return next(answers, None) or engine.stub(action, params)

    return engine._replace(stub=answer)


def output_of(assignments: Mapping[str, Json]) -> JsonObject:
    """Return the object that `path=value` texts say, whose paths have dots between their keys.

    Raises UsageError for a path that leads through a value.
    """
    output: JsonObject = {}
    for path, value in assignments.items():
        *outer, key = path.split(".")
        inner, taken = object_at(output, outer)
        if taken:
            raise UsageError(
                f'"{path}" leads through a value', hint=f'"{taken}" is set to one as well'
            )
        inner[key] = value
    return output


def _lacking_error(run: int, lacking: RunConditions) -> UsageError:
    if lacking.stubs:
        return UsageError(
            f"run {run} was paused with stubs that can't be read: {', '.join(lacking.stubs)}",
            hint="put the files back",
        )
    hosts = " ".join(f"--allow-host {host}" for host in lacking.hosts)
    return UsageError(
        f"run {run} was paused with hosts that are not allowed now",
        hint=f"kobjctl logs resume {run} {hosts}",
    )
