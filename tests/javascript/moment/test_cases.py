"""Dates, case by case, against what moment.js gave: see `oracle.js`, which wrote the results."""

import json
import math
from pathlib import Path

import pytest

from kobjctl.javascript.moment import difference, format_moment, shift
from kobjctl.model.clock import parse_instant

HERE = Path(__file__).parent
LONG = "YYYYYY-MM-DD[T]HH:mm:ss.SSS[Z]"


def groups(name):
    return json.loads((HERE / f"{name}.json").read_text("utf-8"))


def cases(found):
    """Name each case after its values: the last one is the result."""
    return [
        pytest.param(*case, id=f"{json.dumps(case[:-1], ensure_ascii=True)[:70]}-{number}")
        for number, case in enumerate(found, 1)
    ]


@pytest.mark.parametrize(
    ("value", "fmt", "result"),
    cases(
        (group["value"], fmt, result)
        for group in groups("formats")
        for fmt, result in group["formats"].items()
    ),
)
def test_a_format_prints_what_moment_prints(value, fmt, result):
    assert result == format_moment(value, fmt)


@pytest.mark.parametrize(
    ("value", "result"),
    cases((case["value"], case["result"]) for group in groups("values") for case in group["cases"]),
)
def test_a_value_is_the_date_that_moment_reads(value, result):
    assert result == format_moment(value, LONG)


@pytest.mark.parametrize(
    ("unit", "start", "end", "result"),
    cases(
        (unit, group["start"], group["end"], result)
        for group in groups("differences")
        for unit, result in group["units"].items()
    ),
)
def test_a_difference_is_what_moment_counts(unit, start, end, result):
    expected = math.nan if result == "NaN" else result

    # As JSON: 1 is not 1.0, and NaN is NaN.
    assert json.dumps(expected) == json.dumps(difference(unit, start, end))


@pytest.mark.parametrize(
    ("now", "unit", "count", "result"),
    cases(
        (group["now"], case["unit"], case["count"], case["result"])
        for group in groups("shifts")
        for case in group["cases"]
    ),
)
def test_a_shifted_date_is_the_one_moment_gives(now, unit, count, result):
    assert result == shift(parse_instant(now), unit, count)
