"""The JSON Schema for editors says what the checks of shapes say."""

import json
from pathlib import Path

import jsonschema
import pytest

from kobjctl.actions import ACTIONS
from kobjctl.expressions.operators import OPERATORS
from kobjctl.files.reader import read_document
from kobjctl.files.shapes.checking import check_shape
from kobjctl.files.shapes.table import SHAPES
from kobjctl.files.yaml.reader import read_yaml
from kobjctl.lint.editor_schema import editor_schema

ROOT = Path(__file__).parents[2]
SCHEMA = editor_schema()
VALIDATOR = jsonschema.Draft7Validator(SCHEMA)

BAD = (
    "{name: a, trigger: {hook: b}, steps: 3}",
    "{name: a, trigger: {hok: b}}",
    "{trigger: {hook: b}}",
    "{name: '', trigger: {hook: b}}",
    "{name: a, trigger: {hook: b}, enabled: 1}",
    "{name: a, trigger: {hook: b}, steps: [{}]}",
    "{name: a, trigger: {hook: b, transitions: [{target: c, condition: {op: eq}}]}}",
    "hooks: [{name: a, type: fax}]",
    "klasses: [{name: a b}]",
    "klasses: [{name: a, metadata: {properties: {aStr: 3}}}]",
    "workflows: [{name: a}]",
    "{app: a b, version: 1.0.0, title: A, klasses: []}",
    "{app: a, version: 1.0.0, title: A, klasses: [], colour: red}",
    "actions: [{type: rest_api}]",
    "3",
)
GOOD = (
    "{name: a, trigger: {hook: b}}",
    "{name: a, trigger: {hook: b}, rev: 3, updatedAt: t, steps: [{id: a, action: no.such.one}]}",
    "{name: a, trigger: {hook: b, transitions: [{target: c, condition: }]}}",
    "klasses: []",
    "[{attributes: {name: a, trigger: {hook: b}}}]",
    "{data: {type: workflow, attributes: {name: a, trigger: {hook: b}}}}",
    "{app: a, version: 1.0.0, title: A, workflows: [{name: a, trigger: {eventName: b}}]}",
)


def test_it_is_a_schema():
    jsonschema.Draft7Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("text", GOOD)
def test_a_good_file_is_valid(text):
    document = read_yaml(text, "x.yaml")

    assert [] == check_shape(document)
    assert VALIDATOR.is_valid(document.data)


@pytest.mark.parametrize("text", BAD)
def test_a_file_of_a_wrong_shape_is_not_valid(text):
    document = read_yaml(text, "x.yaml")

    assert check_shape(document)
    assert not VALIDATOR.is_valid(document.data)


WORKFLOWS = [
    path
    for folder in ("sample_workflows", "tests/workflows")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in (".yaml", ".json") and check_shape(read_document(path)) == []
]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_the_samples_are_valid(path):
    text = path.read_text()
    data = json.loads(text) if path.suffix == ".json" else read_yaml(text, path.name).data

    VALIDATOR.validate(data)


@pytest.mark.parametrize("name", SCHEMA["definitions"])
def test_every_key_is_explained_to_editors(name):
    said = SCHEMA["definitions"][name]["properties"]

    for key, each in SHAPES[name].keys.items():
        assert each.words == said[key]["description"]
        assert each.words.endswith(".")


def test_known_keys_without_a_check_are_admitted():
    assert True is SCHEMA["definitions"]["Workflow"]["properties"]["rev"]


def errors(step="", condition=""):
    """Give the paths and words of what is not valid about a step, or about a condition."""
    condition = condition or "{op: exists, values: [a]}"
    text = f"""
name: a
trigger: {{hook: b, transitions: [{{target: c, condition: {condition}}}]}}
steps: [{{id: c{step}}}]
"""
    found = map(inmost, VALIDATOR.iter_errors(read_yaml(text, "x.yaml").data))
    return [("/".join(map(str, error.absolute_path)), error.message) for error in found]


def inmost(error):
    """Give what is wrong with the likeliest of several things that a value may be."""
    while error.context:
        error = max(error.context, key=lambda each: len(each.absolute_path))
    return error


def test_names_are_offered():
    step = SCHEMA["definitions"]["Step"]["properties"]["action"]
    condition = SCHEMA["definitions"]["Condition"]["properties"]["op"]

    assert list(ACTIONS) == [each["const"] for each in step["anyOf"] if "const" in each]
    assert list(OPERATORS) == condition["enum"]
    assert len(condition["enum"]) == len(condition["enumDescriptions"])


@pytest.mark.parametrize("name", ACTIONS)
def test_the_params_of_an_action_are_offered(name):
    ways = SCHEMA["definitions"]["Step"]["allOf"]
    [then] = [way["then"] for way in ways if way["if"]["properties"]["action"] == {"const": name}]

    assert {each.name for each in ACTIONS[name].params} == set(
        then["properties"]["params"]["properties"]
    )


@pytest.mark.parametrize(
    "step",
    [
        ", action: kustomer.app.shop.anything, params: {a: b}",
        ", action: kustomer.app.shop.anything",
        ", action: kustomer.customer.create, params: {unknown: 1, custom: /#steps.1.custom}",
        ", action: kustomer.customer.find",
        ", action: kustomer.conversation.update, params: {id: a, status: '{{steps.1.status}}'}",
        ", action: kustomer.conversation.update, params: {id: a, priority: '3', tags: null}",
        ", action: kustomer.note.create, params: {body: a, customer: b}",
    ],
)
def test_what_an_app_or_a_run_may_know_is_valid(step):
    assert [] == errors(step)


@pytest.mark.parametrize(
    ("step", "place"),
    [
        (", action: kustomer.conversation.update, params: {status: open}", "steps/0/params"),
        (", action: kustomer.conversation.update", "steps/0"),
        (", action: kustomer.note.create, params: {body: a}", "steps/0/params"),
        (", action: kustomer.customer.create, params: {custom: [a]}", "steps/0/params/custom"),
        (", action: kustomer.customer.create, params: {tags: 3}", "steps/0/params/tags"),
    ],
)
def test_what_an_action_can_not_take_is_not_valid(step, place):
    assert [place] == [path for path, _ in errors(step)]


@pytest.mark.parametrize(
    ("condition", "place"),
    [
        ("{op: eqq, values: [a, b]}", "op"),
        ("{op: and, values: [{op: eqq, values: [a, b]}]}", "values/0/op"),
        ("{op: or, values: [a]}", "values/0"),
    ],
)
def test_a_misspelled_operator_is_not_valid(condition, place):
    [(path, message)] = errors(condition=condition)

    assert f"trigger/transitions/0/condition/{place}" == path
    assert "eqq" in message or "is not of type" in message
