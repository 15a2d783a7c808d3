"""The JSON Schema for editors says what the checks of shapes say."""

import json
from pathlib import Path

import jsonschema
import pytest

from kobjctl.actions import ACTIONS
from kobjctl.expressions.operators import OPERATORS
from kobjctl.files.json_schema import WORDS, json_schema
from kobjctl.files.shape_models import AppFileShape, AppShape, WorkflowShape, shape_at
from kobjctl.files.shapes import check_shape
from kobjctl.files.yaml_reader import read_yaml

ROOT = Path(__file__).parents[2]
SCHEMA = json_schema(ACTIONS, OPERATORS)
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


@pytest.mark.parametrize(
    "path", sorted((ROOT / "sample_workflows").iterdir()), ids=lambda path: path.name
)
def test_the_samples_are_valid(path):
    text = path.read_text()
    data = json.loads(text) if path.suffix == ".json" else read_yaml(text, path.name).data

    VALIDATOR.validate(data)


def shapes():
    """Give every shape that files have."""
    todo, found = [WorkflowShape, AppShape, AppFileShape], {}
    while todo:
        shape = todo.pop()
        if shape not in found.values():
            found[shape.__name__] = shape
            for key in (str(field.alias) for field in shape.model_fields.values()):
                for path in ((key,), (key, 0), (key, 0, 0)):
                    part = shape_at(shape, path)
                    todo += [part] if part else []
    return found


def test_every_key_of_every_shape_is_explained_to_editors():
    keys = {
        name: {str(field.alias) for field in shape.model_fields.values()}
        for name, shape in shapes().items()
    }

    assert keys == {name: set(words) for name, words in WORDS.items()}
    assert set(keys) == set(SCHEMA["definitions"])
    for name, words in WORDS.items():
        for key, said in words.items():
            assert said == SCHEMA["definitions"][name]["properties"][key]["description"]
            assert said.endswith(".")


def test_known_keys_without_a_check_are_admitted():
    assert True is SCHEMA["definitions"]["WorkflowShape"]["properties"]["rev"]


def test_names_are_offered():
    step = SCHEMA["definitions"]["StepShape"]["properties"]["action"]
    condition = SCHEMA["definitions"]["ConditionShape"]["properties"]["op"]

    assert {"enum": list(ACTIONS)} == step["anyOf"][0]
    assert {"enum": list(OPERATORS)} == condition["anyOf"][0]
