"""Expand what a workflow file may leave out or say shorter into the platform's JSON."""

from collections.abc import Callable

from kobjctl.model.values import Json, JsonObject
from kobjctl.model.workflow import ALWAYS, TRIGGER_ID


def expand(workflow: JsonObject, event_name_of: Callable[[str], str]) -> JsonObject:
    """Return a new workflow document without sugar; `workflow` has passed `check_shape`.

    `event_name_of` gives the event name of the hook that `trigger.hook` names, and may raise.
    The order of keys is kept and nothing is shared with `workflow`.
    """
    document: JsonObject = _copy(workflow)
    if "description" not in document:
        document = {"description": "", **document}
    document["trigger"] = _trigger(document["trigger"], event_name_of)
    document["steps"] = [_step(step) for step in document.get("steps", ())]
    return document


def _trigger(trigger: JsonObject, event_name_of: Callable[[str], str]) -> JsonObject:
    expanded: JsonObject = {"id": TRIGGER_ID}
    for key, value in trigger.items():
        if key == "hook":
            expanded["eventName"] = event_name_of(value)
        else:
            expanded[key] = value
    return _with_transitions(expanded)


def _step(step: JsonObject) -> JsonObject:
    expanded = _with_transitions(step)
    expanded["errorCases"] = [_transition(case) for case in step.get("errorCases", ())]
    return expanded


def _with_transitions(node: JsonObject) -> JsonObject:
    transitions = [_transition(transition) for transition in node.get("transitions", ())]
    return {**node, "transitions": transitions}


def _transition(transition: JsonObject) -> JsonObject:
    if transition.get("condition") is None:
        return {**transition, "condition": _copy(ALWAYS)}
    return transition


def _copy(value: Json) -> Json:
    """Copy lists and objects; unlike `copy.deepcopy`, two aliases of one value become two."""
    if isinstance(value, dict):
        return {key: _copy(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_copy(inner) for inner in value]
    return value
