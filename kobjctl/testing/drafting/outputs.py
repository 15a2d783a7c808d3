"""What would make the output of a step have a value: each way is a new draft.

What a lookup finds is given as a record; what the web answers, or an action that nothing here
performs, is stubbed.
"""

from collections.abc import Iterator
from typing import Final

from kobjctl.actions import ACTIONS
from kobjctl.javascript.numbers import as_number, number_text
from kobjctl.model.kinds import RELATIONS
from kobjctl.model.klass import is_reference
from kobjctl.model.values import MISSING, Json, JsonObject
from kobjctl.model.workflow import Step
from kobjctl.store.text import decode
from kobjctl.testing.drafting.draft import Draft, DraftStub, Path, SeedRecord, put, walk_template
from kobjctl.testing.drafting.inverses import Wanted
from kobjctl.testing.drafting.records import found_record, new_id
from kobjctl.testing.drafting.regexes import matching
from kobjctl.testing.drafting.samples import SOME, samples
from kobjctl.testing.drafting.sources import ValueSources

_REGEX: Final = "kustomer.regex-match.generic"
_STATUSES: Final = range(100, 600)


def give(sources: ValueSources, step: Step, path: Path, wanted: Wanted) -> Iterator[Draft]:
    """Yield drafts in which a step's output may have the value that is wanted at a path."""
    if step.action is None:
        return
    if stub := sources.draft.stub(step.id):
        if not stub.failure:
            yield from stubbed(sources, step, path, wanted)
        return
    definition = sources.trials.app_action(step.action)
    action = sources.trials.performed_by(step.action)
    if definition and definition.get("outputTemplate"):
        yield from _of_template(sources, step, definition, path, wanted)
    elif action:
        yield from _performed(sources, step, action, path, wanted)
    if never_performed(action):
        yield from stubbed(sources, step, path, wanted)


def never_performed(action: str) -> bool:
    """Return whether no local run performs an action."""
    return action not in ACTIONS or ACTIONS[action].stub_only


def sends(action: str) -> bool:
    """Return whether an action sends requests."""
    return action in ACTIONS and ACTIONS[action].remote


def stubbed(sources: ValueSources, step: Step, path: Path, wanted: Wanted) -> Iterator[Draft]:
    """Yield drafts in which a stub answers with the value; the rest stays as it was."""
    stub, log = sources.draft.stub(step.id), sources.logs.get(step.id)
    output: JsonObject = stub.output if stub else log.output if log else {}
    for value in _values(sources, path, wanted):
        changed = put(output, path, value)
        if isinstance(changed, dict):
            yield sources.draft.with_stub(step.id, DraftStub(changed))


def _of_template(
    sources: ValueSources, step: Step, definition: JsonObject, path: Path, wanted: Wanted
) -> Iterator[Draft]:
    """Yield drafts for what an app's action makes of its result."""
    raw, rest = walk_template(definition["outputTemplate"], path)
    action = sources.trials.performed_by(str(step.action))

    def giving(at: Path, each: Wanted) -> Iterator[Draft]:
        yield from _performed(sources, step, action, (*at, *rest), each)

    yield from sources.give(raw, wanted, giving)


def _performed(
    sources: ValueSources, step: Step, action: str, path: Path, wanted: Wanted
) -> Iterator[Draft]:
    if sends(action):
        yield from _answered(sources, step, path, wanted)
    elif action == _REGEX:
        yield from _matched(sources, step, wanted)
    elif action in ACTIONS and ACTIONS[action].lookup:
        yield from _looked_up(sources, step, path, wanted)
    elif path:
        yield from _made(sources, step, path, wanted)


def _answered(sources: ValueSources, step: Step, path: Path, wanted: Wanted) -> Iterator[Draft]:
    """Yield drafts in which the web answers otherwise."""
    answer = sources.draft.answer(step.id)._replace(failure=None)
    if path == ("response", "statusCode"):
        status = as_number(200 if wanted is SOME else wanted)
        if status is not None and int(status) in _STATUSES:
            yield sources.draft.with_answer(step.id, answer._replace(status=int(status)))
        return
    if path[:2] == ("response", "body"):
        path = path[1:]
    if path[:1] == ("body",):
        for value in _values(sources, path, wanted):
            body = put({} if answer.body is MISSING else answer.body, path[1:], value)
            yield sources.draft.with_answer(step.id, answer._replace(body=body))


def _matched(sources: ValueSources, step: Step, wanted: Wanted) -> Iterator[Draft]:
    """Yield drafts in which a regular expression matches a text, or nothing."""
    params = step.params
    definition = sources.trials.app_action(str(step.action))
    template: JsonObject = (definition.get("inputTemplate") or {}) if definition else params
    searched, expression = template.get("testString"), str(template.get("regex"))

    def of_params(path: Path, each: Wanted) -> Iterator[Draft]:
        yield from sources.give(params.get(path[0]), each)

    giving = of_params if definition else None
    if wanted is MISSING or wanted is None:
        tried: list[Wanted] = ["-", MISSING]
    else:
        is_number = isinstance(wanted, int | float) and not isinstance(wanted, bool)
        text = number_text(float(str(wanted))) if is_number else wanted
        tried = [text, *matching(expression, text)] if isinstance(text, str) else []
        tried = tried or [*matching(expression)]
    for each in tried:
        # What looks like a piece of JSON is searched in an object rather than in a text.
        if isinstance(each, str) and (held := _json_with(each)) is not None:
            yield from sources.give(searched, held, giving)
        yield from sources.give(searched, each, giving)


def _json_with(text: str) -> Json:
    """Return an object whose compact JSON has a text in it; None where there is no easy one."""
    for whole in (f"{{{text}}}", f'{{{text}"}}'):
        try:
            return decode(whole)
        except ValueError:
            continue
    return None


def _looked_up(sources: ValueSources, step: Step, path: Path, wanted: Wanted) -> Iterator[Draft]:
    log = sources.logs.get(step.id)
    found = log.output.get("id") if log else None
    is_nothing = wanted in (MISSING, None)
    if log is None or (found is None and is_nothing):
        return
    if found is None:
        yield from _found(sources, step, path, wanted)
        return
    record = sources.draft.record(str(found))
    if path not in ((), ("id",)):
        yield from _with_field(sources, step, record, path, wanted)
    if is_nothing and (record or path in ((), ("id",))):
        yield from _lost(sources, step, record)


def _with_field(
    sources: ValueSources, step: Step, record: SeedRecord | None, path: Path, wanted: Wanted
) -> Iterator[Draft]:
    """Yield drafts in which the record that a lookup finds has a value."""
    if record is None:
        found = str(sources.logs[step.id].output["id"])
        yield from _of_maker(sources, step, found, path, wanted)
        return
    for value in _values(sources, path, wanted):
        fields = put(record.fields, path, value)
        yield sources.draft.with_record(record._replace(fields=fields))


def _found(sources: ValueSources, step: Step, path: Path, wanted: Wanted) -> Iterator[Draft]:
    """Yield drafts in which a lookup finds a record, as its parameters ask for it."""
    params: JsonObject = sources.logs[step.id].input or {}
    lacking = [
        name
        for name in lookup_keys(step)
        if params.get(name) in (None, "") or (is_id(name) and not is_reference(params[name]))
    ]
    if lacking:
        for name in lacking:
            raw = step.params.get(name)
            key = new_id(sources.draft) if is_id(name) else SOME
            yield from sources.give(raw, key)
        return
    for value in _values(sources, path, wanted):
        fields = {} if path in ((), ("id",)) else put({}, path, value)
        draft = found_record(sources.trials, sources.draft, step, params, fields)
        if draft:
            yield draft


def _lost(sources: ValueSources, step: Step, record: SeedRecord | None) -> Iterator[Draft]:
    """Yield drafts in which a lookup finds nothing."""
    if record:
        yield sources.draft.without_record(record.id)
    for name in lookup_keys(step):
        yield from sources.give(step.params.get(name), MISSING)
        yield from sources.give(step.params.get(name), "other@example.com")


def _of_maker(
    sources: ValueSources, step: Step, record_id: str, path: Path, wanted: Wanted
) -> Iterator[Draft]:
    """Yield drafts in which an earlier step made the record that was found otherwise."""
    for log in sources.result.steps:
        if log.step_id == step.id:
            return
        maker = sources.steps.get(log.step_id)
        if maker and log.output.get("id") == record_id and not is_lookup(maker):
            yield from _made(sources, maker, path, wanted)


def _made(sources: ValueSources, step: Step, path: Path, wanted: Wanted) -> Iterator[Draft]:
    """Yield drafts in which a step writes a value: through the parameter that it comes from."""
    raw, rest = walk_template(step.params, path)
    if rest != path:
        yield from sources.give(raw, wanted, lambda at, each: sources.at((*at, *rest), each))
    log = sources.logs.get(step.id)
    record = sources.draft.record(str(log.output.get("id"))) if log else None
    if record:
        yield from _with_field(sources, step, record, path, wanted)


def lookup_keys(step: Step) -> list[str]:
    """Return the parameters of a lookup that it needs."""
    action = ACTIONS[str(step.action)] if step.action in ACTIONS else None
    names = [param.name for param in action.params] if action else []
    return [name for name in names if name in step.params]


def is_lookup(step: Step) -> bool:
    """Return whether a step only reads."""
    return step.action in ACTIONS and ACTIONS[str(step.action)].lookup


def is_id(name: str) -> bool:
    """Return whether a parameter names a record by its id."""
    return name in ("id", "identifier", *RELATIONS)


def _values(sources: ValueSources, path: Path, wanted: Wanted) -> list[Json]:
    if wanted is SOME and path and is_id(path[-1]):
        return [new_id(sources.draft)]
    return samples(path) if wanted is SOME else [wanted]
