"""What holds for every date, every text and every format."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kobjctl.javascript.moment import difference, format_moment, shift
from kobjctl.javascript.moment.reading import read_instant

MAX = 8_640_000_000_000_000
INSTANTS = st.integers(-MAX, MAX)
DATES = st.datetimes(timezones=st.just(UTC))
UNITS = st.sampled_from(["weeks", "days", "hours", "minutes", "seconds", "milliseconds"])
WORDS = [*"0123456789-+:/.,TZWa ()", "Jan", "PM", "2020-10-01", "GMT"]
DATE_LIKE = st.lists(st.sampled_from(WORDS)).map("".join)
# The first use of a pattern compiles it, which a busy machine may take its time for.
calmly = settings(deadline=2000)
NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)


@calmly
@given(INSTANTS)
def test_a_date_that_was_written_is_read_again(instant):
    written = format_moment(instant, "YYYYYY-MM-DD[T]HH:mm:ss.SSSZ")

    assert str(instant) == format_moment(written, "x")


@calmly
@given(st.dates())
def test_the_days_and_weeks_are_those_of_pythons_calendar(day):
    written = format_moment(day.isoformat(), "YYYY-MM-DD DDD GGGG-W-E")

    year, week, weekday = day.isocalendar()
    number = day.timetuple().tm_yday
    assert f"{day.isoformat()} {number} {year:04}-{week}-{weekday}" == written


@calmly
@given(st.text() | DATE_LIKE)
def test_any_text_is_a_date_or_none(text):
    written = format_moment(text, "x")

    assert "Invalid date" == written or abs(int(written)) <= MAX


@calmly
@given(
    st.integers(0, 9999),
    st.tuples(st.integers(0, 13), st.integers(0, 32), st.integers(0, 25)),
    st.tuples(st.integers(0, 61), st.integers(0, 61)),
    st.none() | st.integers(0, 999),
)
def test_a_time_as_the_platform_writes_it_is_read_as_any_other(year, day, minutes, fraction):
    ending = "" if fraction is None else f".{fraction:03}"
    text = "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}Z".format(year, *day, *minutes, ending)

    assert read_instant(text.replace("Z", "+00:00")) == read_instant(text)


@given(st.none() | st.booleans() | st.floats() | st.lists(st.integers()) | st.just({"year": 2020}))
def test_any_value_is_a_date_or_none(value):
    written = format_moment(value, "x")

    assert "Invalid date" == written or abs(int(written)) <= MAX


@calmly
@given(INSTANTS, st.text(st.sampled_from("MQDdeEwWYyNgGAaHhkmsSzZxXLltTo[]\\ \n-é")))
def test_any_format_can_be_printed(instant, fmt):
    assert isinstance(format_moment(instant, fmt), str)


@calmly
@given(DATES, UNITS, st.integers(-10_000, 10_000))
def test_a_shifted_date_is_as_far_away_as_it_was_shifted(now, unit, count):
    shifted = shift(now, unit, count)

    assert count == difference(unit, shifted, now)


@calmly
@given(DATES, st.text(), st.floats() | st.integers())
def test_a_date_can_be_shifted_by_anything(now, unit, count):
    assert isinstance(shift(now, unit, count), str)


@calmly
@given(INSTANTS, INSTANTS, UNITS)
def test_a_difference_has_the_other_sign_the_other_way_round(start, end, unit):
    assert difference(unit, start, end) == -difference(unit, end, start)


@pytest.mark.parametrize("count", [float("inf"), float("-inf"), 10**400, 1e308])
def test_no_count_is_too_large(count):
    assert "Invalid date" == shift(NOON, "years", count)


def test_a_count_that_is_no_number_changes_nothing():
    assert "2026-01-02T12:00:00.000Z" == shift(NOON, "days", float("nan"))


def test_a_datetime_is_a_date():
    east = NOON.astimezone(timezone(timedelta(hours=5)))

    assert "2026-01-02T12:00:00Z" == format_moment(NOON)
    assert "2026-01-02T12:00:00Z" == format_moment(east)
    assert "2026-01-02T12:00:00Z" == format_moment(NOON.replace(tzinfo=None))


def test_a_format_of_line_ends_prints_nothing():
    assert "" == format_moment(0, "\n\r")


@pytest.mark.parametrize(
    "text", ["(", "()", "[", "a ", " ", "1", "2020-10-01 ", "L", "\\", "é", "1:"]
)
def test_long_texts_take_no_time(text, in_time):
    long = text * 20_000

    with in_time():
        format_moment(long)
        format_moment(text * (1000 // len(text)))
        format_moment("2020-10-01T12:06:20." + "9" * 900)
        format_moment(0, long)
