"""A template is compiled once, and then rendered for many runs."""

import pytest

from kobjctl.expressions.handlebars import compile_template
from kobjctl.expressions.handlebars.tree import Mustache
from kobjctl.model.values import MISSING


def test_a_compiled_template_can_be_used_for_many_runs(context):
    template = compile_template("Order {{steps.1.id}}{{#each steps.1.tags}} {{this}}{{/each}}")

    assert "Order 1 a b" == template.render(
        {"steps": {"1": {"id": 1, "tags": ["a", "b"]}}}, context
    )
    assert "Order " == template.render({"steps": {}}, context)


@pytest.mark.parametrize(
    "text", ["{{x}}", "{{{x}}}", "{{x.y}}", "{{#if x}}a{{/if}}", "{{#x}}a{{/x}}"]
)
def test_what_is_missing_prints_nothing(text, render):
    assert "" == render(text)
    assert "" == render(text, x=MISSING)
    assert "" == render(text, x={"y": MISSING} if "." in text else None)


def test_the_tree_has_the_offsets_of_the_text():
    first, second = compile_template("{{a}} {{b.c 1}}").tree.body[::2]

    assert isinstance(second, Mustache)
    assert (0, 2) == (first.at, first.call.head.at)
    assert (6, 8, 12) == (second.at, second.call.head.at, second.call.params[0].at)
    assert ("b", "c") == second.call.head.parts


def test_text_without_tags_is_itself(render):
    assert "a } b {\n" == render("a } b {\n")


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("{{x.[0]}}{{x.[1]}}", "😀"),
        ("{{x.[0]}}", "\ufffd"),
        ("{{y}}", "a\ufffd"),
    ],
)
def test_half_of_an_emoji_can_be_written_to_a_file(text, result, render):
    printed = render(text, x="😀", y="a\ud83d")

    assert result == printed
    assert printed.encode()
