"""The JSON Schema of workflow and app files, by which editors complete and check them.

It is made of the same shapes that files are checked by, with words for each key beside it.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from kobjctl.files.shapes.forms import WORKFLOW_KEYS
from kobjctl.files.shapes.models import AppFileShape, AppShape, ObjectShape, WorkflowShape
from kobjctl.model.values import Json, JsonObject

_DRAFT: Final = "http://json-schema.org/draft-07/schema#"

_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
# What a value of a kind may be beside an expression, which is text; anything can be cast to text.
_TYPES: Final = {
    "number": "number",
    "true or false": "boolean",
    "object": "object",
    "list": "array",
}
_NESTED: Final = {
    "if": {"properties": {"op": {"enum": ["and", "or"]}}},
    "then": {"properties": {"values": {"items": {"$ref": "#/definitions/ConditionShape"}}}},
}
_PARTS: Final = {
    "klasses": "The kinds of custom objects.",
    "hooks": "The addresses at which payloads come in.",
    "workflows": "What happens when a payload comes in.",
    "actions": "The actions of an app.",
    "triggers": "The events of an app.",
}

# What an editor says about a key, by the shape it belongs to.
WORDS: Final[dict[str, dict[str, str]]] = {
    "WorkflowShape": {
        "id": "The platform's id; a new workflow gets one.",
        "name": "What the workflow is called; unique in an org.",
        "description": "What it is for.",
        "enabled": "Whether events start it; true when it is left out.",
        "meta": "What the platform's editor keeps beside the workflow.",
        "trigger": "What starts the workflow; to references it is step 1.",
        "steps": "What it may do; transitions choose the way from step to step.",
        "response": "What a callable workflow gives to its caller.",
    },
    "TriggerShape": {
        "id": 'The id of the trigger: "1".',
        "eventName": "The event that starts the workflow, as in kustomer.customer.create.",
        "hook": "The name of the hook whose payloads start it, in place of its eventName.",
        "appVersion": "The version of the app that the event belongs to.",
        "meta": "What the platform's editor keeps beside the trigger.",
        "callable": "Whether other workflows may call this one.",
        "schema": "The JSON Schema of the inputs of a callable workflow.",
        "transitions": "The ways to the first steps; the first one whose condition holds is taken.",
    },
    "StepShape": {
        "id": "What targets and references call the step; unique in the workflow.",
        "action": "What the step does; kobjctl actions lists them. Without one it only branches.",
        "appVersion": "The version of the app that the action belongs to.",
        "params": "What the action is given: literals, references and templates.",
        "meta": "What the platform's editor keeps beside the step, as displayName.",
        "transitions": "The ways on; the first one whose condition holds is taken.",
        "errorCases": "The ways on when the step failed.",
    },
    "TransitionShape": {
        "target": "The id of the step that it leads to.",
        "condition": "When it is taken; always when it is left out.",
        "meta": "What the platform's editor keeps beside the transition, as name.",
    },
    "TransitionMetaShape": {"name": "What people see of the way."},
    "StepMetaShape": {"displayName": "What people see of the step."},
    "ResponseShape": {
        "schema": "The JSON Schema of what the caller is given; its properties name outputs.",
    },
    "ConditionShape": {
        "op": "The operator; kobjctl operators lists them.",
        "values": "What it is about: literals, references and, for and and or, conditions.",
    },
    "KlassShape": {
        "name": "What the klass is called in files and by the API: letters, digits, - and _.",
        "displayName": "What people see.",
        "icon": "The name of its icon.",
        "color": "Its colour, as in #64943E.",
        "status": "Whether it is in use.",
        "metadata": "Its attributes, under properties.",
    },
    "MetadataShape": {
        "standard": "Whether it is a klass of the platform itself.",
        "properties": "The attributes by their API names, whose suffix tells the type.",
    },
    "AttributeShape": {
        "displayName": "What people see.",
        "type": "Leave it out: the suffix of the name tells it.",
        "enumeration": "The texts that it may have.",
        "target": "The klass that a relation leads to.",
        "multi": "Whether it has many of the texts.",
        "array": "Whether it is a list.",
        "tree": "The levels of a tree of choices.",
        "lastNodeRequired": "Whether a choice has to end on a last node.",
    },
    "TreeShape": {
        "lastNodeRequired": "Whether a choice has to end on a last node.",
        "children": "The first level of choices.",
    },
    "TreeNodeShape": {
        "id": "What values call the node, with dots between the levels.",
        "deleted": "Whether it can't be chosen any more.",
        "children": "The choices beneath it.",
    },
    "HookShape": {
        "name": "What the hook is called.",
        "eventName": "The event that its payloads are; made of the name when it is left out.",
        "displayEventName": "What people see of the event.",
        "description": "What it is for.",
        "type": "What comes in: the fields of a form, a JSON body, or e-mail.",
        "key": "What keeps a payload from being taken twice.",
    },
    "AppFileShape": _PARTS,
    "AppShape": {
        **_PARTS,
        "app": "What the app is called: letters, digits and _.",
        "settings": "What people set for the app, by category and name.",
    },
    "ActionShape": {
        "name": "What steps call the action.",
        "type": "What performs it, as rest_api.",
        "appSettings": "The settings that it is given.",
        "inputSchema": "The JSON Schema of its params.",
        "outputSchema": "The JSON Schema of its output.",
    },
    "AppSettingShape": {"key": "The setting's name, as in my_app.default.apiKey."},
    "SchemaShape": {
        "properties": "The fields and their schemas.",
        "required": "The fields that must be there.",
    },
    "AppTriggerShape": {"eventName": "The event that starts workflows."},
    "SettingShape": {"type": "What it holds; a secret is never shown."},
}


class OfferedParam(NamedTuple):
    """A parameter that editors offer: its kind in words, and what it may be if that is listed."""

    name: str
    kind: str
    options: tuple[str, ...] = ()


class OfferedAction(NamedTuple):
    """An action that editors offer; one of `needs` must be given in each of its groups."""

    name: str
    label: str
    params: tuple[OfferedParam, ...] = ()
    needs: tuple[tuple[str, ...], ...] = ()


def json_schema(
    actions: Iterable[OfferedAction] = (), operators: Mapping[str, str] = _NOTHING
) -> JsonObject:
    """Return the schema.

    `actions` are offered and not demanded, as apps bring others; those of `operators`, each with
    what it asks, are all there are.
    """
    definitions: dict[str, Any] = {}
    for shape in (WorkflowShape, AppFileShape, AppShape):
        whole = shape.model_json_schema(by_alias=True, ref_template="#/definitions/{model}")
        definitions |= whole.pop("$defs", {})
        definitions[shape.__name__] = whole
    shapes = {each.__name__: each for each in _with_parts(ObjectShape)}
    for name, definition in definitions.items():
        _put_words(definition, shapes[name])
    _offer_actions(definitions["StepShape"], list(actions))
    if operators:
        told = definitions["ConditionShape"]["properties"]["op"]
        told |= {"enum": list(operators), "enumDescriptions": list(operators.values())}
    definitions["ConditionShape"] |= _NESTED
    return {
        "$schema": _DRAFT,
        "title": "A workflow or app file of kobjctl",
        # A list holds what the API of the platform answers.
        "type": ["object", "array"],
        # Offered in an empty file, of which nobody knows yet what it will be.
        "properties": dict.fromkeys(("name", *sorted(WORKFLOW_KEYS)), True),
        **_either(
            {"anyOf": [{"required": [key]} for key in sorted(WORKFLOW_KEYS)]},
            "WorkflowShape",
            _either({"required": ["app"]}, "AppShape", _either({}, "AppFileShape", {})),
        ),
        "definitions": dict(sorted(definitions.items())),
    }


def _either(sign: JsonObject, name: str, otherwise: JsonObject) -> JsonObject:
    """Return the schema of an object that has the shape of a name if it shows a sign of it."""
    return {
        "if": {"type": "object", **sign},
        "then": {"$ref": f"#/definitions/{name}"},
        "else": otherwise,
    }


def _with_parts(shape: type[ObjectShape]) -> Iterable[type[ObjectShape]]:
    for below in shape.__subclasses__():
        yield below
        yield from _with_parts(below)


def _put_words(definition: JsonObject, shape: type[ObjectShape]) -> None:
    """Describe the keys, and admit those that are known but not checked."""
    definition.pop("title", None)
    properties: dict[str, Json] = definition["properties"]
    for key, told in properties.items():
        told.pop("title", None)
        # A default would be put into files by editors, though leaving the key out says the same.
        told.pop("default", None)
        told["description"] = WORDS[shape.__name__][key]
    for key in shape.also.split():
        properties[key] = True


def _offer_actions(step: JsonObject, actions: list[OfferedAction]) -> None:
    """Offer the names of actions, and the params of a step by its action."""
    if not actions:
        return
    named = [{"const": each.name, "description": f"{each.label}."} for each in actions]
    told = step["properties"]["action"]
    told["anyOf"] = [*named, *told["anyOf"]]
    step["allOf"] = [
        {
            "if": {"properties": {"action": {"const": each.name}}, "required": ["action"]},
            "then": {
                "properties": {"params": _params(each)},
                **({"required": ["params"]} if each.needs else {}),
            },
        }
        for each in actions
    ]


def _params(action: OfferedAction) -> JsonObject:
    schema: JsonObject = {"properties": {each.name: _param(each) for each in action.params}}
    if action.needs:
        groups = [[{"required": [name]} for name in group] for group in action.needs]
        schema["allOf"] = [group[0] if len(group) == 1 else {"anyOf": group} for group in groups]
    return schema


def _param(param: OfferedParam) -> JsonObject:
    if param.options:
        return {"anyOf": [{"enum": list(param.options)}, {"type": ["string", "null"]}]}
    known = _TYPES.get(param.kind)
    return {"type": [known, "string", "null"]} if known else {}
