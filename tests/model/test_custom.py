"""The custom values of a record, case by case: `custom_values.json`.

A file is a list of groups, each the metadata of `attributes` and cases of one attribute's value
(`repeat`: so many letters) with part of the `error`, of the only `warning`, or that there is
none (`quiet`). The customer …1 and the order …3 exist.
"""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kobjctl.model.custom import MAX_PROPERTIES, check_custom
from kobjctl.model.errors import BadParamError
from kobjctl.model.klass import SUFFIXES, Attribute

GROUPS = json.loads((Path(__file__).parent / "custom_values.json").read_text("utf-8"))
RECORDS = {("customer", f"{1:024x}"), ("kobject.order", f"{3:024x}")}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


def refers_to(target, record_id):
    return (target, record_id) in RECORDS


def check(custom, attributes=()):
    declared = {name: Attribute.from_json(name, each) for name, each in dict(attributes).items()}
    return check_custom(custom, declared, refers_to)


def value_of(case):
    return "x" * case["repeat"] if "repeat" in case else case["value"]


def cases(*, refused):
    return [
        pytest.param(
            group["attributes"],
            case,
            id=f"{case['name']}-{json.dumps(case.get('value', case.get('repeat')))[:40]}",
        )
        for group in GROUPS
        for case in group["cases"]
        if refused is ("error" in case)
    ]


@pytest.mark.parametrize(("attributes", "case"), cases(refused=False))
def test_a_value_that_fits_is_taken(attributes, case):
    warnings = check({case["name"]: value_of(case)}, attributes)

    if "warning" in case:
        assert any(case["warning"] in warning for warning in warnings)
    if case.get("quiet"):
        assert [] == warnings


@pytest.mark.parametrize(("attributes", "case"), cases(refused=True))
def test_a_value_that_does_not_fit_is_refused_as_the_platform_would(attributes, case):
    with pytest.raises(BadParamError) as caught:
        check({case["name"]: value_of(case)}, attributes)

    answer = caught.value.as_json()
    assert case["error"] in answer["title"]
    assert (400, "badparam") == (answer["status"], answer["code"])
    assert {"parameter": case["name"]} == answer.get("source", {"parameter": ""})
    assert case.get("detail", f"/properties/custom/{case['name']}") == answer["detail"]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_null_clears_a_value_of_any_type(suffix):
    name = f"a{suffix}"

    assert [] == check({name: None}, {name: {}})


def test_a_hundred_attributes_are_taken():
    custom = {f"a{number}Num": number for number in range(MAX_PROPERTIES)}

    assert [] == check(custom, {name: {} for name in custom})


def test_a_hundred_and_one_attributes_are_too_many():
    with pytest.raises(BadParamError, match="custom has 101 attributes") as caught:
        check({f"a{number}Num": number for number in range(MAX_PROPERTIES + 1)})

    assert "custom" == caught.value.parameter


def test_every_undeclared_attribute_gets_its_own_warning():
    warnings = check({"aStr": "x", "bNum": 1, "cBool": True}, {"bNum": {}})

    assert ['"aStr"', '"cBool"'] == [warning.split()[1] for warning in warnings]


def test_the_letters_of_a_text_are_counted_not_its_bytes():
    assert [] == check({"aStr": "😀" * 1024}, {"aStr": {}})


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([f"a{suffix}" for suffix in SUFFIXES] + ["a", "A", "Str"]), JSON
    ),
    st.booleans(),
)
def test_any_values_are_taken_with_warnings_or_refused(custom, declared):
    attributes = {name: {"target": "customer"} for name in custom} if declared else {}

    try:
        warnings = check(custom, attributes)
    except BadParamError as refusal:
        warnings = [refusal.message]

    assert all(isinstance(warning, str) and warning for warning in warnings)


@pytest.mark.parametrize(
    ("name", "value", "given", "cure"),
    [
        ("soldAt", "2025-11-30 18:00:00", 'not text ("2025-11-30 18:00:00")', "{{dateFormat"),
        ("soldAt", 1764525600, "not a number (1764525600)", "{{dateFormat PATH}}"),
        ("litresNum", "7.5", 'not text ("7.5")', "/#fn:parseFloat,PATH"),
        ("freshBool", "yes", 'not text ("yes")', "without quotes"),
        ("shelfStr", 4, "not a number (4)", "{{{PATH}}}"),
        ("shelfStr", ["a"], "not a list", "{{{PATH}}}"),
        ("siteUrl", "example.com", 'not text ("example.com")', "https://"),
        ("ownerId", "me", 'not text ("me")', "/#steps.STEP.id"),
    ],
)
def test_a_refusal_names_the_value_and_the_cure(name, value, given, cure):
    declared = {name: Attribute(name, "", target="customer")}
    with pytest.raises(BadParamError) as raised:
        check_custom({name: value}, declared, lambda *_: True)

    assert raised.value.message.endswith(given)
    assert cure in raised.value.hint
