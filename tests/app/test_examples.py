"""The page of a function, a helper or an operator, with its examples."""

import pytest

from kobjctl.cli.views.language import member_view
from kobjctl.expressions.functions import FUNCTIONS
from kobjctl.expressions.handlebars import HELPERS
from kobjctl.expressions.operators import OPERATORS

MEMBERS = [
    pytest.param(member, noun, id=f"{noun} {name}")
    for table, noun in (
        (FUNCTIONS, "function"),
        (HELPERS, "helper"),
        (OPERATORS, "operator"),
    )
    for name, member in table.items()
]


@pytest.mark.parametrize(("member", "noun"), MEMBERS)
def test_the_page_has_the_values_that_the_examples_use(member, noun):
    value, _ = member_view(noun, member)

    assert member.name in value["syntax"]
    assert list(member.examples) == [each["expression"] for each in value["examples"]]
    assert all(f"steps.1.{name}" in " ".join(member.examples) for name in value["step1"])


@pytest.mark.parametrize(
    ("noun", "member", "written"),
    [
        ("function", FUNCTIONS["ifExists"], "/#fn:ifExists,PATH,TEXT1[,TEXT2]"),
        ("function", FUNCTIONS["transform"], "/#fn:transform,PATH,TEXT[,...]"),
        ("function", FUNCTIONS["inBusinessHours"], "/#fn:inBusinessHours[,PATH][,TEXT]"),
        ("helper", HELPERS["randomId"], "{{randomId [size=...]}}"),
        ("helper", HELPERS["substring"], "{{substring TEXT START [END]}}"),
        ("helper", HELPERS["log"], "{{log [VALUE...] [level=...]}}"),
        ("helper", HELPERS["each"], "{{#each VALUE}}...{{else}}...{{/each}}"),
        ("operator", OPERATORS["dne"], "{op: dne, values: [VALUE]}"),
        ("operator", OPERATORS["true"], "{op: 'true', values: [VALUE]}"),
        ("operator", OPERATORS["and"], "{op: and, values: [CONDITION, ...]}"),
    ],
)
def test_the_page_says_how_it_is_written(noun, member, written):
    assert written == member_view(noun, member)[0]["syntax"]
