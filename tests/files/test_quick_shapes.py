"""What is let through at first sight is what the models find nothing in."""

import copy
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kobjctl.files.shapes.faults import faults
from kobjctl.files.shapes.quick import QUICK
from kobjctl.files.yaml.reader import read_yaml

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
KINDS = {
    "ConditionShape": CONDITION,
    "WorkflowShape": WORKFLOW,
    "KlassShape": FILE["klasses"][0],
    "EnvelopeShape": {"id": "i", "type": "workflow", "attributes": {}},
    "AppFileShape": FILE,
    "AppShape": APP,
}
EVERY = pytest.mark.parametrize(("name", "good"), KINDS.items(), ids=KINDS)
ODD = [
    None,
    True,
    0,
    1.5,
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


def test_every_shape_that_is_let_through_is_tried():
    assert set(QUICK) == set(KINDS)


@EVERY
def test_a_good_value_is_let_through(name, good):
    assert QUICK[name](good)
    assert [] == list(faults(name, good))


@EVERY
def test_whatever_stands_in_a_place_both_say_the_same(name, good):
    for path in list(places(good))[1:]:
        for odd in ODD:
            changed = copy.deepcopy(good)
            holder(changed, path)[path[-1]] = odd

            assert (not list(faults(name, changed))) == QUICK[name](changed), (path, odd)


@EVERY
def test_whatever_key_is_gone_or_new_both_say_the_same(name, good):
    for path in places(good):
        for key in ("new", "id", "name", "meta", "updatedAt", "example", None):
            changed = copy.deepcopy(good)
            within = holder(changed, (*path, key))
            if isinstance(within, dict) and key:
                within[key] = "x"
            elif path and isinstance(holder(changed, path), dict):
                del holder(changed, path)[path[-1]]

            assert (not list(faults(name, changed))) == QUICK[name](changed), (path, key)


@given(st.data())
def test_several_changes_at_once_are_let_through_only_if_good(data):
    changed = copy.deepcopy(APP)
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from(list(places(changed))[1:]))
        holder(changed, path)[path[-1]] = copy.deepcopy(data.draw(st.sampled_from(ODD)))

    assert not QUICK["AppShape"](changed) or [] == list(faults("AppShape", changed))


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

    assert QUICK["AppFileShape"](app(100))
    assert not QUICK["AppFileShape"](app(101))


@pytest.mark.parametrize("path", sorted(SAMPLES.iterdir()), ids=lambda path: path.name)
def test_the_samples_are_let_through(path):
    text = path.read_text()
    data = json.loads(text) if path.suffix == ".json" else read_yaml(text, path.name).data

    assert QUICK["AppFileShape"](data)
