"""Every function, helper and operator has examples, and these give something."""

import pytest

from kobjctl.app import examples
from kobjctl.cli.views.language import function_view, helper_view, operator_view
from kobjctl.expressions.functions import FUNCTIONS
from kobjctl.expressions.handlebars import HELPERS
from kobjctl.expressions.operators import OPERATORS

TABLES = (
    (FUNCTIONS, examples.FUNCTIONS, function_view),
    (HELPERS, examples.HELPERS, helper_view),
    (OPERATORS, examples.OPERATORS, operator_view),
)
MEMBERS = [
    pytest.param(table[name], shown.get(name, ()), view, id=f"{view.__name__} {name}")
    for table, shown, view in TABLES
    for name in table
]
# These print nothing, on purpose.
SILENT = ("log",)


@pytest.mark.parametrize(("member", "shown", "view"), MEMBERS)
def test_examples_use_what_they_are_of_and_give_something(member, shown, view):
    assert shown
    for example in examples.evaluated(shown):
        assert member.name in example.expression
        assert member.name in SILENT or example.value not in (None, "", "NaN", "Invalid date")


@pytest.mark.parametrize(("member", "shown", "view"), MEMBERS)
def test_the_page_has_the_values_that_the_examples_use(member, shown, view):
    value, _ = view(member)

    assert member.name in value["syntax"]
    assert len(shown) == len(value["examples"])
    assert all(f"steps.1.{name}" in " ".join(shown) for name in value["step1"])


def test_there_are_no_examples_of_what_is_not_there():
    assert [] == [name for table, shown, _ in TABLES for name in shown if name not in table]


@pytest.mark.parametrize(
    ("view", "member", "written"),
    [
        (function_view, FUNCTIONS["ifExists"], "/#fn:ifExists,PATH,TEXT1[,TEXT2]"),
        (function_view, FUNCTIONS["transform"], "/#fn:transform,PATH,TEXT[,...]"),
        (function_view, FUNCTIONS["inBusinessHours"], "/#fn:inBusinessHours[,PATH][,TEXT]"),
        (helper_view, HELPERS["randomId"], "{{randomId [size=...]}}"),
        (helper_view, HELPERS["substring"], "{{substring TEXT START [END]}}"),
        (helper_view, HELPERS["log"], "{{log [VALUE...]}}"),
        (helper_view, HELPERS["each"], "{{#each VALUE}}...{{else}}...{{/each}}"),
        (operator_view, OPERATORS["dne"], "{op: dne, values: [VALUE]}"),
        (operator_view, OPERATORS["true"], "{op: 'true', values: [VALUE]}"),
        (operator_view, OPERATORS["and"], "{op: and, values: [CONDITION, ...]}"),
    ],
)
def test_the_page_says_how_it_is_written(view, member, written):
    assert written == view(member)[0]["syntax"]
