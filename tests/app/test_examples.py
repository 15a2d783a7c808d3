"""The page of a function, a helper or an operator, with its examples."""

import pytest

from kobjctl.cli.views.language import function_view, helper_view, operator_view
from kobjctl.expressions.functions import FUNCTIONS
from kobjctl.expressions.handlebars import HELPERS
from kobjctl.expressions.operators import OPERATORS

MEMBERS = [
    pytest.param(member, view, id=f"{view.__name__} {name}")
    for table, view in (
        (FUNCTIONS, function_view),
        (HELPERS, helper_view),
        (OPERATORS, operator_view),
    )
    for name, member in table.items()
]


@pytest.mark.parametrize(("member", "view"), MEMBERS)
def test_the_page_has_the_values_that_the_examples_use(member, view):
    value, _ = view(member)

    assert member.name in value["syntax"]
    assert list(member.examples) == [each["expression"] for each in value["examples"]]
    assert all(f"steps.1.{name}" in " ".join(member.examples) for name in value["step1"])


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
