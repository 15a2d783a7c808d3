"""How an action declares its params, and how values are cast to them."""

import json
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kobjctl.actions.base import ResultWithWarnings, action, carry_out
from kobjctl.javascript.json_text import stringify
from kobjctl.model.errors import BadParamError
from kobjctl.model.kinds.limits import IntegerRange, Length, OneOf
from kobjctl.model.values import MISSING, JsonObject, MissingValue
from kobjctl.records.casts import CASTS, cast_notes
from kobjctl.records.context import RunContext
from kobjctl.records.fields import (
    Alias,
    Fields,
    JsonList,
    OptionalText,
    given_fields,
    read_fields,
)

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


class Declared(Fields):
    """One of each."""

    klass_name: str
    amount: float
    paid: bool
    custom_data: JsonObject
    line_items: JsonList
    anything: object
    short_text: Annotated[str, Length(3, least=1)] | MissingValue | None = MISSING
    note: OptionalText = MISSING
    detect_lang: Annotated[bool, Alias("DetectLang")] | MissingValue | None = MISSING


@action("kustomer.test.echo", label="Test: Echo", output={})
def echo(params: Declared, context: RunContext) -> ResultWithWarnings:
    """Give back what was given."""
    return ResultWithWarnings({"given": given_fields(params)}, ["a warning of its own"])


PARAMS = {param.name: param for param in read_fields(Declared)}
REQUIRED = {
    "klassName": "order",
    "amount": 1,
    "paid": True,
    "customData": {},
    "lineItems": [],
    "anything": 0,
}


@pytest.mark.parametrize(
    ("param", "value", "result"),
    [
        ("klassName", "text", "text"),
        ("klassName", "", ""),
        ("klassName", "null", "null"),
        ("klassName", 5, "5"),
        ("klassName", -1.5, "-1.5"),
        ("klassName", 12345678901234567890, "12345678901234567890"),
        ("klassName", 20.0, "20"),
        ("klassName", 1e21, "1e+21"),
        ("klassName", True, "true"),
        ("klassName", False, "false"),
        ("klassName", {}, "{}"),
        ("klassName", [], "[]"),
        ("klassName", {"a": 1, "b": [True, None, "x y"]}, '{"a":1,"b":[true,null,"x y"]}'),
        ("klassName", {"ä": "😀"}, '{"ä":"😀"}'),
        ("klassName", ['"', "\\", "\n"], '["\\"","\\\\","\\n"]'),
        ("klassName", None, None),
        ("amount", 5, 5),
        ("amount", 5.5, 5.5),
        ("amount", "42", 42),
        ("amount", "-1.5", -1.5),
        ("amount", " 42 ", 42),
        ("amount", None, None),
        ("amount", "", 0),
        ("amount", " 0x1F ", 31),
        ("amount", "9007199254740993", 9007199254740992),
        ("amount", True, 1),
        ("paid", True, True),
        ("paid", False, False),
        ("paid", "true", True),
        ("paid", "false", False),
        ("paid", None, None),
        ("customData", {"a": 1}, {"a": 1}),
        ("customData", '{"a": [1, null]}', {"a": [1, None]}),
        ("customData", " {} ", {}),
        ("customData", None, None),
        ("lineItems", [1], [1]),
        ("lineItems", "[1, {}]", [1, {}]),
        ("lineItems", None, None),
        ("anything", "5", "5"),
        ("anything", {"a": [None]}, {"a": [None]}),
        ("anything", None, None),
        ("shortText", "abc", "abc"),
        ("shortText", 123, "123"),
        ("shortText", "😀😀😀", "😀😀😀"),
    ],
)
def test_a_value_is_cast_to_what_its_param_declares(param, value, result):
    # As JSON: true is not 1, and 42 is not 42.0.
    assert json.dumps(result) == json.dumps(PARAMS[param].cast(value))


@pytest.mark.parametrize(
    ("param", "value", "why"),
    [
        ("amount", "ten", '"amount" must be a number, not text'),
        ("amount", "1,000", '"amount" must be a number, not text'),
        ("amount", [1], '"amount" must be a number, not a list'),
        ("amount", {}, '"amount" must be a number, not an object'),
        ("paid", 1, '"paid" must be true or false, not a number'),
        ("paid", 0, '"paid" must be true or false, not a number'),
        ("paid", "TRUE", '"paid" must be true or false, not text'),
        ("paid", "yes", '"paid" must be true or false, not text'),
        ("paid", "", '"paid" must be true or false, not text'),
        ("customData", "text", '"customData" must be an object, not text'),
        ("customData", "", '"customData" must be an object, not text'),
        ("customData", "[1]", '"customData" must be an object, not text'),
        ("customData", '"{}"', '"customData" must be an object, not text'),
        ("customData", "{'a': 1}", '"customData" must be an object, not text'),
        ("customData", '{"a": 1} x', '"customData" must be an object, not text'),
        ("customData", '{"a": NaN}', '"customData" must be an object, not text'),
        ("customData", '{"a": -Infinity}', '"customData" must be an object, not text'),
        ("customData", '{"a":' * 90_000, '"customData" must be an object, not text'),
        ("customData", [], '"customData" must be an object, not a list'),
        ("customData", 5, '"customData" must be an object, not a number'),
        ("lineItems", "a, b", '"lineItems" must be a list, not text'),
        ("lineItems", "{}", '"lineItems" must be a list, not text'),
        ("lineItems", {}, '"lineItems" must be a list, not an object'),
        ("lineItems", False, '"lineItems" must be a list, not true or false'),
        ("shortText", "abcd", "shortText must have"),
        ("shortText", 1234, "shortText must have"),
    ],
)
def test_a_value_that_cant_be_cast_is_refused(param, value, why):
    with pytest.raises(BadParamError) as caught:
        PARAMS[param].cast(value)

    assert why in caught.value.message
    assert param == caught.value.parameter


@given(st.sampled_from(sorted(PARAMS)), JSON)
def test_any_value_is_cast_or_refused(name, value):
    try:
        cast = PARAMS[name].cast(value)
    except BadParamError as refusal:
        cast = refusal.message

    assert (cast is None) == (value is None)


@given(JSON)
def test_text_of_an_object_or_a_list_reads_back_as_it(value):
    for name, kind in (("customData", dict), ("lineItems", list)):
        if isinstance(value, kind):
            text = PARAMS["klassName"].cast(value)
            assert stringify(value) == stringify(PARAMS[name].cast(text))


def test_a_declaration_is_read_in_its_order_with_the_platforms_spelling():
    assert [
        ("klassName", "klass_name", "text", True),
        ("amount", "amount", "number", True),
        ("paid", "paid", "true or false", True),
        ("customData", "custom_data", "object", True),
        ("lineItems", "line_items", "list", True),
        ("anything", "anything", "anything", True),
        ("shortText", "short_text", "text", False),
        ("note", "note", "text", False),
        ("DetectLang", "detect_lang", "true or false", False),
    ] == [
        (each.name, each.attribute, each.type.name, each.required) for each in read_fields(Declared)
    ]


def test_every_type_that_can_be_declared_has_a_cast():
    assert {str, float, bool, dict, list, object} == set(CASTS)


def test_what_was_not_given_is_not_there(engine):
    output, _ = carry_out(echo, REQUIRED, engine.context(0, 1))

    assert REQUIRED == output["given"]


def test_an_alias_is_the_name_of_its_param(engine):
    output, warnings = carry_out(
        echo, {**REQUIRED, "DetectLang": True, "detectLang": True}, engine.context(0, 1)
    )

    assert {**REQUIRED, "DetectLang": True} == output["given"]
    assert 'the action has no parameter "detectLang"; it was left out' in warnings


def test_what_is_null_counts_as_given(engine):
    output, _ = carry_out(echo, {**REQUIRED, "note": None, "shortText": None}, engine.context(0, 1))

    assert {**REQUIRED, "note": None, "shortText": None} == output["given"]


@pytest.mark.parametrize("name", REQUIRED)
@pytest.mark.parametrize("left_out", [True, False])
def test_a_required_param_must_be_there_and_not_null(name, left_out, engine):
    given = {**REQUIRED, name: None}
    if left_out:
        del given[name]

    with pytest.raises(BadParamError, match=f'"{name}" is required') as caught:
        carry_out(echo, given, engine.context(0, 1))

    assert name == caught.value.parameter


def test_unknown_params_are_left_out_with_a_warning_each(engine):
    output, warnings = carry_out(
        echo, {**REQUIRED, "klass_name": "x", "Note": "y"}, engine.context(0, 1)
    )

    assert REQUIRED == output["given"]
    assert [
        'the action has no parameter "klass_name"; it was left out',
        'the action has no parameter "Note"; it was left out',
        "a warning of its own",
    ] == warnings


class Limited(Fields):
    """Texts and numbers of which only some will do."""

    status: Annotated[str, OneOf(("open", "done"))] | MissingValue | None = MISSING
    priority: Annotated[float, IntegerRange(1, 5)] | MissingValue = MISSING


LIMITED = {param.name: param for param in read_fields(Limited)}


@pytest.mark.parametrize(
    ("param", "value", "result"),
    [
        ("status", "open", "open"),
        ("status", None, None),
        ("priority", 1, 1),
        ("priority", 5.0, 5),
        ("priority", "3", 3),
    ],
)
def test_a_value_within_its_limits_is_taken(param, value, result):
    assert result == LIMITED[param].cast(value)


@pytest.mark.parametrize(
    ("param", "value", "why"),
    [
        ("status", "Open", 'status must be one of open, done, not "Open"'),
        ("status", "", 'status must be one of open, done, not ""'),
        ("status", 5, 'status must be one of open, done, not "5"'),
        ("priority", 0, "priority must be a whole number from 1 to 5, not 0"),
        ("priority", 5.5, "priority must be a whole number from 1 to 5, not 5.5"),
        ("priority", 5e-05, "priority must be a whole number from 1 to 5, not 0.00005"),
        ("priority", 5e-07, "priority must be a whole number from 1 to 5, not 5e-7"),
        ("priority", 1e21, "priority must be a whole number from 1 to 5, not 1e+21"),
        ("priority", float("inf"), "priority must be a whole number from 1 to 5, not Infinity"),
        ("priority", -(10**400), "priority must be a whole number from 1 to 5, not -Infinity"),
    ],
)
def test_a_value_beyond_its_limits_is_refused(param, value, why):
    with pytest.raises(BadParamError) as caught:
        LIMITED[param].cast(value)

    assert caught.value.message.startswith(why)
    assert param == caught.value.parameter


def test_limits_say_what_they_are():
    said = {name: [str(limit) for limit in param.limits] for name, param in LIMITED.items()}

    assert {"status": ["one of open, done"], "priority": ["whole, 1 to 5"]} == said


def test_a_text_that_is_cast_to_a_number_tells_which_digits_it_lost():
    lost = '"12345678901234567891" loses digits: it is read as 12345678901234567000'
    said = 'the parameter "total" was cast from text to number'
    cast = CASTS[float].cast("total", "12345678901234567891")

    assert [f"{said}; {lost}"] == cast_notes("total", "12345678901234567891", cast)
    assert [said] == cast_notes("total", "12.5", 12.5)
    assert [] == cast_notes("total", 7, 7.5)
