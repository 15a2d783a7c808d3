"""The helpers that need a world, the notes they make, and the table they are in."""

import json
import re
from pathlib import Path

import pytest

from kobjctl.expressions.handlebars import HELPERS, TemplateError, compile_template

CONFIRMED = {
    "if", "unless", "each", "with", "lookup", "log",
    "date", "dateFormat", "dateDiff", "math", "toLower", "randomId",
}  # fmt: skip

# Cases of the helpers for which handlebars.js would need a clock and chance that stand still.
WITH_A_WORLD = [
    ("{{date 'day' count=0}}", "2026-01-02T12:00:00.000Z"),
    ("{{date 'day' count=1}}", "2026-01-01T12:00:00.000Z"),
    ("{{date 'hour' count=-24}}", "2026-01-03T12:00:00.000Z"),
    ("{{date 'hours' count=\"2\"}}", "2026-01-02T10:00:00.000Z"),
    ("{{date 'year' count=(math 1 '+' 1)}}", "2024-01-02T12:00:00.000Z"),
    ("{{date 'minute'}}", "2026-01-02T12:00:00.000Z"),
    ("{{date}}", "2026-01-02T12:00:00.000Z"),
    ("{{dateFormat steps.1.at format='LL'}}", "May 3, 2020"),
    ("{{dateFormat steps.1.at format='YYYY-MM-DD HH:mm'}}", "2020-05-03 10:30"),
    ("{{dateFormat steps.1.at}}", "2020-05-03T10:30:00Z"),
    ("{{dateFormat (date 'day' count=1) format='DD.MM.'}}", "01.01."),
    ("{{dateDiff 'days' from=steps.1.at to='2020-05-05T10:30:00Z'}}", "2"),
    ("{{dateDiff 'milliseconds' from=steps.1.at to='2020-05-03T10:30:00.250Z'}}", "250"),
    ("{{#if (lt (dateDiff 'hours' from=steps.1.at to=(date)) 1)}}new{{else}}old{{/if}}", "old"),
    ("{{randomId}}", "AJS9AJS9AJ"),
    ("{{randomId size=6}}", "AJS9AJ"),
    ('{{randomId size="3"}}', "AJS"),
    ("{{randomId size=0}}", ""),
]
UNDOCUMENTED = [
    ("{{numberFormat 1234567.891 decimals=2 separator='.' point=','}}", "1.234.567,89"),
    ("{{numberFormat 0.1 decimals=20}}", "0.10000000000000000555"),
    ("{{numberFormat '1e22'}}|{{numberFormat -0.4 decimals=0}}", "1e+22|-0"),
    ("{{numberFormat '0.0000001'}}", "0.0000001"),
    ("{{split '' ''}}|{{join (split 'ab' '')}}", "|a,b"),
    ("{{substring '😀ab' 1}}|{{substring '😀ab' 2}}|{{substring '😀ab' 0 x}}", "\ufffdab|ab|😀ab"),
    (
        "{{truncate '😀😀😀' 4 suffix=''}}|{{truncate '😀😀' 4}}|{{capitalize '😀a'}}",
        "😀😀|😀😀|😀a",
    ),
    ("{{join (split '😀a' '') '-'}}|{{join (split '😀' '') ''}}", "\ufffd-\ufffd-a|😀"),
    ("{{numberFormat '1e20' decimals=20}}", "100,000,000,000,000,000,000.00000000000000000000"),
    ("{{eq l l}}{{eq l m}}", "truefalse"),
    ("{{lt '2020-01-01' '2021-01-01'}}{{lt 'a' 'b'}}{{gt '10' 9}}", "truefalsetrue"),
    ("{{{json nan}}}", "null"),
    ('{{{json "half"}}}', '"half"'),
]


def cases():
    """Give the templates that are tried with what they give."""
    files = sorted((Path(__file__).parent / "cases").glob("*.json"))
    given = [case for path in files for case in json.loads(path.read_text("utf-8"))]
    return [text for text, _ in (*WITH_A_WORLD, *UNDOCUMENTED)] + [
        case["template"] for case in given if "result" in case
    ]


@pytest.fixture(scope="module")
def tried():
    """The helpers that are called, each with the texts that do."""
    found = {name: [] for name in HELPERS}
    for text in cases():
        for helper in compile_template(text).helpers:
            found[helper.name].append(text)
    return found


@pytest.mark.parametrize("name", HELPERS)
def test_a_helper_and_each_of_its_options_has_a_case(name, tried):
    untried = [
        option
        for option in HELPERS[name].options
        if not any(f"{option}=" in text for text in tried[name])
    ]

    assert tried[name]
    assert [] == untried


def test_the_helpers_of_the_public_sources_are_confirmed():
    assert CONFIRMED == {name for name, helper in HELPERS.items() if helper.confirmed}


def test_a_template_tells_the_helpers_it_calls():
    template = compile_template("{{#each a}}{{trim (toLower b)}}{{trim}}{{/each}}{{trim c}}")

    assert ["each", "trim", "toLower"] == [helper.name for helper in template.helpers]


@pytest.mark.parametrize(("text", "result"), WITH_A_WORLD)
def test_helpers_take_time_and_chance_from_the_world(text, result, render):
    assert result == render(text, steps={"1": {"at": "2020-05-03T10:30:00Z"}})


def test_a_random_id_has_ten_capital_letters_and_digits(render):
    assert re.fullmatch("[A-Z0-9]{10}", render("{{randomId}}"))


@pytest.mark.parametrize("size", ["-1", "'x'", "1e9", "100000"])
def test_a_random_id_of_no_good_size_is_refused(size, render):
    with pytest.raises(TemplateError, match="at most 1,000"):
        render(f"{{{{randomId size={size}}}}}")


@pytest.mark.parametrize(
    ("text", "result", "warning"),
    [
        (
            "{{math undefined '+' 1}}",
            "NaN",
            "a missing value doesn't begin with a number: write digits with a",
        ),
        (
            "{{math '1,234.56' '*' 2}}",
            "2",
            '"1,234.56" was read as 1, up to the ",": write 1234.56',
        ),
        ("{{math 1 '/' 0}}", "Infinity", "1 / 0 is Infinity"),
        ("{{math 0 '%' 0}}", "NaN", "0 % 0 is NaN"),
        (
            "{{dateFormat 'soon'}}",
            "Invalid date",
            '"soon" is not a date: write 2026-01-02T03:04:05Z or',
        ),
        (
            "{{dateFormat '1680000000'}}",
            "Invalid date",
            '"1680000000" is not a date: seconds since',
        ),
        ("{{dateDiff 'days' from='soon' to='2020-01-01'}}", "NaN", '"soon" is not a date'),
        ("{{date 'years' count=1000000}}", "Invalid date", "1000000 years go beyond the dates"),
        ("{{dateFormat null}}", "", "dateFormat has no date, so it prints nothing (not conf"),
        ("{{dateDiff 'days' to='2020-01-01'}}", "NaN", "dateDiff needs two dates"),
        ("{{date 'day' count='x'}}", "2026-01-02T12:00:00.000Z", "the count of date is not"),
        ("{{{one}}}{{{one}}}", "2", "values side by side in {{{ }}} were added"),
        (
            "{{toUpper 'a'}}",
            "A",
            'the helper "',
        ),
    ],
)
def test_what_is_doubtful_is_warned_of_once(text, result, warning, render, warnings):
    assert result * 3 == render("{{#each l}}" + text + "{{/each}}", l=[{"one": 1}] * 3)
    assert 1 == len(warnings)
    assert warnings[0].startswith(warning)


@pytest.mark.parametrize(
    "text", ["{{toLower 'A'}}", "{{one}}{{one}}", "{{{one}}} {{{one}}}", "x{{{one}}}{{{one}}}"]
)
def test_what_is_not_doubtful_is_not_warned_of(text, render, warnings):
    render(text, one=1)

    assert [] == warnings


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("{{#each l}}{{trim}}{{/each}}", "field"),
        ("{{#each l}}{{trim}}{{trim ' x '}}{{/each}}", "fieldx"),
        ("{{#each l}}{{date}}{{/each}}", "2026-01-02T12:00:00.000Z"),
        ("{{#each l}}{{this.date}}{{/each}}", "another field"),
        ("{{#each l}}{{#trim}}[{{this}}]{{/trim}}{{/each}}", "[field]"),
    ],
)
def test_a_bare_name_is_a_field_where_the_helper_needs_values(text, result, render):
    assert result == render(text, l=[{"trim": "field", "date": "another field"}])


@pytest.mark.parametrize(("text", "result"), UNDOCUMENTED)
def test_helpers_that_nobody_documents_do_the_plain_thing(text, result, render):
    assert result == render(text, l=[1], m=[1], nan=float("nan"))
