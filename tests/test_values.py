"""What an org and a run have is chosen when they are made: nobody assigns it from outside."""

import ast
from pathlib import Path

import pytest

from kobjctl.engine.engine import Engine
from kobjctl.records.context import RunContext
from kobjctl.store.org import Org

PACKAGE = Path(__file__).parent.parent / "kobjctl"
# What belongs to the clock and the ids of an org, and to what a run has.
PARTS = {"counter", "process"}
FIELDS = {*Org._fields, *RunContext._fields, *Engine._fields}


def assigned(source):
    """Yield the attributes that a module assigns of other objects than `self`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load):
            yield from () if ast.unparse(node.value) == "self" else (node.attr,)
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("setattr"):
            yield from (each.value for each in node.args[1:2] if isinstance(each, ast.Constant))


@pytest.mark.parametrize("source", ["org.now = now", "engine.org.tick, x = 1, 2", "del a.http"])
def test_an_assignment_from_outside_is_noticed(source):
    assert FIELDS & set(assigned(source))


@pytest.mark.parametrize("kind", [Org, RunContext, Engine])
def test_a_value_refuses_another_clock(kind):
    value = kind._make([None] * len(kind._fields))

    with pytest.raises(AttributeError):
        value.org = value.now = value.http = None


def test_nothing_of_an_org_or_a_run_is_assigned_from_outside():
    found = {
        (str(path.relative_to(PACKAGE)), name)
        for path in PACKAGE.rglob("*.py")
        for name in assigned(path.read_text())
        if name in FIELDS | PARTS
    }

    assert set() == found
