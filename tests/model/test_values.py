"""Numbers in text, kinds of values, points in time, and reading a workflow document."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kobjctl.javascript.numbers import as_number, canonical
from kobjctl.model.clock import format_instant, parse_instant
from kobjctl.model.errors import did_you_mean
from kobjctl.model.values import MISSING, kind_of
from kobjctl.model.workflow import ALWAYS, Step, Transition, Workflow


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (0, 0),
        (-1.5, -1.5),
        ("0", 0),
        ("10", 10),
        ("-10", -10),
        ("+10", 10),
        ("10.0", 10),
        ("10.25", 10.25),
        ("10.", 10),
        (".5", 0.5),
        (" 10\n", 10),
        ("007", 7),
        ("1e3", 1000),
        ("1E-3", 0.001),
        ("9007199254740991", 9007199254740991),
        ("9" * 300, float("9" * 300)),
        ("", None),
        (" ", None),
        (".", None),
        ("-", None),
        ("e3", None),
        ("1e", None),
        ("1e999", None),
        ("1_000", None),
        ("1,000", None),
        ("0x10", None),
        ("$10", None),
        ("10 %", None),
        ("1 0", None),
        ("²", None),
        ("१०", None),
        ("\uff11\uff10", None),
        ("NaN", None),
        ("Infinity", None),
        ("9" * 301, None),
        (True, None),
        (False, None),
        (None, None),
        ([], None),
        ({}, None),
        (MISSING, None),
    ],
)
def test_a_number_is_read_from_text_that_spells_one(value, number):
    actual = as_number(value)

    assert (number, type(number)) == (actual, type(actual))


@given(st.text() | st.from_regex(r"\s*[+-]?\d*\.?\d*([eE][+-]?\d+)?\s*", fullmatch=True))
def test_any_text_is_a_finite_number_or_none(text):
    number = as_number(text)

    assert number is None or abs(number) < float("inf")


@given(st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(1e-90, 1e90) | st.floats(-1e90, -1e-90))
def test_a_number_that_was_written_is_read_back(number):
    assert canonical(number) == as_number(repr(number))


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("", "text"),
        (0, "number"),
        (0.5, "number"),
        (True, "true or false"),
        (None, "null"),
        ({}, "object"),
        ([], "list"),
        (MISSING, "nothing"),
    ],
)
def test_a_kind_of_value_is_named_as_json_names_it(value, kind):
    assert kind == kind_of(value)


def test_nothing_is_false_and_says_so():
    assert not MISSING
    assert "MISSING" == repr(MISSING)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2020-10-01T12:06:20.291Z", datetime(2020, 10, 1, 12, 6, 20, 291000, UTC)),
        ("2020-10-01T12:06:20Z", datetime(2020, 10, 1, 12, 6, 20, tzinfo=UTC)),
        ("2020-10-01t12:06:20z", datetime(2020, 10, 1, 12, 6, 20, tzinfo=UTC)),
        ("2020-10-01T14:06:20+02:00", datetime(2020, 10, 1, 12, 6, 20, tzinfo=UTC)),
        ("2016-11-06T13:54:29-05:00", datetime(2016, 11, 6, 18, 54, 29, tzinfo=UTC)),
        ("2020-10-01T12:06:20", datetime(2020, 10, 1, 12, 6, 20, tzinfo=UTC)),
        ("2020-10-01T12:06", datetime(2020, 10, 1, 12, 6, tzinfo=UTC)),
        ("2020-10-01 12:06:20", datetime(2020, 10, 1, 12, 6, 20, tzinfo=UTC)),
        ("2020-10-01", datetime(2020, 10, 1, tzinfo=UTC)),
        ("2020-10-01T12:06:20.1234567Z", datetime(2020, 10, 1, 12, 6, 20, 123456, UTC)),
    ],
)
def test_a_date_is_read_and_is_utc_without_an_offset(text, moment):
    assert moment == parse_instant(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2020",
        "20201001",
        "20201001T120620Z",
        "2020-1-1",
        "2020-13-01",
        "2020-02-30",
        "10/01/2020",
        "yesterday",
        "2020-10-01T",
        "2020-10-01T25:00:00Z",
        "2020-10-01Z",
        " 2020-10-01",
        "\uff12\uff10\uff12\uff10-10-01",
        "2020-10-01T12:06:20\ud800",
        "0000-01-01",
        "1234567890",
    ],
)
def test_what_is_no_date_is_none(text):
    assert None is parse_instant(text)


@given(st.text() | st.from_regex(r"\d{4}-\d\d-\d\d.*"))
def test_any_text_is_a_date_with_an_offset_or_none(text):
    moment = parse_instant(text)

    assert moment is None or moment.tzinfo is not None


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2020, 10, 1, 12, 6, 20, 291999, UTC), "2020-10-01T12:06:20.291Z"),
        (datetime(2020, 10, 1, tzinfo=UTC), "2020-10-01T00:00:00.000Z"),
        (
            datetime(2020, 10, 1, 1, 0, 0, 0, timezone(timedelta(hours=2))),
            "2020-09-30T23:00:00.000Z",
        ),
    ],
)
def test_a_moment_is_written_in_utc_with_milliseconds(moment, text):
    assert text == format_instant(moment)


def test_a_written_moment_is_read_back():
    moment = datetime(2020, 10, 1, 12, 6, 20, 291000, UTC)

    assert moment == parse_instant(format_instant(moment))


def test_a_document_with_all_its_keys_gives_a_workflow():
    condition = {"op": "eq", "values": ["/#steps.1.x", "CO"]}
    document = {
        "id": "62980740565f5020cf3ab2dc",
        "name": "vip-first-reply",
        "trigger": {
            "id": "1",
            "eventName": "kustomer.conversation.create",
            "appVersion": "kustomer-^1.9.2",
            "meta": {"displayName": "Created"},
            "transitions": [
                {"target": "V6BPyIws", "condition": condition, "meta": {"name": "From Colombia"}}
            ],
        },
        "steps": [
            {
                "id": "V6BPyIws",
                "action": "kustomer.customer.find",
                "params": {"identifier": "/#steps.1.customer"},
                "meta": {"displayName": "Who is it?", "description": ""},
                "transitions": [{"target": "8dJvVsfGa", "condition": condition}],
                "errorCases": [{"target": "8dJvVsfGa", "condition": condition}],
                "_id": "67a38b117ccb42ffd767eb4d",
            },
            {"id": "8dJvVsfGa", "transitions": [], "errorCases": []},
        ],
    }

    assert Workflow(
        id="w",
        name="vip-first-reply",
        event_name="kustomer.conversation.create",
        trigger=Step("1", (Transition("V6BPyIws", condition, "From Colombia"),)),
        steps=(
            Step(
                id="V6BPyIws",
                transitions=(Transition("8dJvVsfGa", condition),),
                action="kustomer.customer.find",
                params={"identifier": "/#steps.1.customer"},
                display_name="Who is it?",
                error_cases=(Transition("8dJvVsfGa", condition),),
            ),
            Step(id="8dJvVsfGa", transitions=(), params={}),
        ),
        document=document,
        enabled=False,
        rev=7,
    ) == Workflow.from_document(document, workflow_id="w", enabled=False, rev=7)


def test_a_document_may_leave_out_what_is_empty():
    document = {
        "name": "bare",
        "trigger": {"transitions": [{"target": "a"}, {"target": "b", "condition": None}]},
        "steps": [{"id": "a"}, {"id": "b", "params": None, "meta": None}],
    }
    workflow = Workflow.from_document(document)

    assert "" == workflow.event_name
    assert (Transition("a", ALWAYS), Transition("b", ALWAYS)) == workflow.trigger.transitions
    assert (Step("a", (), params={}), Step("b", (), params={})) == workflow.steps


def test_a_trigger_without_an_id_and_steps_is_step_1():
    workflow = Workflow.from_document({"name": "bare", "trigger": {}})

    assert ("1", (), ()) == (workflow.trigger.id, workflow.trigger.transitions, workflow.steps)


@pytest.mark.parametrize(
    ("name", "known", "hint"),
    [
        ("lokup", ["lookup", "create"], 'did you mean "lookup"?'),
        ("LOOKUP", ["lookup"], 'did you mean "lookup"?'),
        ("zzz", ["lookup"], ""),
        ("x", [], ""),
    ],
)
def test_a_close_name_is_suggested(name, known, hint):
    assert hint == did_you_mean(name, known)
