"""What is let through at first sight is what pydantic finds nothing in; so says JSON Schema."""

import copy
import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kobjctl.files.shapes.faults import faults
from kobjctl.files.shapes.quick import fits
from kobjctl.files.shapes.table import SHAPES
from kobjctl.files.yaml.reader import read_yaml
from kobjctl.lint.editor_schema import definitions

SAMPLES = Path(__file__).parents[2] / "sample_workflows"
CONDITION = {"op": "eq", "values": [1, "/#steps.1.id"]}
TRANSITION = {"target": "a", "condition": CONDITION, "meta": {"name": "x"}, "_id": 1, "id": 2}
WORKFLOW = {
    "_id": 1,
    "rev": 2,
    "id": "i",
    "name": "n",
    "description": None,
    "enabled": False,
    "meta": None,
    "trigger": {
        "_id": 1,
        "id": "1",
        "eventName": "e",
        "hook": "h",
        "appVersion": "v",
        "meta": {},
        "callable": True,
        "schema": {"properties": {"a": {}}, "required": ["a"]},
        "transitions": [TRANSITION, {"target": "b"}],
    },
    "steps": [
        {
            "_id": 1,
            "id": "a",
            "action": "x",
            "appVersion": None,
            "params": {"p": [1]},
            "meta": {"displayName": "A"},
            "transitions": [TRANSITION],
            "errorCases": [TRANSITION],
        },
        {"id": "b", "action": None, "params": None},
    ],
    "response": {"schema": {"properties": {"a": {}}, "required": ["a"]}},
}
ATTRIBUTE = {
    "displayName": "d",
    "type": "string",
    "enumeration": ["a"],
    "target": "t",
    "multi": True,
    "array": False,
    "tree": {
        "lastNodeRequired": True,
        "children": [{"id": "a", "displayName": "A", "deleted": True}, {"id": "b", "children": []}],
    },
    "lastNodeRequired": False,
    "other": 1,
}
FILE = {
    "more": "any",
    "klasses": [
        {
            "_id": 1,
            "name": "order",
            "displayName": "O",
            "icon": "i",
            "color": "c",
            "status": "enabled",
            "metadata": {"standard": False, "properties": {"aStr": ATTRIBUTE}, "more": 1},
        }
    ],
    "hooks": [
        {
            "_id": 1,
            "name": "h",
            "eventName": "e",
            "displayEventName": "d",
            "description": "x",
            "type": "web",
            "key": "k",
        }
    ],
    "workflows": [WORKFLOW],
    "actions": [
        {
            "name": "a",
            "type": "rest_api",
            "appSettings": {"k": {"key": "a.b.c"}},
            "inputSchema": {"properties": {"a": {}}, "required": ["a"], "more": 1},
            "outputSchema": None,
        }
    ],
    "triggers": [{"eventName": "e", "outputTemplate": {}}],
}
APP = {key: value for key, value in FILE.items() if key != "more"} | {
    "app": "my_app",
    "version": "1.0.0",
    "settings": {"default": {"key": {"type": "secret", "more": 1}}},
}
FIXTURE = {
    "now": "2026-03-02T09:30:00Z",
    "seed": 1,
    "stepLimit": 1,
    "chainLimit": 2,
    "timeLimit": 0.5,
    "apps": ["a.yaml"],
    "klasses": [{"name": "order"}],
    "variables": {"a": 1},
    "settings": {},
    "stubs": "web.yaml",
    "customers": [{}],
}
SCENARIOS = {
    "workflow": "a.yaml",
    "workflows": ["b.yaml"],
    "given": FIXTURE,
    "scenarios": [
        {"name": "a", "skip": "b", "given": {"seed": 1}, "send": [], "expect": {}, "snapshot": {}},
        {"name": "b", "given": None, "expect": None},
    ],
}
STUBS = {
    "http": [
        {
            "request": {
                "method": "GET",
                "url": "https://a.example",
                "headers": {"a": "b"},
                "query": {"a": 1},
                "body": [1],
                "exact": True,
            },
            "response": {"status": 200, "headers": {"a": 1}, "body": 1, "base64": "", "delay": 1},
        },
        {"request": {"url": "/"}, "fail": "reset"},
    ],
    "actions": [{"action": "a", "params": {"b": 1}, "output": {"c": 1}, "fail": "d"}],
}
# What has a shape of a name, and in it all of those that it has parts of.
GOOD = {
    "Condition": CONDITION,
    "Workflow": WORKFLOW,
    "Klass": FILE["klasses"][0],
    "Envelope": {"id": "i", "type": "workflow", "attributes": {}},
    "AppFile": FILE,
    "App": APP,
    "ScenarioFile": SCENARIOS,
    "Stubs": STUBS,
}
EVERY = pytest.mark.parametrize(("name", "good"), GOOD.items(), ids=GOOD)
ODD = [
    None,
    True,
    0,
    -1,
    1.5,
    600,
    "",
    "x",
    "fax",
    "a b",
    "x" * 65,
    "x" * 256,
    [],
    [1],
    [None],
    {},
    {"a": 1},
]


def places(value, path=()):
    """Yield the path of everything in a value."""
    yield path
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(inner, (*path, key))


def holder(value, path):
    for part in path[:-1]:
        value = value[part]
    return value


def said(name, value):
    """Tell whether a value has a shape, as all three say."""
    at_sight = fits(name, value)
    assert at_sight is (not list(faults(name, value)))
    assert at_sight is VALIDATORS[name].is_valid(value)
    return at_sight


VALIDATORS = {
    name: jsonschema.Draft7Validator(
        {"$ref": f"#/definitions/{name}", "definitions": definitions(name)}
    )
    for name in GOOD
}


def test_every_shape_is_tried():
    assert set(SHAPES) == {each for name in GOOD for each in definitions(name)}


@EVERY
def test_a_good_value_is_let_through(name, good):
    assert said(name, good)


@EVERY
def test_whatever_stands_in_a_place_all_say_the_same(name, good):
    verdicts = set()
    for path in list(places(good))[1:]:
        for odd in ODD:
            changed = copy.deepcopy(good)
            holder(changed, path)[path[-1]] = odd
            verdicts.add(said(name, changed))

    assert {True, False} == verdicts


@EVERY
def test_whatever_key_is_gone_or_new_all_say_the_same(name, good):
    for path in places(good):
        for key in ("new", "id", "name", "meta", "updatedAt", "example", None):
            changed = copy.deepcopy(good)
            within = holder(changed, (*path, key))
            if isinstance(within, dict) and key:
                within[key] = "x"
            elif path and isinstance(holder(changed, path), dict):
                del holder(changed, path)[path[-1]]

            said(name, changed)


@given(st.data())
def test_of_several_changes_at_once_all_say_the_same(data):
    name = data.draw(st.sampled_from(["App", "ScenarioFile", "Stubs"]))
    changed = copy.deepcopy(GOOD[name])
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from(list(places(changed))[1:]))
        holder(changed, path)[path[-1]] = copy.deepcopy(data.draw(st.sampled_from(ODD)))

    said(name, changed)


def test_a_hundred_attributes_are_let_through_and_no_more():
    def app(count):
        return {
            "klasses": [
                {
                    "name": "k",
                    "metadata": {"properties": {f"a{number}Str": {} for number in range(count)}},
                }
            ]
        }

    assert fits("AppFile", app(100))
    assert not fits("AppFile", app(101))


@pytest.mark.parametrize("path", sorted(SAMPLES.iterdir()), ids=lambda path: path.name)
def test_the_samples_are_let_through(path):
    text = path.read_text()
    data = json.loads(text) if path.suffix == ".json" else read_yaml(text, path.name).data

    assert fits("AppFile", data)
