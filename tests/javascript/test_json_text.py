"""Numbers and JSON text as JavaScript reads and writes them."""

import json

import pytest

from kobjctl.javascript.json_text import stringify
from kobjctl.javascript.numbers import number_text
from kobjctl.model.values import MISSING


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
    "value",
    [None, True, 0, 'a"b\\\n\u0001é😀', [], {}, [1, [2, {"a": None}]], {"b": [], "a": {"": "x"}}],
)
def test_json_is_compact(value):
    written = stringify(value)

    assert json.dumps(value, ensure_ascii=False, separators=(",", ":")) == written


def test_json_has_its_keys_in_the_order_of_javascript_and_half_an_emoji_as_an_escape():
    value = {"b": 1, "10": 2.0, "2": MISSING, "1": [MISSING, float("inf"), "\ud83d😀"]}

    assert '{"1":[null,null,"\\ud83d😀"],"10":2,"b":1}' == stringify(value)
