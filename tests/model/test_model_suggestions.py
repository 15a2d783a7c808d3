"""Which name is meant by a misspelled one, among few names and among very many."""

import time

import pytest

from kobjctl.model.errors import did_you_mean

MANY = [f"step-{number}" for number in range(1000, 6000)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("lokup", "lookup"), ("LOOKUP", "lookup"), ("look-up", "lookup"), ("xyz", ""), ("", "")],
)
def test_the_closest_of_few_names_is_meant(name, expected):
    assert bool(expected) == bool(did_you_mean(name, ["lookup", "create"]))
    assert expected in did_you_mean(name, ["lookup", "create"])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("step-123", "step-1123"),
        ("step-12345", "step-1234"),
        ("tsep-1234", "step-1234"),
        ("Step_4321", "step-4321"),
        ("STEP-4321", "step-4321"),
        ("other", ""),
    ],
)
def test_one_slip_is_seen_among_many_names(name, expected):
    suggested = did_you_mean(name, MANY)

    assert bool(expected) == bool(suggested)
    assert not expected or suggested.startswith('did you mean "step-')


def test_the_exact_name_in_another_case_is_meant_before_others():
    assert 'did you mean "step-4321"?' == did_you_mean("STEP-4321", MANY)


def test_thousands_of_slips_among_thousands_of_names_are_looked_at_in_seconds():
    started = time.perf_counter()
    for name in MANY:
        did_you_mean(name + "x", MANY)

    assert time.perf_counter() - started < 20


def test_a_text_that_is_no_name_is_not_looked_at_for_long():
    long = "ab" * 200_000

    assert "" == did_you_mean(long, [long + "a", "name"])
    assert "" == did_you_mean(long, [*MANY, long + "a"])
