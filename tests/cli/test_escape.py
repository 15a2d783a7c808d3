"""What a terminal would obey is shown, never sent."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kobjctl.cli.output.escape import dump_json, escape, short_json, shorten
from kobjctl.store.text import decode

SAFE_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | SAFE_TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(SAFE_TEXT, inner),
)  # fmt: skip


def obeyed(text: str) -> list[str]:
    """Give the characters of `text` that a terminal may act upon."""
    directions = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
    return [
        character
        for character in text
        if unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}
        or unicodedata.bidirectional(character) in directions
        or character in "\u200e\u200f\u061c"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("Zoë's 注文 🎉", "Zoë's 注文 🎉"),
        ("one\ntwo\tthree\r", r"one\ntwo\tthree\r"),
        ("\x1b[31mred\x07\x00", r"\x1b[31mred\x07\x00"),
        ("\x7f \x9b31m", r"\x7f \x9b31m"),
        ("\u202egnp.exe\u2066 \u200f", r"\u202egnp.exe\u2066 \u200f"),
        ("a\u2028b\u2029", r"a\u2028b\u2029"),
        ("\ud800", r"\ud800"),
        (r"C:\new", r"C:\new"),
        ("no\u00a0break", "no\u00a0break"),
    ],
)
def test_characters_that_a_terminal_obeys_are_shown(text, expected):
    assert expected == escape(text)


@given(st.text(st.characters()))
def test_escaped_text_holds_nothing_that_a_terminal_obeys(text):
    assert [] == obeyed(escape(text))


@given(st.text(st.characters()))
def test_escaping_twice_changes_nothing_more(text):
    assert escape(text) == escape(escape(text))


def test_json_keeps_other_languages_and_escapes_what_a_terminal_obeys():
    value = {"né": "注文\x1b[0m\x9b\u202e\x7f\ud800\n"}

    expected = r'{"né": "注文\u001b[0m\u009b\u202e\u007f\ud800\n"}'

    assert expected == dump_json(value, indent=None)


def test_json_is_indented_by_two():
    assert '{\n  "a": [\n    1\n  ]\n}' == dump_json({"a": [1]})


def test_a_number_that_json_has_no_word_for_becomes_null():
    value = {"a": [float("inf"), float("nan"), 1.5], "b": "Infinity"}

    assert '{"a": [null, null, 1.5], "b": "Infinity"}' == dump_json(value, indent=None)


@given(JSON_VALUES, st.sampled_from([None, 2]))
def test_dumped_json_reads_back_to_the_same_value(value, indent):
    assert decode(json.dumps(value)) == decode(dump_json(value, indent))


@given(JSON_VALUES)
def test_dumped_json_holds_nothing_that_a_terminal_obeys(value):
    assert [] == obeyed(dump_json(value, indent=2).replace("\n", ""))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("short", '"short"'),
        ("x" * 59, '"' + "x" * 41 + "… 59 characters"),
        ("x" * 58, '"' + "x" * 58 + '"'),
        ("x" * 1204, '"' + "x" * 41 + "… 1,204 characters"),
        ("\x1b" * 100, '"' + r"\u001b" * 6 + "… 100 characters"),
        ("\\" * 100, '"' + "\\" * 40 + "… 100 characters"),
        (None, "null"),
        ({"b": [1, True]}, '{"b": [1, true]}'),
        (list(range(1000)), "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,… 4,890 characters"),
    ],
)
def test_a_long_value_is_cut_and_says_so(value, expected):
    assert expected == short_json(value)


def test_a_text_is_cut_only_beyond_the_limit():
    assert ["x" * 30, "x" * 12 + "… 31 characters"] == [
        shorten("x" * 30, 30),
        shorten("x" * 31, 30),
    ]
