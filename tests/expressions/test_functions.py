"""Functions, case by case: `functions.json`, and what holds for every call.

A case is an expression with what it gives (`result` or `missing`) and a part of every warning.
"""

import json
from copy import deepcopy
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kobjctl.expressions.functions import (
    FUNCTIONS,
    BusinessSchedule,
    FunctionContext,
    compile_function,
)
from kobjctl.expressions.functions.schedule import ScheduleError
from kobjctl.expressions.scope import new_scope
from kobjctl.model.errors import KobjctlError
from kobjctl.model.values import MISSING

CASES = json.loads((Path(__file__).parent / "functions.json").read_text("utf-8"))
NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)
SCHEDULE = "5a0c1dd9e3ad1b00128c1aab"


def call(expression, scope, schedules=None, now=NOON):
    """Give what a function gives, and the warnings of its call."""
    warnings = []
    context = FunctionContext(lambda: now, warnings.append, schedules or {})
    return compile_function(expression)(scope, context), warnings


def cases():
    return [
        pytest.param(group["given"], case, id=f"{case['expression'][5:60]}-{number}")
        for group in CASES
        for number, case in enumerate(group["cases"], 1)
    ]


@pytest.mark.parametrize(("scope", "case"), cases())
def test_a_function_gives_what_its_case_says(scope, case):
    before = deepcopy(scope)

    value, warnings = call(case["expression"], scope)

    actual = {"missing": True} if value is MISSING else {"result": value}
    expected = {key: case[key] for key in ("result", "missing") if key in case}
    # As JSON: true is not 1, and 2 is not 2.0.
    assert json.dumps(expected) == json.dumps(actual)
    told = zip(case.get("warnings", []), warnings, strict=True)
    assert [] == [(part, warning) for part, warning in told if part not in warning]
    assert before == scope


@pytest.mark.parametrize(
    ("expression", "open_"),
    [
        ("/#fn:inBusinessHours", False),
        (f"/#fn:inBusinessHours,{SCHEDULE}", True),
        (f"/#fn:inBusinessHours,steps.1.night,{SCHEDULE}", False),
        (f"/#fn:inBusinessHours,steps.1.late,{SCHEDULE}", True),
        (f"/#fn:inBusinessHours,steps.1.pause,{SCHEDULE}", False),
        (f"/#fn:inBusinessHours,steps.1.holiday,{SCHEDULE}", False),
        ("/#fn:inBusinessHours,steps.1.sunday", True),
    ],
)
def test_a_known_schedule_decides_without_a_warning(expression, open_):
    """One schedule in New York, where it is 7:00 at noon in UTC, and one of Sundays."""
    weekdays = {str(weekday): [[7 * 60, 12 * 60], [13 * 60, 20 * 60]] for weekday in range(1, 6)}
    holidays = frozenset({date(2026, 1, 1)})
    schedules = {
        "": BusinessSchedule({"0": [[0, 1440]], "1": None}),
        SCHEDULE: BusinessSchedule(weekdays, "America/New_York", holidays),
    }
    scope = new_scope(
        {
            "night": "2026-01-02T11:59:59Z",
            "late": "2026-01-03T00:30:00Z",
            "pause": "2026-01-02T17:30:00Z",
            "holiday": "2026-01-01T15:00:00Z",
            "sunday": "2026-01-04T23:59:59Z",
        }
    )

    assert (open_, []) == call(expression, scope, schedules)


def test_a_schedule_of_an_unknown_time_zone_is_an_error():
    schedules = {"": BusinessSchedule({}, "Mars/Olympus")}

    with pytest.raises(ScheduleError, match='no time zone is called "Mars/Olympus"'):
        call("/#fn:inBusinessHours", new_scope({}), schedules)


@pytest.mark.parametrize("now", [(1, 1, 1), (9999, 12, 31, 23)])
def test_a_schedule_knows_the_ends_of_time(now):
    schedules = {
        "": BusinessSchedule({}, "Asia/Tokyo"),
        SCHEDULE: BusinessSchedule({}, "America/New_York"),
    }

    for path in ("", f",{SCHEDULE}"):
        assert (False, []) == call(
            f"/#fn:inBusinessHours{path}", new_scope({}), schedules, datetime(*now, tzinfo=UTC)
        )


def test_a_compiled_function_can_be_used_for_many_runs():
    compiled = compile_function("/#fn:parseInt,steps.1.qty")
    context = FunctionContext(lambda: NOON, lambda _: None)

    results = [compiled(new_scope({"qty": qty}), context) for qty in ("1 pen", "2 pens", None)]

    assert [1, 2, MISSING] == results


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize(
    "text", ["9", " ", "@", "a@\n", "(", "[", "0x", "1e", "-", "é", "+1", "1,"]
)
def test_long_texts_take_no_time(name, text, in_time):
    scope = new_scope({"long": text * (400_000 // len(text))})

    with in_time():
        call(f"/#fn:{name},steps.1.long,a,b", scope)


NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)
PARTS = st.sampled_from([*FUNCTIONS, "steps.1", "steps.1.a", SCHEDULE, "", "/#steps.1", "LL"])
CALLS = st.text() | st.lists(PARTS | st.text(), max_size=5).map(",".join)


@settings(deadline=1000)
@given(CALLS, JSON)
def test_any_call_gives_a_value_or_our_own_error(text, value):
    try:
        result, warnings = call(f"/#fn:{text}", new_scope({"a": value}))
    except KobjctlError:
        return

    assert result is MISSING or isinstance(json.dumps(result, allow_nan=False), str)
    assert all(isinstance(warning, str) for warning in warnings)
    assert warnings or result is not MISSING or text.startswith("ifExists,")


@settings(deadline=1000)
@given(st.sampled_from(sorted(FUNCTIONS)), JSON)
def test_any_value_gives_a_value_or_our_own_error(name, value):
    result, _ = call(f"/#fn:{name},steps.1,a,b", new_scope(value))

    assert result is MISSING or isinstance(json.dumps(result, allow_nan=False), str)
