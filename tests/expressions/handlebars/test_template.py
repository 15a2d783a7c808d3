"""A template is compiled once, and then rendered for many runs."""

import json

import pytest

from kobjctl.expressions.handlebars import compile_template
from kobjctl.expressions.handlebars.helpers.plain import json_text
from kobjctl.expressions.handlebars.tree import Mustache
from kobjctl.javascript.coercion import loosely_equal, number_text
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


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.1 + 0.2, "0.30000000000000004"),
        (-0.0, "0"),
        (1e20, "100000000000000000000"),
        (1e21, "1e+21"),
        (-1.5e-7, "-1.5e-7"),
        (1e-6, "0.000001"),
        (123456789012345680000.0, "123456789012345680000"),
        (2**53 + 1, "9007199254740992"),
        (10**400, "Infinity"),
        (-(10**400), "-Infinity"),
        (float("nan"), "NaN"),
        (5e-324, "5e-324"),
    ],
)
def test_numbers_are_spelled_as_in_javascript(number, text):
    assert text == number_text(number)


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


@pytest.mark.parametrize(
    "value",
    [None, True, 0, 'a"b\\\n\u0001é😀', [], {}, [1, [2, {"a": None}]], {"b": [], "a": {"": "x"}}],
)
def test_json_is_compact(value):
    written = json_text(value, lambda _: None)

    assert json.dumps(value, ensure_ascii=False, separators=(",", ":")) == written


def test_json_has_its_keys_in_the_order_of_javascript_and_half_an_emoji_as_an_escape():
    value = {"b": 1, "10": 2.0, "2": MISSING, "1": [MISSING, float("inf"), "\ud83d😀"]}

    assert '{"1":[null,null,"\\ud83d😀"],"10":2,"b":1}' == json_text(value, lambda _: None)
