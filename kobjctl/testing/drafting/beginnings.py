"""The first drafts: the hook's example, or what the workflow's own references ask for."""

from collections.abc import Iterator
from typing import Final

from kobjctl.actions import ACTIONS
from kobjctl.actions.schema import properties_of
from kobjctl.engine.plan import mentioned_variables
from kobjctl.expressions.references import MARK
from kobjctl.lint.shape import ITEM
from kobjctl.lint.texts import PlacedText, texts
from kobjctl.lint.uses import uses
from kobjctl.model.klass import suffix_of
from kobjctl.model.values import Json
from kobjctl.model.workflow import TRIGGER_ID, Step
from kobjctl.store.text import encode
from kobjctl.testing.drafting.draft import Draft, Path, put, walk_template
from kobjctl.testing.drafting.outputs import is_id
from kobjctl.testing.drafting.samples import TEXT, object_id, sample, sample_of
from kobjctl.testing.drafting.trial import TrialOrg

_ROOT: Final = ("steps", TRIGGER_ID)
_PAYLOAD: Final = ("attributes", "data")
_RAW: Final = ("data", *_PAYLOAD)


def beginnings(trials: TrialOrg, examples: list[Json]) -> list[Draft]:
    """Return the drafts that a search begins with; `examples` are payloads that somebody gave."""
    drafts = [Draft(example) for example in examples]
    made: Json = {}
    for path, value in sorted(wanted(trials), key=lambda each: len(each[0])):
        made = put(made, path, value)
    drafts.append(Draft(made))
    return [with_variables(trials, draft) for draft in drafts]


def wanted(trials: TrialOrg) -> Iterator[tuple[Path, Json]]:
    """Yield the paths of what is sent that a workflow uses, each with a likely value."""
    workflow = trials.workflow
    steps = {step.id: step for step in workflow.steps}
    for text in texts(workflow):
        step = steps.get(text.step_id)
        for use in uses(text):
            if use.segments[:2] == _ROOT:
                path = ("0" if each == ITEM else each for each in use.segments[2:])
                for sent in _sent(trials, tuple(path)):
                    yield _likely(trials, sent, text, step)
    # The schema knows better than names do.
    if trials.is_called:
        schema = workflow.document["trigger"].get("schema") or {}
        for name, declared in properties_of(schema).items():
            yield (name,), _of_schema(name, declared)


def _likely(trials: TrialOrg, sent: Path, text: PlacedText, step: Step | None) -> tuple[Path, Json]:
    """Return a path of what is sent with a likely value, as a text uses it."""
    if sent[-1] == "length" and sent[:-1]:
        return sent[:-1], ["test"]
    options = trials.options_of(sent[-1], str(text.path[-1]))
    if options:
        return sent, options[0]
    used_as = _used_as(text)
    return sent, _sample(sent, _kind(step.action, text.path) if step and used_as else "", used_as)


def _sent(trials: TrialOrg, path: Path) -> Iterator[Path]:
    """Yield the paths of what is sent that a path of step `1` comes from."""
    template = trials.trigger_template
    if not path:
        return
    if not trials.hook:
        yield path
    elif template is not None:
        raw, rest = walk_template(template, path)
        for use in uses(PlacedText((), raw, "")) if isinstance(raw, str) else ():
            if use.segments[:3] == _RAW and (*use.segments[3:], *rest):
                yield (*use.segments[3:], *rest)
    elif path[:2] == _PAYLOAD and path[2:]:
        yield path[2:]


def _used_as(text: PlacedText) -> str:
    """Return the name of the parameter that a text is; empty in a condition, and for a template,
    which only has the value in it.
    """
    last = text.path[-1]
    is_whole = isinstance(last, str) and text.text.startswith(MARK)
    return str(last) if is_whole and not text.in_condition else ""


def _kind(action: str | None, place: tuple[str | int, ...]) -> str:
    """Return the kind that a parameter takes, where a text is a whole parameter."""
    if action in ACTIONS and len(place) and place[-2:-1] == ("params",):
        kinds = {param.name: param.type.name for param in ACTIONS[str(action)].params}
        return kinds.get(str(place[-1]), "")
    return ""


def _sample(path: Path, kind: str, used_as: str) -> Json:
    """Return a likely value by the name of a path, or by that of the parameter it goes to."""
    name = next((each for each in reversed(path) if not each.isdigit()), "")
    if is_id(used_as):
        return object_id(0)
    suffix = suffix_of(used_as)
    if suffix in ("Num", "Bool", "At") or sample(name) == TEXT:
        name = used_as
    likely = sample_of(kind, name)
    is_number = isinstance(likely, int) and not isinstance(likely, bool)
    return str(likely) if suffix in ("Str", "Txt") and is_number else likely


def _of_schema(name: str, declared: Json) -> Json:
    kinds = {"string": "text", "integer": "number", "boolean": "true or false", "array": "list"}
    if not isinstance(declared, dict):
        return sample(name)
    options = declared.get("enum")
    if isinstance(options, list) and options:
        return options[0]
    kind = str(declared.get("type"))
    value = sample_of(kinds.get(kind, kind), name)
    return str(value) if kind == "string" and not isinstance(value, str) else value


def with_variables(trials: TrialOrg, draft: Draft) -> Draft:
    """Return the variables that a workflow mentions values that nobody has to keep secret."""
    text = encode(trials.workflow.document)
    for name in sorted(mentioned_variables(trials.workflow)):
        is_host = (
            f"://{{{{{{variables.{name}}}}}}}" in text or f"://{{{{variables.{name}}}}}" in text
        )
        draft = draft.with_variable(name, "api.example.com" if is_host else f"test-{name}")
    return draft
