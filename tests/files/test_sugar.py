import copy

import pytest

from kobjctl.files.shapes.sugar import expand
from kobjctl.files.yaml.reader import read_yaml
from kobjctl.model.errors import UnknownNameError

ALWAYS = {"op": "true", "values": [True]}


def event_of(hook):
    if hook != "orders":
        raise UnknownNameError("hook", hook, ["orders"])
    return "kustomer.hooks.form.1.receive"


def test_all_sugar_is_expanded():
    workflow = read_yaml(
        """
        name: order
        trigger:
          hook: orders
          meta: {displayName: An order}
          transitions:
            - target: a
        steps:
          - id: a
            action: kustomer.customer.create
            errorCases:
              - target: b
          - id: b
        """,
        "x",
    ).data

    expected = {
        "description": "",
        "name": "order",
        "trigger": {
            "id": "1",
            "eventName": "kustomer.hooks.form.1.receive",
            "meta": {"displayName": "An order"},
            "transitions": [{"target": "a", "condition": ALWAYS}],
        },
        "steps": [
            {
                "id": "a",
                "action": "kustomer.customer.create",
                "errorCases": [{"target": "b", "condition": ALWAYS}],
                "transitions": [],
            },
            {"id": "b", "transitions": [], "errorCases": []},
        ],
    }
    expanded = expand(workflow, event_of)
    assert expected == expanded
    assert list(expected) == list(expanded)
    assert list(expected["trigger"]) == list(expanded["trigger"])
    assert list(expected["steps"][0]) == list(expanded["steps"][0])


def test_a_workflow_without_sugar_stays_as_it_is():
    workflow = {
        "name": "order",
        "trigger": {
            "transitions": [{"condition": {"op": "eq", "values": [1, 1]}, "target": "a"}],
            "eventName": "kustomer.customer.create",
            "id": "1",
        },
        "steps": [{"errorCases": [], "transitions": [], "params": {"a": None}, "id": "a"}],
        "description": "Greets",
        "rev": 7,
    }

    expanded = expand(workflow, event_of)

    assert workflow == expanded
    assert list(workflow["steps"][0]) == list(expanded["steps"][0])


def test_a_condition_that_says_null_is_always_and_a_description_stays_null():
    workflow = read_yaml(
        "{name: a, description: ,"
        " trigger: {hook: orders, transitions: [{target: b, condition: }]}}",
        "x",
    ).data

    expanded = expand(workflow, event_of)

    assert expanded["description"] is None
    assert [{"target": "b", "condition": ALWAYS}] == expanded["trigger"]["transitions"]


def test_nothing_is_shared_with_the_given_workflow_nor_between_aliases():
    workflow = read_yaml(
        "{name: a, trigger: {callable: true, transitions: &t [{target: b}]},"
        " steps: [{id: b, params: &p {x: [1]}, transitions: *t}, {id: c, params: *p}]}",
        "x",
    ).data
    before = copy.deepcopy(workflow)

    expanded = expand(workflow, event_of)
    expanded["steps"][0]["params"]["x"].append(2)
    expanded["steps"][0]["transitions"][0]["condition"]["values"].append(2)

    assert before == workflow
    assert {"x": [1]} == expanded["steps"][1]["params"]
    assert [{"target": "b", "condition": ALWAYS}] == expanded["trigger"]["transitions"]


def test_a_hook_that_nobody_knows_is_the_callers_error():
    with pytest.raises(UnknownNameError):
        expand({"name": "a", "trigger": {"hook": "order"}}, event_of)
