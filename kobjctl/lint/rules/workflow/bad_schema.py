"""WF606: a schema of a callable workflow with a slip in it."""

from collections.abc import Iterator
from typing import Final

from kobjctl.actions.schema import SCHEMA_TYPES
from kobjctl.lint.rule import Finding, rule
from kobjctl.lint.subject import Subject
from kobjctl.model.errors import closest, did_you_mean
from kobjctl.model.values import Json, JsonObject, JsonPath

_TYPES: Final = (*SCHEMA_TYPES, "null")
# Those of JSON Schema that people write by hand, most of which have no effect here.
_WORDS: Final = (
    "$comment $defs $id $ref $schema additionalItems additionalProperties allOf anyOf const"
    " contains default definitions dependencies description else enum examples exclusiveMaximum"
    " exclusiveMinimum format if items maxItems maxLength maxProperties maximum minItems"
    " minLength minProperties minimum multipleOf not oneOf pattern patternProperties properties"
    " propertyNames readOnly required then title type uniqueItems writeOnly"
)
_KEYS: Final = frozenset(_WORDS.split())
# Those that have an effect here.
_USED: Final = (
    *("type", "properties", "required", "items", "enum"),
    *("additionalProperties", "default"),
)


@rule("WF606", "bad-schema", severity="warning", about=("schemas",))
def bad_schema(subject: Subject) -> Iterator[Finding]:
    """The schema of a trigger or response should use the types and keys of JSON Schema.

    Unknown types and keys have no effect: the input is not checked and not cast, and a required one
    may be missing.

    Bad (-) and good (+):

          name: tell
          trigger:
            callable: true
        -   schema: {properties: {customer: {type: text}}, required: [custmer]}
        +   schema: {properties: {customer: {type: string}}, required: [customer]}
            transitions: []
          steps: []
    """
    document = subject.workflow.document
    trigger, response = document["trigger"], document.get("response")
    todo: list[tuple[JsonPath, Json]] = [(("trigger", "schema"), trigger.get("schema"))]
    if isinstance(response, dict):
        todo.append((("response", "schema"), response.get("schema")))
    while todo:
        path, schema = todo.pop()
        if isinstance(schema, dict):
            yield from _of_keys(path, schema)
            yield from _of_type(path, schema.get("type"))
            yield from _of_required(path, schema)
            todo += _within(path, schema)


def _within(path: JsonPath, schema: JsonObject) -> Iterator[tuple[JsonPath, Json]]:
    properties = schema.get("properties")
    for name, inner in properties.items() if isinstance(properties, dict) else ():
        yield (*path, "properties", name), inner
    yield (*path, "items"), schema.get("items")


def _of_keys(path: JsonPath, schema: JsonObject) -> Iterator[Finding]:
    for key in schema:
        close = "" if key in _KEYS else closest(key, [each for each in _USED if each not in schema])
        if close:
            message = f'JSON Schema has no key "{key}"'
            yield Finding((*path, key), message, f'did you mean "{close}"?', key=True)


def _of_type(path: JsonPath, value: Json) -> Iterator[Finding]:
    listed = value if isinstance(value, list) else [value]
    for index, name in enumerate(listed):
        if value is None or (isinstance(name, str) and name in _TYPES):
            continue
        place = (*path, "type", index) if listed is value else (*path, "type")
        hint = did_you_mean(name, _TYPES) if isinstance(name, str) else ""
        shown = f'"{name}"' if isinstance(name, str) else "this"
        message = f"{shown} is not a type of JSON Schema"
        yield Finding(place, message, hint or f"the types are {', '.join(_TYPES)}")


def _of_required(path: JsonPath, schema: JsonObject) -> Iterator[Finding]:
    """Yield the required names that are no property but look like one."""
    properties, required = schema.get("properties"), schema.get("required")
    if not isinstance(properties, dict) or not isinstance(required, list):
        return
    for index, name in enumerate(required):
        free = [each for each in properties if each not in required]
        if isinstance(name, str) and name not in properties and closest(name, free):
            message = f'the schema has no property "{name}"'
            hint = f'did you mean "{closest(name, free)}"?'
            yield Finding((*path, "required", index), message, hint)
