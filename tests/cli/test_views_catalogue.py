"""The catalogue of actions tells which names no public source shows."""

import json
import re

import pytest

from kobjctl.actions import ACTIONS
from kobjctl.actions.base import action
from kobjctl.cli.output.plain import render
from kobjctl.cli.views.catalogue import action_list, action_view
from kobjctl.expressions.functions import FUNCTIONS
from kobjctl.expressions.handlebars import HELPERS
from kobjctl.expressions.operators import OPERATORS
from kobjctl.records.context import RunContext
from kobjctl.records.fields import Fields

UNCONFIRMED = "not confirmed: no public source shows this name"


class Declared(Fields):
    """One."""

    text: str


@action("kustomer.test.guess", label="Test: Guess", output={}, confirmed=False)
def guess(params: Declared, context: RunContext) -> None:
    """Do nothing."""


def shown(view):
    value, blocks = view
    lines = []
    render(blocks, lines.append)
    return value, "".join(lines)


def test_the_list_marks_an_unconfirmed_action():
    value, text = shown(action_list([ACTIONS["kustomer.customer.find"], guess]))

    assert [True, False] == [each["confirmed"] for each in value]
    assert "Test: Guess (not confirmed)\n" in text
    assert 1 == text.count("(not confirmed)")
    assert UNCONFIRMED in text


def test_a_list_of_confirmed_actions_says_nothing_of_it():
    _, text = shown(action_list([ACTIONS["kustomer.customer.find"]]))

    assert "not confirmed" not in text


@pytest.mark.parametrize(("each", "said"), [(guess, 1), (ACTIONS["kustomer.klass.create"], 0)])
def test_an_action_says_that_it_is_unconfirmed(each, said):
    value, text = shown(action_view(each))

    assert value["confirmed"] is not bool(said)
    assert said == text.count(UNCONFIRMED)


TABLES = {"operators": OPERATORS, "functions": FUNCTIONS, "helpers": HELPERS}


@pytest.mark.parametrize("command", TABLES)
def test_every_member_of_a_table_is_listed_with_what_it_takes_and_does(golden, workplace, command):
    listed = json.loads(golden.invoke(workplace, f"kobjctl {command} --json").stdout)

    assert [*TABLES[command]] == [each["name"] for each in listed]
    assert [each.arity for each in TABLES[command].values()] == [
        (each["minValues"], each["maxValues"]) for each in listed
    ]
    assert [] == [each for each in listed if not re.fullmatch(r"\S.*[.:] ?.*", each["summary"])]
    assert {each.name for each in TABLES[command].values() if each.confirmed} == {
        each["name"] for each in listed if each["confirmed"]
    }


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_is_shown_with_its_label_params_and_output(name):
    value, text = shown(action_view(ACTIONS[name]))

    assert ACTIONS[name].label in text
    assert [(each.name, each.type.name) for each in ACTIONS[name].params] == [
        (each["name"], each["type"]) for each in value["params"]
    ]
    assert ACTIONS[name].output.keys() == value["output"].keys()
    assert value["help"]
