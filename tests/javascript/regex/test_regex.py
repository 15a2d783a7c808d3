"""Regular expressions: what JavaScript matches, what it refuses, and that none takes for ever.

`regex_by_hand.json` is written by hand, `regex_by_chance.json` by chance; the answers of both
are those of node's `new RegExp(expression).exec(text)`.
"""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kobjctl.javascript.regex import RegexError, RegexTimeoutError, compile_regex, search

HERE = Path(__file__).parent
FILES = ("regex_by_hand.json", "regex_by_chance.json")
CASES = [case for name in FILES for case in json.loads((HERE / name).read_text("utf-8"))]
EVIL = (
    ("(a|aa)+$", "a" * 60 + "b"),
    ("(?=(a|aa)+$)a", "a" * 60 + "b"),
    ("b(?<=^(a|aa)+b)", "c" + "a" * 60 + "b"),
    (r"(.*)*\1x$", "xa" + "a" * 100_000),
)
PARTS = r"a b . \ ( ) [ ] { } ? * + | ^ $ - , 1 2 < > = ! : # & ~ (?<n> \k<n> (?P< (?i) \A {e} é 😀"
TEXTS = st.text() | st.lists(st.sampled_from(PARTS.split()), max_size=12).map("".join)


@pytest.mark.parametrize("case", CASES, ids=lambda case: ascii(case["expression"]))
def test_an_expression_matches_what_it_matches_in_javascript(case):
    if "error" in case:
        with pytest.raises(RegexError):
            search(case["expression"], case["text"])
    else:
        assert case["match"] == search(case["expression"], case["text"])


def test_there_are_cases_of_each_kind():
    answers = [case.get("match", "error") for case in CASES]

    assert 500 < len(answers)
    assert 100 < answers.count("error")
    assert 100 < answers.count(None)


@pytest.mark.parametrize(
    ("expression", "position", "words"),
    [
        ("ab**", 4, "nothing to repeat"),
        ("*", 1, "nothing to repeat"),
        ("a(b", 2, "never closed"),
        ("ab)", 3, "closes nothing"),
        ("[a", 1, "never closed"),
        ("x[z-a]", 3, "larger character first"),
        ("xa{3,2}", 2, "larger number first"),
        ("ab(?P<n>c)", 3, "no such group"),
        ("(?<1n>a)", 4, "name of the group"),
        (r"a(?<n>b)\k<m>", 9, '"m"'),
        ("(?<n>a)(?<n>b)", 8, '"n"'),
        ("ab\\", 3, "backslash"),
        ("😀+*", 3, "nothing to repeat"),
        ("(" * 51 + ")" * 51, 51, "deeper"),
        ("a" * 10_001, 10_001, "10,000 characters"),
        ("x(a{1000}){1000}", 2, "100,000 repeats"),
    ],
)
def test_an_error_names_the_place(expression, position, words):
    with pytest.raises(RegexError) as caught:
        compile_regex(expression)

    assert position == caught.value.position
    assert words in caught.value.message
    assert f"(character {position})" in caught.value.message


@pytest.mark.parametrize(("expression", "text"), EVIL)
def test_an_expression_that_would_take_for_ever_is_given_up(expression, text, in_time):
    with in_time(), pytest.raises(RegexTimeoutError, match=r"took longer than 0\.2 s"):
        search(expression, text, time_limit=0.2)


def outcome(expression, text):
    try:
        return search(expression, text, time_limit=0.2)
    except (RegexError, RegexTimeoutError) as error:
        return error


@settings(deadline=None)
@given(TEXTS, st.text() | TEXTS)
def test_any_text_is_an_expression_or_refused_with_a_place(expression, text):
    found = outcome(expression, text)

    if isinstance(found, RegexError):
        assert 1 <= found.position <= len(expression) + 1
        assert "\n" not in found.message
    elif isinstance(found, str) and "\ufffd" not in found:
        assert found in text
    else:
        assert found is None or isinstance(found, str | RegexTimeoutError)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_an_escaped_text_matches_itself(text):
    expression = "".join(f"\\{each}" if each in r"\^$.*+?()[]{}|/" else each for each in text)

    assert text == search(expression, f"<{text}>")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_everything_matches_everything(text):
    assert text == search("^[^]*$", text)
