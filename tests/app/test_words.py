"""Durations, times and numbers as people read them."""

import pytest

from kobjctl.app.words import counted, duration, instant


@pytest.mark.parametrize(
    ("milliseconds", "expected"),
    [
        (None, ""),
        (0, "0.0 ms"),
        (0.4, "0.4 ms"),
        (9.94, "9.9 ms"),
        (9.96, "10 ms"),
        (12.3, "12 ms"),
        (999.4, "999 ms"),
        (999.6, "1.0 s"),
        (3210, "3.2 s"),
        (59_940, "59.9 s"),
        (59_960, "1 min 0 s"),
        (300_000, "5 min 0 s"),
    ],
)
def test_a_duration_is_written_as_people_say_it(milliseconds, expected):
    assert expected == duration(milliseconds)


@pytest.mark.parametrize(
    ("number", "expected"), [(0, "0 runs"), (1, "1 run"), (2, "2 runs"), (2_000, "2,000 runs")]
)
def test_a_number_has_its_noun(number, expected):
    assert expected == counted(number, "run")


def test_an_instant_is_shown_to_the_second():
    assert "2026-05-01 12:00:00" == instant("2026-05-01T12:00:00.123Z")
