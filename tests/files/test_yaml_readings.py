"""Scalars that YAML 1.1 and YAML 1.2 read in two ways."""

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from kobjctl.files.yaml.reader import read_yaml
from kobjctl.model.problem import FileProblemsError


def said(scalar):
    """Give what is said of a value without quotes."""
    document = read_yaml(f"- {scalar}", "x.yaml")
    return [(problem.code, problem.message) for problem in document.problems]


@pytest.mark.parametrize(
    ("scalar", "here", "old"),
    [
        ("no", "text", "true or false"),
        ("Yes", "text", "true or false"),
        ("ON", "text", "true or false"),
        ("off", "text", "true or false"),
        ("1_000", "text", "a number"),
        ("12:30", "text", "a number"),
        ("-1:30:00", "text", "a number"),
        ("190:20:30.15", "text", "a number"),
        ("0b1010", "text", "a number"),
        ("2026-01-02", "text", "a date"),
        ("2026-01-02T03:04:05Z", "text", "a date"),
        ("=", "text", "a default value"),
        ("010", "the number 10", "the number 8"),
        ("0o17", "the number 15", "text"),
        ("1e3", "the number 1000", "text"),
        ("089", "the number 89", "text"),
    ],
)
def test_a_value_of_two_readings_is_told_with_both(scalar, here, old):
    assert [("WF003", f'"{scalar}" is {here} here, and {old} to readers of YAML 1.1')] == said(
        scalar
    )


@pytest.mark.parametrize(
    ("scalar", "held"),
    [
        ("1098765432109876543", "1098765432109876500"),
        ("-9007199254740993", "-9007199254740992"),
        ("+00009007199254740993", "9007199254740992"),
    ],
)
def test_a_number_that_loses_digits_is_told_with_what_is_left(scalar, held):
    [(code, message)] = said(scalar)

    assert "WF003" == code
    assert message.startswith(f'"{scalar}" is the number {held} in JavaScript')


@pytest.mark.parametrize(
    "scalar",
    [
        "9007199254740992",
        "100000000000000000000",
        "true",
        "null",
        "~",
        "1",
        "-1.5",
        "+3",
        "0x1F",
        "1.5e+3",
        "y",
        "n",
        "north",
        "on-time",
        "none",
        "'no'",
        '"12:30"',
        "a:1",
        "1-2",
        "12:60:90",
        "v1_0",
    ],
)
def test_a_value_of_one_reading_is_fine(scalar):
    assert [] == said(scalar)


def test_keys_and_blocks_are_text_to_kobjctl_anyway():
    document = read_yaml("no: |\n  no\non: >\n  12:30\n", "x.yaml")

    assert () == document.problems


@given(st.from_regex(r"[-+0-9.:_eoxbyYnNoOfFsS=tT]{1,12}", fullmatch=True))
@example("0.")
def test_what_is_not_told_is_read_by_pyyaml_as_here(scalar):
    try:
        document = read_yaml(f"- {scalar}", "x.yaml")
        [old] = yaml.safe_load(f"- {scalar}")
    except (FileProblemsError, yaml.YAMLError, ValueError):
        return

    new = document.data[0]
    # To JavaScript, 1.0 is 1.
    same = old == new and (type(old) is type(new) or {type(old), type(new)} == {int, float})
    assert same == (() == document.problems) or isinstance(old, dict | list)
