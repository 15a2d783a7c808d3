"""What is said of values that are no dates and no numbers."""

import pytest

from kobjctl.javascript.misreadings import misread, no_date, no_number
from kobjctl.model.values import MISSING


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("soon", '"soon" is not a date: write 2026-01-02T03:04:05Z'),
        ("1680000000", "seconds since 1970 are a date as milliseconds, 1680000000000,"),
        ("1680000000000", "milliseconds since 1970 are a date as a number, not as text"),
        ({"a": 1}, '{"a": 1} is not a date'),
        (MISSING, "a missing value is not a date"),
    ],
)
def test_what_is_no_date_is_told_with_what_would_do(value, words):
    assert words in no_date(value)


@pytest.mark.parametrize(
    ("text", "number", "words"),
    [
        ("1,234.56", 1, 'was read as 1, up to the ",": write 1234.56'),
        ("1.234,56", 1.234, 'was read as 1.234, up to the ",": write 1234.56'),
        ("1.234.567", 1.234, "write 1234567"),
        ("-12'000", -12, "write -12000"),
        ("1 234", 1, "write 1234"),
        ("12\u00a0345,6", 12, "write 12345.6"),
        ("1_000", 1, "write 1000"),
        ("7234567890123456789", 7234567890123457000, "is read as 7234567890123457000"),
        ("3,5", 3, "write digits with a point and nothing else between them"),
    ],
)
def test_a_number_that_goes_on_is_told_with_how_it_is_written(text, number, words):
    assert words in misread(text, number)


@pytest.mark.parametrize("value", ["12", "12abc", "3.5e2 items", "5, 6", "2 pens", 5, [1], None])
def test_a_number_that_ends_is_not_told(value):
    assert "" == misread(value, 5)


def test_what_is_no_number_is_told():
    assert no_number("$5").startswith('"$5" doesn\'t begin with a number')
