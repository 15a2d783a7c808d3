"""A draft of a scenario from a run that was recorded: what it was sent, and what it met."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from kobjctl.actions import ACTIONS
from kobjctl.expressions.references import MARK, split_reference
from kobjctl.model.clock import parse_instant
from kobjctl.model.kinds import KINDS
from kobjctl.model.klass import is_reference
from kobjctl.model.masking import MASK
from kobjctl.model.run import RunReport, StepLog
from kobjctl.model.values import MISSING, Json, JsonObject
from kobjctl.model.web import Failure
from kobjctl.model.workflow import TRIGGER_ID, Step
from kobjctl.records.customers import MERGED
from kobjctl.store.text import encode
from kobjctl.testing.drafting import outputs
from kobjctl.testing.drafting.beginnings import with_variables
from kobjctl.testing.drafting.draft import Answer, Draft, DraftStub
from kobjctl.testing.drafting.records import kind_of_action, with_record
from kobjctl.testing.drafting.routes import Leg, Route
from kobjctl.testing.drafting.search import RouteSolution, Search, UnsolvedRoute
from kobjctl.testing.drafting.trial import TrialOrg, TrialResult
from kobjctl.testing.scenarios.matchers import is_matcher, spelled_out

_FAILURES: Final[tuple[tuple[str, Failure], ...]] = (
    ("within", "timeout"),
    ("broke", "reset"),
    ("no connection", "connection refused"),
)
_BLANK: Final[tuple[Json, ...]] = (None, "", [], {})


# So many runs are spent on finding what a run met beside what its log says.
_BUDGET: Final = 200


def recorded(trials: TrialOrg, data: Json, report: RunReport) -> tuple[Draft, TrialResult | None]:
    """Return the draft that repeats a run, with what its run does: the same way if it can be.

    `data` are what the run was sent. Where a step gave something that it would not give here, a
    stub answers as it did. No secret that a log has masked is in it.
    """
    steps = {step.id: step for step in (*trials.workflow.steps, trials.workflow.trigger)}
    draft = with_variables(trials, Draft(without_masked(data), now=report.run.started_at))
    legs: list[Leg] = []
    made: set[str] = set()
    for log in report.steps:
        step = steps.get(log.step_id)
        if step is None:
            break
        legs.append(_leg(step, log))
        if step.action is not None:
            draft = _with_met(trials, draft, step, log, made)
    route = Route(tuple(legs))
    search = Search(trials, [draft], _BUDGET, keeps=draft.data)
    found = search.solve(route, simplify=False)
    if isinstance(found, UnsolvedRoute):
        stubbed = _with_what_steps_gave(trials, found.draft, report)
        search = Search(trials, [stubbed], _BUDGET, keeps=draft.data)
        found = search.solve(route)
    if isinstance(found, RouteSolution):
        return found.draft, found.result
    return found.draft, trials.run(found.draft)


def _with_what_steps_gave(trials: TrialOrg, draft: Draft, report: RunReport) -> Draft:
    """Return a draft in which stubs answer for steps that read or do something else here."""
    for _ in report.steps:
        result = trials.run(draft)
        ran = result.by_id if result else {}
        other = next((log for log in report.steps if _is_other(trials, ran, log)), None)
        if other is None or draft.stub(other.step_id):
            break
        draft = draft.with_stub(other.step_id, _stub(other))
    return draft


def _is_other(trials: TrialOrg, ran: Mapping[str, StepLog], log: StepLog) -> bool:
    """Return whether a step read or did something else than its log says."""
    here, action = ran.get(log.step_id), trials.performed_by(log.action or "")
    if here is None or action not in ACTIONS:
        return False
    return here.status != log.status or (ACTIONS[action].lookup and here.output != log.output)


def _leg(step: Step, log: StepLog) -> Leg:
    """Return the leg that a step of a run was."""
    on_error = log.status == "failed"
    taken = bool(log.decisions) and log.decisions[-1]["holds"]
    ways = step.error_cases if on_error else step.transitions
    return Leg(step, len(log.decisions) - 1 if taken else len(ways), on_error)


def _with_met(trials: TrialOrg, draft: Draft, step: Step, log: StepLog, made: set[str]) -> Draft:
    """Return a draft with what a step met: a record that it found, or an answer from outside."""
    definition = trials.app_action(str(step.action))
    if outputs.sends(str(step.action)):
        answer = _answer(log)
        return (
            draft.with_answer(step.id, answer) if answer else draft.with_stub(step.id, _stub(log))
        )
    if definition or outputs.never_performed(str(step.action)):
        is_local = definition is not None and definition.get("type") in ("regex_match", "schedule")
        return draft if is_local else draft.with_stub(step.id, _stub(log))
    record_id = str(log.output.get("id"))
    if not is_reference(record_id):
        return draft
    if not outputs.is_lookup(step) and str(step.action).endswith((".create", "with-customer")):
        made.add(record_id)
    elif record_id not in made and draft.record(record_id) is None:
        fields = _fields(step, log)
        return (
            with_record(trials, draft, kind_of_action(str(step.action)), record_id, fields) or draft
        )
    return draft


def _stub(log: StepLog) -> DraftStub:
    if log.error:
        return DraftStub({}, str(without_masked(log.error.get("message")) or "it failed"))
    return DraftStub(without_masked(log.output))


def _answer(log: StepLog) -> Answer | None:
    """Return what the web answered to a step; None where it was not the web that failed."""
    if log.error is None:
        response = log.output.get("response") or {}
        body = without_masked(log.output.get("body", MISSING))
        return Answer(int(response.get("statusCode") or 200), body)
    message = str(log.error.get("message"))
    failure = next((each for words, each in _FAILURES if words in message), None)
    return Answer(failure=failure) if failure else None


def _fields(step: Step, log: StepLog) -> JsonObject:
    """Return the fields that a record was made with, as far as its output tells."""
    kind = kind_of_action(str(step.action))
    found = without_masked(log.output)
    # What every record has need not be said.
    blank = KINDS[kind].blank if kind in KINDS else {}
    fields = {
        name: found[name]
        for name in _writable(kind)
        if found.get(name) not in (*_BLANK, blank.get(name))
    }
    if "externalId" in fields:
        fields.pop("externalIds", None)
    for single, several in MERGED.items():
        items = fields.get(several)
        if isinstance(items, list) and len(items) == 1 and single in items[0]:
            fields[single] = items[0][single]
            del fields[several]
    params: JsonObject = log.input or {}
    if "klassName" in params:
        fields["klassName" if kind == "kobject" else "name"] = params["klassName"]
    return fields


def without_masked(value: Json) -> Json:
    """Return a value without what a log has masked; MISSING where nothing is left."""
    if isinstance(value, dict):
        kept = ((key, without_masked(each)) for key, each in value.items())
        return {key: each for key, each in kept if each is not MISSING}
    if isinstance(value, list):
        return [each for each in map(without_masked, value) if each is not MISSING]
    return MISSING if isinstance(value, str) and MASK in value else value


def of_interest(report: RunReport) -> JsonObject:
    """Return what a run's conditions saw of the outputs of its steps, as an expectation."""
    outputs: JsonObject = {}
    for each in (value for log in report.steps for value in _values(log.decisions)):
        source, value = str(each.get("expression", "")), each.get("value", MISSING)
        if _is_output(source) and _is_telling(value):
            outputs[source.removeprefix(MARK)] = _literal(value)
    return outputs


def _is_output(source: str) -> bool:
    """Return whether an expression is a path into the output of a step, other than the trigger."""
    if not source.startswith(f"{MARK}steps."):
        return False
    _, step_id, *path = split_reference(source)
    return step_id != TRIGGER_ID and bool(path) and path[-1] != "length"


def _values(decisions: Sequence[JsonObject]) -> Iterator[JsonObject]:
    for decision in decisions:
        yield from _values(decision.get("parts", []))
        yield from decision.get("values", [])


def _is_telling(value: Json) -> bool:
    """Return whether a value is the same whenever the run is repeated."""
    if not isinstance(value, str):
        return isinstance(value, bool | int | float)
    return not (MASK in value or is_reference(value) or parse_instant(value))


def _literal(value: Json) -> Json:
    is_plain = not is_matcher(value) and encode(spelled_out(value)) == encode(value)
    return value if is_plain else {"exactly": value}


def _writable(kind: str) -> list[str]:
    """Return the fields that a new record may have, be there an action that makes one or not."""
    if kind in KINDS:
        known = KINDS[kind]
        return [
            each.name
            for each in known.fields
            if each.when != "change" and each.name not in known.authors
        ]
    action = f"kustomer.{kind}.create"
    return [param.name for param in ACTIONS[action].params] if action in ACTIONS else []
