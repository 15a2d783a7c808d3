import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kobjctl.files.json.reader import read_json
from kobjctl.model.problem import FileProblemsError, Span
from kobjctl.store.text import decode

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
)
with_fixtures = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])

# Text, line, column, and a part of the message or the hint.
BAD = {
    "nothing": ("", 1, 1, "the file is empty"),
    "only blanks": (" \n\t", 1, 1, "the file is empty"),
    "a comma before a brace": ('{"a": 1,\n}', 1, 8, 'a comma is not allowed before "}"'),
    "a comma before a bracket": ("[1, 2, ]", 1, 6, 'a comma is not allowed before "]"'),
    "not a number": ('{"a": NaN}', 1, 7, '"NaN" is not a number in JSON'),
    "infinity": ("[Infinity]", 1, 2, '"Infinity" is not a number in JSON'),
    "minus infinity": ("[-Infinity]", 1, 2, '"-Infinity" is not a number in JSON'),
    "a float that overflows": ("[1,\n 1e400]", 2, 2, "the number 1e400 is too large"),
    "a very long integer": ("9" * 5000, 1, 1, "the number 999999999999999999999999… is too"),
    "the first half of a pair": (r'["\ud83d"]', 1, 2, "half of a surrogate pair"),
    "the second half of a pair": (r'{"a\ude00": 1}', 1, 2, "half of a surrogate pair"),
    "a raw half of a pair": ('"\ud83d"', 1, 1, "half of a surrogate pair"),
    "a tab in a text": ('["a\tb"]', 1, 4, "control character U+0009"),
    "a line break in a text": ('["a\nb"]', 1, 2, "no closing quote on its line"),
    "an open text": ('{"a": "b', 1, 7, "no closing quote on its line"),
    "an unknown escape": (r'["a\x"]', 1, 4, r'"\x" is not an escape of JSON'),
    "a short escape": (r'["\u12"]', 1, 3, r'"\u" is not an escape of JSON'),
    "nesting": ("[" * 101 + "]" * 101, 1, 101, "nested deeper than 100 levels"),
    "endless nesting": ('{"a":' * 100_000, 1, 501, "nested deeper than 100 levels"),
    "a missing brace": ('{"a": 1', 1, 8, "the text ends in the middle of the value"),
    "a missing comma": ('{"a": 1\n "b": 2}', 2, 2, '"," or "}" is expected here, not "b"'),
    "a missing colon": ('{"a" 1}', 1, 6, 'a ":" after the key is expected here, not "1"'),
    "a missing value": ('{"a":}', 1, 6, 'a value is expected here, not "}"'),
    "a missing first value": ("[,1]", 1, 2, 'a value is expected here, not ","'),
    "two values": ("1 2", 1, 3, "there is more text after the JSON value"),
    "a key without quotes": ("{a: 1}", 1, 2, '"a" has no quotes'),
    "a number as key": ("{1: 1}", 1, 2, 'a key in double quotes is expected here, not "1"'),
    "single quotes": ("{'a': 1}", 1, 2, "double quotes, not single ones"),
    "curly quotes": ("[\u201ca\u201d]", 1, 2, "\u201c is not a quote in JSON"),
    "a comment": ("[1] // one", 1, 5, "there is more text after the JSON value"),
    "a comment inside": ("[/* one */ 1]", 1, 2, "JSON has no comments"),
    "a word of Python": ("[True]", 1, 2, '"True" is not a value in JSON'),
    "a leading zero": ("[01]", 1, 2, '"01" is not a number in JSON'),
    "a bare point": ("[1.]", 1, 2, '"1." is not a number in JSON'),
    "a plus sign": ("[+1]", 1, 2, '"+1" is not a number in JSON'),
    "a digit of another script": ("[\u0661]", 1, 2, "can't stand here"),
    "a control character": ("[\x01]", 1, 2, '"U+0001" can\'t stand here'),
    "a character beyond the first plane": ('["\U0001f600", x]', 1, 7, '"x" has no quotes'),
}


@pytest.mark.parametrize(("text", "line", "column", "message"), BAD.values(), ids=BAD.keys())
def test_what_is_not_strict_json_is_refused_at_its_place(text, line, column, message, only_problem):
    problem = only_problem(read_json, text, "order.json")

    assert ("order.json", "WF001") == (problem.file, problem.code)
    assert (line, column) == problem.span[:2]
    assert message in problem.message


@given(VALUES, st.sampled_from([None, 0, 2, "\t"]), st.booleans())
@with_fixtures
def test_what_json_writes_reads_back_equal_and_each_place_holds_its_value(
    cut, value, indent, ascii_only
):
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)

    document = read_json(text, "x")

    held = decode(text)
    assert held == document.data
    assert set(paths_of(value)) == set(document.spans)
    for path, span in document.spans.items():
        assert at(held, path) == decode(cut(document, span))
    for path, span in document.key_spans.items():
        assert path[-1] == json.loads(cut(document, span))


@given(st.text() | st.text('{}[]",:0123.e-+\\u tfn\n'))
def test_any_text_reads_as_the_standard_library_reads_it_or_is_refused(text):
    try:
        data = read_json(text, "x").data
    except FileProblemsError as error:
        outcome = [problem.code for problem in error.problems]
        expected = ["WF001"]
    else:
        outcome = data
        expected = decode(text.removeprefix("\ufeff"))

    assert expected == outcome


def test_a_number_that_loses_digits_is_a_warning_at_its_place():
    document = read_json('{"a": 1,\n "id": 1098765432109876543}', "x.json")

    [problem] = document.problems
    assert ("WF003", "warning", Span(2, 8, 2, 27)) == (
        problem.code,
        problem.severity,
        problem.span,
    )
    assert 1098765432109876500 == document.data["id"]


def test_a_key_that_is_there_twice_is_a_problem_at_its_second_place():
    document = read_json('{"a": 1,\n "b": 2,\n "a": 3}', "x.json")

    [problem] = document.problems
    assert ("WF002", Span(3, 2, 3, 5)) == (problem.code, problem.span)
    assert 'the key "a" is already on line 1' == problem.message
    assert {"a": 3, "b": 2} == document.data


def test_a_byte_order_mark_is_no_part_of_the_text():
    document = read_json("\ufeff[1]", "x")

    assert ([1], "[1]", Span(1, 2, 1, 3)) == (document.data, document.text, document.span((0,)))


def test_a_hundred_levels_are_fine():
    assert 100 == str(read_json("[" * 100 + "]" * 100, "x").data).count("[")


def test_both_halves_of_a_pair_make_one_character():
    assert "\U0001f600" == read_json(r'"\ud83d\ude00"', "x").data


def test_a_large_file_is_read_soon(in_time):
    order = {"id": "1234", "price": 10.25, "tags": ["new", "paid"], "customer": None}
    text = json.dumps([order] * 6000)

    with in_time():
        read_json(text, "x")

    assert len(text) > 400_000


def paths_of(value, path=()):
    yield path
    if isinstance(value, list):
        value = dict(enumerate(value))
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from paths_of(inner, (*path, key))


def at(value, path):
    for part in path:
        value = value[part]
    return value
