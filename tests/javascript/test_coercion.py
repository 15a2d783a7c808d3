"""Values as JavaScript compares them."""

import pytest

from kobjctl.javascript.coercion import loosely_equal
from kobjctl.model.values import MISSING


@pytest.mark.parametrize(
    ("left", "right", "equal"),
    [
        (None, MISSING, True),
        (None, 0, False),
        (None, [], False),
        ("1", 1, True),
        (" 0x10 ", 16, True),
        ("", 0, True),
        ("a", 0, False),
        (True, 1, True),
        (True, "true", False),
        ([1], 1, True),
        ([1, 2], "1,2", True),
        ({}, "[object Object]", True),
        ([1], [1], False),
        (float("nan"), "NaN", False),
    ],
)
def test_loose_equality_is_that_of_javascript(left, right, equal):
    assert equal == loosely_equal(left, right)
    assert equal == loosely_equal(right, left)
