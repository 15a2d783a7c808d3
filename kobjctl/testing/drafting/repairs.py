"""What to change about a draft whose run left its route: each repair is a new draft."""

from collections.abc import Iterator
from itertools import chain

from kobjctl.actions import ACTIONS
from kobjctl.expressions.operators import OPERATORS
from kobjctl.expressions.value import compile_value
from kobjctl.model.kinds import KINDS
from kobjctl.model.run import StepLog
from kobjctl.model.values import MISSING, Json, JsonObject
from kobjctl.model.workflow import Step
from kobjctl.testing.drafting import outputs
from kobjctl.testing.drafting.draft import FAILING, Answer, Draft
from kobjctl.testing.drafting.inverses import Wanted
from kobjctl.testing.drafting.records import kind_of_action, new_id, with_record
from kobjctl.testing.drafting.routes import Leg
from kobjctl.testing.drafting.samples import SOME, sample_of, samples
from kobjctl.testing.drafting.sources import ValueSources
from kobjctl.testing.drafting.wishes import OtherOperand, asks_for_any, wished


def repairs(sources: ValueSources, leg: Leg) -> Iterator[Draft]:
    """Yield drafts whose run may take a leg that this one's did not take."""
    log = sources.logs.get(leg.step.id)
    if log is None:
        # The run ended before; the step that it ended at is the one to look at.
        yield from _unfailing(sources, sources.result.steps[-1])
    elif log.status == "failed" and not leg.on_error:
        yield from _unfailing(sources, log)
    elif log.status != "failed" and leg.on_error:
        yield from _failing(sources, leg.step)
    else:
        yield from _deciding(sources, leg, log)


def _failing(sources: ValueSources, step: Step) -> Iterator[Draft]:
    """Yield drafts in which a step fails."""
    draft = sources.draft
    if any(sent == step.id for sent, _ in sources.result.requests):
        yield draft.with_answer(step.id, Answer(failure="connection refused"))
    yield draft.with_stub(step.id, FAILING)


def _unfailing(sources: ValueSources, log: StepLog) -> Iterator[Draft]:
    """Yield drafts in which a step that failed may not."""
    step = sources.steps.get(log.step_id)
    if step is None or log.error is None:
        return
    draft = sources.draft
    if (stub := draft.stub(step.id)) and stub.failure:
        yield draft._replace(stubs=tuple(each for each in draft.stubs if each[0] != step.id))
    if draft.answer(step.id).failure:
        yield draft.with_answer(step.id, Answer())
    if outputs.never_performed(sources.trials.performed_by(str(step.action))):
        yield from outputs.stubbed(sources, step, ("id",), SOME)
        return
    yield from _with_missing_record(sources, step, log)
    yield from _with_other_params(sources, step, log)


def _with_missing_record(sources: ValueSources, step: Step, log: StepLog) -> Iterator[Draft]:
    """Yield drafts with a record that a step names, and that was not there."""
    params: JsonObject = log.input or {}
    made = [each.output.get("id") for each in sources.result.steps[1:]]
    for name, value in params.items():
        if not outputs.is_id(name) or not isinstance(value, str) or value in made:
            continue
        kind = name if name in KINDS else kind_of_action(str(step.action))
        if sources.draft.record(value) is None:
            is_kobject = kind == "kobject" and "klassName" in params
            fields = {"klassName": params["klassName"]} if is_kobject else {}
            draft = with_record(sources.trials, sources.draft, kind, value, fields)
            if draft:
                yield draft


def _with_other_params(sources: ValueSources, step: Step, log: StepLog) -> Iterator[Draft]:
    """Yield drafts in which a step's parameters have other values, those it complains of first."""
    named = set(_complained_of(log))
    action = ACTIONS[str(step.action)] if step.action in ACTIONS else None
    kinds = {param.name: param.type.name for param in action.params} if action else {}
    found = list(_expressions(step.params, ()))
    found = [each for each in found if not named.isdisjoint(each[0])] or found
    for path, raw in found:
        name = path[-1]
        options = sources.trials.options_of(name)
        tried: list[Wanted] = [*options, sample_of(kinds.get(name, ""), name), *samples([name])]
        if outputs.is_id(name):
            tried = [SOME, new_id(sources.draft)]
        for value in tried:
            yield from sources.give(raw, value)


def _complained_of(log: StepLog) -> Iterator[str]:
    """Yield the names of the parameters that an error complains of."""
    for each in (log.error or {}).get("errors", ()):
        yield str(each.get("source", {}).get("parameter", ""))


def _expressions(params: Json, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the expressions within params, with their paths."""
    if isinstance(params, dict):
        for key, each in params.items():
            yield from _expressions(each, (*path, key))
    elif isinstance(params, list):
        for index, each in enumerate(params):
            yield from _expressions(each, (*path, str(index)))
    elif isinstance(params, str) and path and not compile_value(params).is_literal:
        yield path, params


def _deciding(sources: ValueSources, leg: Leg, log: StepLog) -> Iterator[Draft]:
    """Yield drafts in which the conditions of a step come out as the leg needs."""
    for index in range(min(leg.place + 1, len(leg.ways))):
        wanted = index == leg.place
        if index >= len(log.decisions):
            return
        decision = log.decisions[index]
        if decision["holds"] is not wanted:
            condition = leg.ways[index].condition
            yield from deciding(sources, condition, decision, holds=wanted)
            return


def deciding(
    sources: ValueSources, condition: JsonObject, decision: JsonObject, *, holds: bool
) -> Iterator[Draft]:
    """Yield drafts in which a condition may come out otherwise than it did."""
    if decision["holds"] is holds:
        return
    if "parts" in decision:
        pairs = zip(condition["values"], decision["parts"], strict=True)
        yield from chain.from_iterable(
            deciding(sources, part, values, holds=holds) for part, values in pairs
        )
        return
    operator, raws = OPERATORS[condition["op"]], condition.get("values", [])
    values = [each.get("value", MISSING) for each in decision["values"]]
    for index, raw in enumerate(raws[:2]):
        if compile_value(raw).is_literal:
            continue
        is_left = index == 0
        beside = _beside(raws, values, index)
        any_will_do = asks_for_any(operator, holds=holds)
        if is_left and any_will_do:
            yield from sources.give(raw, SOME)
        for value in wished(operator, beside, holds=holds):
            yield from sources.give(raw, value)
        if holds and not any_will_do and values[index] in (MISSING, None, []):
            yield from sources.give(raw, SOME)


def _beside(raws: list[Json], values: list[Json], index: int) -> OtherOperand:
    """Return what stands beside a value of a condition."""
    if len(values) == 1:
        return OtherOperand()
    other = raws[1 - index]
    is_literal = isinstance(other, str) and compile_value(other).is_literal
    return OtherOperand(values[1 - index], is_left=index == 1, is_literal=is_literal and index == 0)
