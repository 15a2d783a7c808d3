"""What the shape of a file must fulfil beyond one key at a time."""

from collections.abc import Iterator
from typing import Final

from kobjctl.files.shapes.finding import ShapeFinding
from kobjctl.model.errors import did_you_mean
from kobjctl.model.klass import JSON_TYPES, name_fault, suffix_of
from kobjctl.model.values import Json, JsonObject, JsonPath

# `manual/platform.md 7.10`, the last one spelled as the platform does.
ACTION_TYPES: Final = ("rest_api", "event", "regex_match", "schedule", "aws_lamda")
_STARTS: Final = ("eventName", "hook", "callable")
_EVENT_HINT = "write `hook` with the name of a hook, or `eventName` with the name of an event"

_CONDITIONS: Final = (
    ("trigger", "transitions", "*", "condition"),
    ("steps", "*", "transitions", "*", "condition"),
    ("steps", "*", "errorCases", "*", "condition"),
)


def workflow_rules(workflow: JsonObject) -> Iterator[ShapeFinding]:
    """Judge the parts of a workflow against each other; parts of a wrong type are left out."""
    for path, trigger in select(workflow, "trigger"):
        if not isinstance(trigger, dict):
            continue
        if "hook" in trigger and "eventName" in trigger:
            message = "a trigger has both `hook` and `eventName`"
            yield ShapeFinding((*path, "hook"), "WF104", message, "remove one of them", on_key=True)
        if not trigger.keys() & {"hook", "eventName"} and trigger.get("callable") is not True:
            message = "a trigger needs `eventName` or `hook`"
            yield ShapeFinding(path, "WF103", message, _EVENT_HINT, keys=_STARTS)


def app_rules(app: JsonObject) -> Iterator[ShapeFinding]:
    """Judge the hooks, klasses and actions of an app file, beyond their single keys."""
    for path, hook in select(app, "hooks", "*"):
        if isinstance(hook, dict) and not hook.keys() & {"name", "eventName"}:
            message = "a hook needs `name` or `eventName`"
            yield ShapeFinding(path, "WF103", message, keys=("name", "eventName"))
    for path, klass in select(app, "klasses", "*"):
        for finding in klass_rules(klass):
            yield finding._replace(path=(*path, *finding.path))
    yield from _action_rules(app)
    if "app" in app:
        yield from _definition_rules(app)


def _action_rules(app: JsonObject) -> Iterator[ShapeFinding]:
    for path, kind in select(app, "actions", "*", "type"):
        if isinstance(kind, str) and kind not in ACTION_TYPES:
            yield _action_type(path, kind)
    for path, template in select(app, "actions", "*", "inputTemplate"):
        is_reference = isinstance(template, str) and template.startswith("/#")
        if not (template is None or is_reference or isinstance(template, dict)):
            message = "`inputTemplate` must be an object, or a reference to one"
            yield ShapeFinding(
                path, "WF101", message, "its keys are the parameters of the action in `type`"
            )


def _action_type(path: JsonPath, kind: str) -> ShapeFinding:
    """Tell of a type that public sources don't show; the platform may have more of them."""
    hint = did_you_mean(kind, ACTION_TYPES) or f"the types are {', '.join(ACTION_TYPES)}"
    message = f'no action type is called "{kind}"'
    return ShapeFinding(path, "WF104", message, hint, severity="warning")


def klass_rules(klass: Json) -> Iterator[ShapeFinding]:
    """Judge the attributes of a klass, beyond their single keys."""
    for path, attributes in select(klass, "metadata", "properties"):
        if isinstance(attributes, dict):
            yield from _attribute_rules(path, attributes)


def _definition_rules(app: JsonObject) -> Iterator[ShapeFinding]:
    """Judge what the platform asks of an app definition and nothing here needs."""
    missing = [f"`{key}`" for key in ("version", "title") if key not in app]
    if missing:
        message = f"an app definition needs {' and '.join(missing)}"
        hint = "the platform refuses to register the app without"
        yield ShapeFinding((), "WF103", message, hint, severity="warning")


def nested_conditions(workflow: JsonObject) -> Iterator[tuple[JsonPath, Json]]:
    """Yield the conditions inside of `and` and `or`, at any depth."""
    for pattern in _CONDITIONS:
        for path, condition in select(workflow, *pattern):
            yield from _parts(path, condition)


def select(value: Json, *pattern: str) -> Iterator[tuple[JsonPath, Json]]:
    """Yield all that is there at a path, in which `*` stands for every entry of a list."""
    if not pattern:
        yield (), value
        return
    head, *rest = pattern
    for key, child in _children(value, head):
        for path, found in select(child, *rest):
            yield (key, *path), found


def _children(value: Json, head: str) -> Iterator[tuple[str | int, Json]]:
    if head == "*":
        yield from enumerate(value if isinstance(value, list) else ())
    elif isinstance(value, dict) and head in value:
        yield head, value[head]


def _parts(path: JsonPath, condition: Json) -> Iterator[tuple[JsonPath, Json]]:
    if not isinstance(condition, dict) or condition.get("op") not in ("and", "or"):
        return
    for inner, part in select(condition, "values", "*"):
        yield (*path, *inner), part
        yield from _parts((*path, *inner), part)


def _attribute_rules(path: JsonPath, attributes: JsonObject) -> Iterator[ShapeFinding]:
    first_by_folded: dict[str, str] = {}
    for name, attribute in attributes.items():
        place = (*path, name)
        first = first_by_folded.setdefault(name.casefold(), name)
        if first != name:
            message = f'the attribute "{name}" differs from "{first}" only in case'
            yield ShapeFinding(place, "WF104", message, "rename one of them", on_key=True)
        fault = name_fault(name)
        if fault:
            yield ShapeFinding(place, "WF104", fault.message, fault.hint, on_key=True)
        elif isinstance(attribute, dict) and attribute.get("type") is not None:
            yield from _type_rule(place, attribute["type"], suffix_of(name) or "")


def _type_rule(path: JsonPath, given: Json, suffix: str) -> Iterator[ShapeFinding]:
    expected = JSON_TYPES.get(suffix, "string")
    if given != expected:
        message = f'the `type` of an attribute that ends in {suffix} must be "{expected}"'
        yield ShapeFinding(
            (*path, "type"), "WF104", message, "leave `type` out: the suffix already says it"
        )
