"""Conditions, case by case: `conditions.json`.

A file is a list of groups, each a scope (`given`) and cases of a condition (`op`, `values`) with
whether it `holds` or part of its `error`; where it matters also what was `seen`, or a part of the
`note` ("" for none).
"""

import json
from copy import deepcopy
from pathlib import Path

import pytest

from kobjctl.expressions.condition import SHOWN_LENGTH, compile_condition, shorten
from kobjctl.expressions.operators import OPERATORS
from kobjctl.model.errors import KobjctlError

GROUPS = json.loads((Path(__file__).parent / "conditions.json").read_text("utf-8"))


def cases(key):
    """Give (scope, case) of every case that says something of `key`."""
    return [
        pytest.param(group["given"], case, id=f"{case['op']}-{json.dumps(case.get('values'))[:80]}")
        for group in GROUPS
        for case in group["cases"]
        if key in case
    ]


def decide(case, scope):
    condition = {key: case[key] for key in ("op", "values") if key in case}
    return compile_condition(condition)(scope)


@pytest.mark.parametrize(("given", "case"), cases("holds"))
def test_a_condition_holds_or_not_as_its_case_says(given, case):
    holds, seen = decide(case, given)

    assert case["holds"] is holds
    assert case["holds"] is seen["holds"]
    assert case["op"] == seen["op"]


@pytest.mark.parametrize(("given", "case"), cases("note"))
def test_a_decision_says_which_reading_decided_and_else_nothing(given, case):
    _, seen = decide(case, given)
    note = seen.get("note", "")

    assert case["note"] in note
    assert bool(case["note"]) == bool(note)


@pytest.mark.parametrize(("given", "case"), cases("seen"))
def test_a_decision_shows_what_the_condition_saw(given, case):
    _, seen = decide(case, given)

    # As JSON: true is not 1.
    assert json.dumps(case["seen"], sort_keys=True) == json.dumps(seen, sort_keys=True)


@pytest.mark.parametrize(("given", "case"), cases("error"))
def test_a_condition_that_cant_be_decided_says_why(given, case):
    with pytest.raises(KobjctlError) as caught:
        decide(case, given)

    assert case["error"] in caught.value.message


@pytest.mark.parametrize(("given", "case"), cases("holds"))
def test_deciding_changes_neither_the_condition_nor_the_scope(given, case):
    own, scope = deepcopy(case), deepcopy(given)

    decide(own, scope)

    assert case == own
    assert given == scope


def test_an_unknown_operator_is_no_error_until_it_is_decided():
    decide = compile_condition({"op": "equals", "values": [1, 1]})

    with pytest.raises(KobjctlError, match='no operator is called "equals"'):
        decide({"steps": {}})


def test_a_misspelled_operator_gets_a_suggestion():
    with pytest.raises(KobjctlError) as caught:
        compile_condition({"op": "exsits", "values": [1]})({})

    assert 'did you mean "exists"?' == caught.value.hint


def test_an_operator_unlike_any_gets_the_list():
    with pytest.raises(KobjctlError) as caught:
        compile_condition({"op": "zzz", "values": [1]})({})

    assert all(name in caught.value.hint for name in OPERATORS)


def test_an_error_that_is_raised_in_every_run_does_not_grow():
    decide = compile_condition({"op": "equals", "values": [1, 1]})

    def depth():
        with pytest.raises(KobjctlError) as caught:
            decide({"steps": {}})
        return len(caught.traceback)

    assert depth() == [depth() for _ in range(10)][-1]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("", ""),
        ("a" * SHOWN_LENGTH, "a" * SHOWN_LENGTH),
        ("a" * 1234, f"{'a' * SHOWN_LENGTH}… 1,234 characters"),
        ([1, 2], [1, 2]),
        (["a" * SHOWN_LENGTH, 1], "… list of 2"),
        ({"a": "b" * SHOWN_LENGTH}, "… object of 1"),
        (list(range(2000)), "… list of 2,000"),
        (10**400, 10**400),
        (None, None),
        (False, False),
    ],
)
def test_a_large_value_is_named_in_the_log_not_repeated(value, shown):
    assert shown == shorten(value)


def test_the_nine_operators_of_the_public_sources_are_confirmed():
    confirmed = {"true", "eq", "exists", "dne", "gt", "gte", "contains", "and", "or"}

    assert confirmed == {name for name, each in OPERATORS.items() if each.confirmed}


@pytest.mark.parametrize(
    ("name", "arity"),
    [
        ("true", "1 value"),
        ("eq", "2 values"),
        ("exists", "1 or 2 values"),
        ("and", "at least 1 value"),
    ],
)
def test_an_operator_says_how_many_values_it_takes(name, arity):
    assert arity == str(OPERATORS[name].arity)
