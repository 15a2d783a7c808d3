"""Every table that consumers read: what an entry must have, and which entry lacks what.

An entry is a member of a table of the language; a need is said in a few words, with a check. Who
adds a member and forgets a part of it reads here which one.
"""

import json
import re
from pathlib import Path
from typing import get_args

import pytest

from kobjctl.actions import ACTIONS
from kobjctl.app.examples import evaluated
from kobjctl.cli.scenario_options import COVERAGE_FORMATS
from kobjctl.expressions.functions import FUNCTIONS
from kobjctl.expressions.handlebars import HELPERS
from kobjctl.expressions.operator import Comparison
from kobjctl.expressions.operators import OPERATORS
from kobjctl.model.hook import HOOK_TYPES
from kobjctl.model.run import STATUSES, Mood, RunStatus
from kobjctl.model.scenario import OUTCOMES, ScenarioOutcome
from kobjctl.model.values import A_KIND
from kobjctl.testing.drafting.wishes import CANDIDATES

CASES = Path(__file__).parent / "expressions"
# Those that ask nothing of a value need no candidates.
COMPARED = {*CANDIDATES, "always", "logic"}
# These print nothing, on purpose.
SILENT = {"log"}


def cases_of(name):
    groups = json.loads((CASES / name).read_text("utf-8"))
    return [case for group in groups for case in group["cases"]]


CONDITIONS = cases_of("conditions.json")
CALLS = [case["expression"] for case in cases_of("functions.json")]


def has_case(operator, *, holds):
    return any(case["op"] == operator.name and case.get("holds") is holds for case in CONDITIONS)


def gives_something(member):
    given = evaluated(member.examples)
    return member.name in SILENT or not any(
        each.value in (None, "", "NaN", "Invalid date") for each in given
    )


def undoes(operator):
    """Tell whether the opposite is an operator whose opposite asks what this one asks."""
    other = OPERATORS.get(operator.opposite)
    return bool(other) and OPERATORS[other.opposite].test is operator.test


def stands_alone(operator):
    """Tell whether what others call an operator is neither another's name nor called so there."""
    others = [each for each in OPERATORS.values() if each is not operator]
    taken = {name for each in others for name in (each.name, *each.synonyms)}
    return taken.isdisjoint(operator.synonyms)


IN_ALL = {
    "its own name": lambda each: each.name in TABLE_OF[id(each)],
    "a sentence of help": lambda each: each.summary.partition("\n")[0].endswith((".", ":")),
    "an example": lambda each: bool(each.examples),
    "examples that use it": lambda each: all(each.name in text for text in each.examples),
    "examples that give something": gives_something,
    "a number of values": lambda each: each.arity.takes(each.arity.least),
}
OF_OPERATORS = {
    "a case in conditions.json that holds": lambda each: has_case(each, holds=True),
    "a case in conditions.json that doesn't": lambda each: (
        each.comparison == "always" or has_case(each, holds=False)
    ),
    "an opposite that is its opposite": lambda each: not each.opposite or undoes(each),
    "synonyms of its own": stands_alone,
    "a comparison that drafts know": lambda each: each.comparison in COMPARED,
    "kinds that it looks into": lambda each: (
        set(each.looks_into) <= set(A_KIND)
        and bool(each.looks_into) is (each.comparison == "content")
    ),
    "a label for the log": lambda each: bool(each.label) or not each.parts,
}
OF_FUNCTIONS = {
    "a case in functions.json": lambda each: any(
        text[5:].split(",")[0] == each.name for text in CALLS
    ),
    "a kind that it gives": lambda each: each.gives in A_KIND,
}
OF_ACTIONS = {
    "its own name": lambda each: ACTIONS.get(each.name) is each,
    "a label": lambda each: bool(each.label),
    "a sentence of help": lambda each: each.help.partition("\n")[0].endswith("."),
    "kinds of its output": lambda each: set(each.output.values()) <= {*A_KIND, "anything"},
    "params that can stand for each other": lambda each: (
        {param.name for param in each.params} >= set(each.needs_one)
    ),
}
OF_STATUSES = {
    "a mood": lambda each: each.mood in get_args(Mood),
    "a clause": lambda each: bool(each.clause),
    "an ending that can be made": lambda each: bool(each.ending.format(step="a") or each.clause),
}
OF_HOOK_TYPES = {
    "words for its payload": lambda each: bool(each.payload),
    "an address with its hash": lambda each: "{hash}" in each.address,
}
OF_COVERAGE_FORMATS = {
    "a file, or standard output": lambda each: bool(each.file),
    "a mark that its reports begin with": lambda each: bool(
        re.match(each.mark, each.text(()).encode(), re.DOTALL)
    ),
}
TABLES = (
    ("operator", OPERATORS, IN_ALL | OF_OPERATORS),
    ("function", FUNCTIONS, IN_ALL | OF_FUNCTIONS),
    ("helper", HELPERS, IN_ALL),
    ("action", ACTIONS, OF_ACTIONS),
    ("status", STATUSES, OF_STATUSES),
    ("hook type", HOOK_TYPES, OF_HOOK_TYPES),
    ("coverage report", COVERAGE_FORMATS, OF_COVERAGE_FORMATS),
)
TABLE_OF = {id(each): {name} for _, table, _ in TABLES for name, each in table.items()}


@pytest.mark.parametrize(
    ("name", "member", "needs"),
    [
        pytest.param(f"{noun} {name}", member, needs, id=f"{noun} {name}")
        for noun, table, needs in TABLES
        for name, member in table.items()
    ],
)
def test_a_member_has_what_its_consumers_need(name, member, needs):
    lacking = [what for what, has in needs.items() if not has(member)]

    assert [] == lacking, f"{name} lacks: {'; '.join(lacking)}"


@pytest.mark.parametrize(
    ("names", "table"), [(RunStatus, STATUSES), (ScenarioOutcome, OUTCOMES), (Comparison, COMPARED)]
)
def test_a_table_has_all_that_has_a_name(names, table):
    assert set(get_args(names)) == set(table)
