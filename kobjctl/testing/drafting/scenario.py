"""A scenario of a file, made of a draft and what its run did."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from kobjctl.expressions.value import compile_value
from kobjctl.http.matching import escape, pattern_of
from kobjctl.model.kinds import IN_ORDER_OF_NEED, KINDS, RELATIONS
from kobjctl.model.klass import is_reference
from kobjctl.model.values import MISSING, Json, JsonObject
from kobjctl.store.text import encode
from kobjctl.testing.drafting.draft import Draft, SeedRecord
from kobjctl.testing.drafting.search import RouteSolution, UnsolvedRoute
from kobjctl.testing.drafting.trial import PLACE, TrialOrg, TrialResult

# What others name comes first.
_PLURALS: Final[Mapping[str, str]] = {
    "klass": "klasses",
    **{kind.name: kind.plural for kind in IN_ORDER_OF_NEED},
}
# A bare payload with these keys would be taken for something else.
_FORMS: Final = ("payload", "file", "event", "call", "advance")


class SendForm(NamedTuple):
    """How a file sends: `named` tells that what is meant has to be said."""

    trials: TrialOrg
    named: bool


def body_of(
    form: SendForm, found: RouteSolution | UnsolvedRoute, result: TrialResult | None
) -> JsonObject:
    """Return what a scenario says beside its name: what is given, sent and expected."""
    given = given_of(form.trials, found.draft, result)
    return {
        **({"given": given} if given else {}),
        "send": send_of(form, found.draft.data),
        "expect": {"status": found.route.status, "path": found.route.path},
    }


def send_of(form: SendForm, data: Json) -> Json:
    """Return what a scenario sends."""
    trials, workflow = form.trials, form.trials.workflow
    if not form.named:
        is_plain = isinstance(data, dict) and not any(key in data for key in _FORMS)
        return data if is_plain else [{"payload": data}]
    if trials.hook:
        return [{"payload": data, "hook": trials.hook.name}]
    if trials.is_called:
        return [{"call": workflow.name, "inputs": data}]
    return [{"event": workflow.event_name, "data": data}]


def given_of(trials: TrialOrg, draft: Draft, result: TrialResult | None) -> JsonObject:
    """Return what a draft gives, as a scenario writes it; its variables are for the whole file."""
    given: JsonObject = {"now": draft.now} if draft.now else {}
    for kind, plural in _PLURALS.items():
        records = [_record(draft, each) for each in draft.records if each.kind == kind]
        if records:
            given[plural] = records
    stubs = {
        **({"http": http} if (http := _http_stubs(draft, result)) else {}),
        **({"actions": actions} if (actions := list(_action_stubs(trials, draft, result))) else {}),
    }
    return given | ({"stubs": stubs} if stubs else {})


def _record(draft: Draft, record: SeedRecord) -> JsonObject:
    fields = dict(record.fields)
    if record.kind == "kobject":
        fields = {"klass": fields.pop("klassName"), **fields}
    for relation in RELATIONS:
        named = draft.record(str(fields.get(relation)))
        if named:
            fields[relation] = reference(named)
    return ({"id": record.id} if _is_named_by_id(draft, record) else {}) | fields


def reference(record: SeedRecord) -> str:
    """Return what another record names this one by."""
    names = KINDS[record.kind].found_by if record.kind in KINDS else ()
    found_by = (record.fields.get(name) for name in names)
    return next((each for each in found_by if isinstance(each, str)), record.id)


def _is_named_by_id(draft: Draft, record: SeedRecord) -> bool:
    if record.kind == "klass":
        return False
    elsewhere = [draft.data, [stub.output for _, stub in draft.stubs]]
    elsewhere += [answer.body for _, answer in draft.answers if answer.body is not MISSING]
    elsewhere += [
        [value for name, value in each.fields.items() if name not in RELATIONS]
        for each in draft.records
    ]
    if record.id in encode(elsewhere) or not record.fields:
        return True
    named = any(record.id in each.fields.values() for each in draft.records)
    return named and reference(record) == record.id


def _http_stubs(draft: Draft, result: TrialResult | None) -> list[JsonObject]:
    """Return a stub for each request that the run sent."""
    stubs: dict[str, JsonObject] = {}
    for step_id, request in result.requests if result else ():
        answer = draft.answer(step_id)
        pattern = {"method": request.method, "url": escape(request.address.path)}
        stub: JsonObject = {"request": pattern}
        if answer.failure:
            stub["fail"] = answer.failure
        else:
            body = {} if answer.body is MISSING else {"body": answer.body}
            stub["response"] = {"status": answer.status, **body}
        stubs.setdefault(encode(stub["request"]), stub)
    return list(stubs.values())


def _action_stubs(
    trials: TrialOrg, draft: Draft, result: TrialResult | None
) -> Iterator[JsonObject]:
    steps = {step.id: step for step in trials.workflow.steps}
    ran = result.by_id if result else {}
    used = [step.action for step in trials.workflow.steps]
    for step_id, stub in draft.stubs:
        step, log = steps[step_id], ran.get(step_id)
        if log is None:
            continue
        params: JsonObject = {}
        if used.count(step.action) > 1:
            own = step.params
            params = {
                name: value if compile_value(own.get(name)).is_literal else pattern_of(value)
                for name, value in (log.input or {}).items()
                if not (is_reference(value) or PLACE in encode(value))
            }
        answer = {"fail": stub.failure} if stub.failure else {"output": stub.output}
        yield {"action": step.action, **({"params": params} if params else {}), **answer}
