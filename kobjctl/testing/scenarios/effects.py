"""What happened in a scenario, as expectations ask for it."""

from typing import NamedTuple

from kobjctl.model.run import StepLog
from kobjctl.model.scenario import HttpCall, ScenarioRun
from kobjctl.model.values import MISSING, Json, JsonObject, MissingValue
from kobjctl.testing.scenarios.records_seen import RecordsSeen


class ScenarioEffects(NamedTuple):
    """The runs of a scenario in order, `main` being the index of the one that it is about; the
    response of the last call; what was sent; what became of the records; and the time at the end.
    """

    runs: tuple[ScenarioRun, ...]
    main: int | None
    response: Json | MissingValue
    http: tuple[HttpCall, ...]
    records: RecordsSeen
    ended_at: str = ""


def outputs(run: ScenarioRun) -> JsonObject:
    """Return the outputs of a run's steps by their ids; of a step that ran twice, the last one."""
    return {step.step_id: step.output for step in run.report.steps}


def way(run: ScenarioRun) -> list[tuple[str, str]]:
    """Return the steps that a run took: the id of each, with the name of the branch it took."""
    return [(step.step_id, _branch(step)) for step in run.report.steps]


def warnings(run: ScenarioRun) -> list[str]:
    """Return the warnings of a run, without those about stubs."""
    return [warning for step in run.report.steps for warning in step.own_warnings]


def error(run: ScenarioRun) -> str | MissingValue:
    """Return why a run did not end well; MISSING where it did."""
    return run.report.run.error or MISSING


def call_json(call: HttpCall) -> JsonObject:
    """Return a request as JSON; what it has not is not there."""
    return {
        "method": call.method,
        "url": call.url,
        **({"query": call.query} if call.query else {}),
        "headers": call.headers,
        **({} if call.body is MISSING else {"body": call.body}),
        **({} if call.status is None else {"status": call.status}),
        **({"error": call.error} if call.error else {}),
    }


def _branch(step: StepLog) -> str:
    last = step.decisions[-1] if step.decisions else {}
    return str(last.get("name", "")) if last.get("holds") else ""
