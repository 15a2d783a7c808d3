"""What is expected fits what happened: values, parts of them, and matchers."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kobjctl.files.yaml.reader import read_yaml
from kobjctl.files.yaml.writer import write_yaml
from kobjctl.model.values import MISSING
from kobjctl.store.text import decode
from kobjctl.testing.scenarios.matchers import FORMS, MATCHERS, WORDS, form_of, spelled_out
from kobjctl.testing.scenarios.matching import faults, fits, misses

CASES = json.loads(Path(__file__).with_name("matchers.json").read_text())
TEXTS = st.text(st.characters(codec="utf-8"), max_size=20) | st.sampled_from(
    ["1", "1e3", "no", "null", "~", "<<", "a: b", "- a", "# a", "0o17", "2026-01-02", *MATCHERS]
)
# What YAML can't hold as it is, and what JSON can't.
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS
)
KEYS = st.text(st.characters(codec="utf-8"), max_size=20) | st.sampled_from(["no", "1", "a b"])
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


def cases(key):
    return [
        pytest.param(case["expected"], value, id=f"{json.dumps(case['expected'])}-{value!r}")
        for case in CASES
        for value in case[key]
    ]


@pytest.mark.parametrize(("expected", "value"), cases("fits"))
def test_a_value_that_is_as_expected_fits(expected, value):
    assert fits(spelled_out(expected), value)


@pytest.mark.parametrize(("expected", "value"), cases("misses"))
def test_a_value_that_is_not_as_expected_is_missed(expected, value):
    assert not fits(spelled_out(expected), value)


def test_nothing_fits_only_what_expects_nothing():
    expected = ["absent", {"not": "any"}, {"one of": ["absent", 1]}]

    assert expected == [
        each for each in [*expected, "any", "a string", None, {}] if fits(each, MISSING)
    ]


def test_every_matcher_has_cases_of_both_kinds():
    def used(key):
        said = [case["expected"] for case in CASES if case[key]]
        said += [each["a"] for each in said if isinstance(each, dict) and "a" in each]
        return {form_of(each) or each for each in said if form_of(each) or each in list(WORDS)}

    assert set(MATCHERS) == used("fits") | {"absent"}
    assert set(MATCHERS) == used("misses") | {"any"}


@pytest.mark.parametrize("name", MATCHERS)
def test_the_example_of_a_matcher_is_one(name):
    document = read_yaml(f"it: {MATCHERS[name].example}", "example.yaml")
    example = document.data["it"]

    assert name == (form_of(example) or example)
    assert [] == list(faults(example))


@pytest.mark.parametrize(
    ("expected", "path", "message"),
    [
        ({"regex": "("}, ("regex",), "the regular expression can't be read"),
        ({"regex": 1}, ("regex",), "`regex` needs text"),
        ([{"at least": "3"}], (0, "at least"), "needs a number"),
        ({"a": {"one of": "x"}}, ("a", "one of"), "a list"),
        ({"not": {"regex": "["}}, ("not", "regex"), "regular expression"),
        ({"$.a[": 1}, ("$.a[",), "JSONPath"),
    ],
)
def test_what_can_be_compared_with_nothing_is_told(expected, path, message):
    [(found, said)] = faults(expected)

    assert path == found
    assert message in said


def test_where_two_values_differ_is_told_at_each_place():
    expected = {"a": 1, "b": [{"c": "x"}, "any"], "d": "absent"}
    actual = {"a": 2, "b": [{"c": "y"}, 1], "d": 0}

    assert [("a",), ("b", 0, "c"), ("d",)] == [miss.path for miss in misses(expected, actual)]


@given(JSON)
def test_every_value_is_exactly_itself(value):
    assert fits({"exactly": value}, value)


@given(JSON)
def test_what_is_written_as_yaml_is_read_as_it_was(value):
    held = decode(json.dumps({"it": value}))

    document = read_yaml(write_yaml(held), "it.yaml")

    assert held == document.data
    assert () == document.problems


def test_yaml_is_written_as_people_write_it():
    value = {
        "status": "completed",
        "path": ["1", "lookup"],
        "kobjects": [{"title": "Order", "custom": {"idStr": "no", "priceStr": "$10.25"}}],
        "none": [],
        "text": "a\nb",
    }

    assert """\
status: completed
path: ["1", lookup]
kobjects:
  - title: Order
    custom: {idStr: "no", priceStr: $10.25}
none: []
text: "a\\nb"
""" == write_yaml(value)


def test_words_and_forms_are_the_matchers():
    assert {*WORDS, *FORMS} == set(MATCHERS)
