"""What is known of two conditions before any run."""

import pytest

from kobjctl.expressions.condition import compile_condition
from kobjctl.expressions.scope import new_scope
from kobjctl.lint.comparing import Decision

X, Y = "/#steps.1.x", "/#steps.1.y"
OPPOSITE = [
    (("exists", X), ("dne", X)),
    (("exists", X, ""), ("dne", X, "leftover")),
    (("eq", X, "1"), ("ne", X, "1")),
    (("neq", X, Y), ("eq", X, Y)),
]
NEITHER = [
    (("exists", X), ("exists", X)),
    (("exists", X), ("dne", Y)),
    (("eq", X, "1"), ("ne", X, "2")),
    (("gt", X, "1"), ("lte", X, "1")),
    (("eq", X), ("ne", X)),
    (("and",), ("or",)),
    (("like", X), ("unlike", X)),
]
KNOWN = [{}, {"x": None}, {"x": 1}, {"x": "1", "y": "1"}, {"x": True, "y": 2}]


def condition(op, *values):
    return {"op": op, "values": list(values)}


@pytest.mark.parametrize(("one", "other"), OPPOSITE)
def test_of_opposites_one_holds_whatever_comes_in(one, other):
    first, second = condition(*one), condition(*other)

    for held in (True, False):
        assert (not held) is Decision(first, held=held).settles(second)
        assert (not held) is Decision(second, held=held).settles(first)
    for known in KNOWN:
        held = [compile_condition(each)(new_scope(known))[0] for each in (first, second)]
        assert [False, True] == sorted(held)


@pytest.mark.parametrize(("one", "other"), NEITHER)
def test_of_others_both_may_hold(one, other):
    assert Decision(condition(*one), held=True).settles(condition(*other)) is not False


@pytest.mark.parametrize("other", [None, {}, {"op": "eq"}, {"op": 1, "values": []}, "dne"])
def test_what_is_no_condition_is_no_opposite(other):
    assert Decision(condition("exists", X), held=True).settles(other) is None
    assert Decision(condition("exists", X), held=False).settles(other) is None
