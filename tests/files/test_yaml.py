import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kobjctl.files.yaml import reader as yaml_reader
from kobjctl.files.yaml.reader import read_yaml
from kobjctl.model.problem import FileProblemsError, Span

BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]\n" for level in range(1, 9)
)
CHAIN = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 120))

# The text of a scalar, and what it means by the core schema of YAML 1.2.
SCALARS = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
    "0": 0, "-12": -12, "+12": 12, "007": 7, "0o17": 15, "0x1F": 31,
    "1.5": 1.5, "-.5": -0.5, "1.": 1, "1e3": 1000, "+1.5E-2": 0.015,
    "no": "no", "on": "on", "Yes": "Yes", "y": "y", "nUll": "nUll", "tRUE": "tRUE",
    "12:30": "12:30", "2020-01-31": "2020-01-31", "2020-01-31T10:00:00Z": "2020-01-31T10:00:00Z",
    "1_000": "1_000", "0b1": "0b1", "-0x1F": "-0x1F", "1.2.3": "1.2.3", "+": "+", ".": ".",
    "=": "=", "a<<": "a<<", "/#steps.1.id": "/#steps.1.id", "$10.25": "$10.25",
    "'1'": "1", '"true"': "true", "''": "", "!!str 1": "1", "!!str": "", "! 1": "1",
    "inf": "inf", "nan": "nan",
}  # fmt: skip

# Text, line, column, and a part of the message.
BAD = {
    "nothing": ("", 1, 1, "the file is empty"),
    "only a comment": ("# nothing\n", 1, 1, "the file is empty"),
    "only a document start": ("---\n", 1, 1, "the file is empty"),
    "not a number": ("a: .nan", 1, 4, '".nan" is a number that JSON does not have'),
    "infinity": ("- 1\n- .inf", 2, 3, '".inf" is a number that JSON does not have'),
    "minus infinity": ("a: -.INF", 1, 4, '"-.INF" is a number that JSON does not have'),
    "a float that overflows": ("a: 1e400", 1, 4, "the number is too large"),
    "a very long integer": (f"a: {'9' * 5000}", 1, 4, "the number is too large"),
    "a tag of Python": (
        "a: !!python/object/apply:os.system [ls]", 1, 4,
        'kobjctl does not read the tag "!!python/object/apply:os.system',
    ),
    "a tag of the file": ("a: !foo x", 1, 4, 'kobjctl does not read the tag "!foo"'),
    "a tag of the core schema": ("a: !!int '1'", 1, 4, 'kobjctl does not read the tag "!!int"'),
    "a tag on a list": ("a: !!set {b}", 1, 4, 'kobjctl does not read the tag "!!set"'),
    "a tag on a key": ("!foo a: 1", 1, 1, 'kobjctl does not read the tag "!foo"'),
    "a bomb of aliases": (BOMB, 5, 45, "more than 100,000 values"),
    "a chain of aliases": (CHAIN, 100, 12, "nested deeper than 100 levels"),
    "too many values": ("[" + "1," * 100_000 + "]", 1, 200_000, "more than 100,000 values"),
    "an alias inside of its anchor": ("a: &a [*a]", 1, 8, 'the alias "*a" is inside'),
    "an alias to nothing": ("a: *b", 1, 4, 'no anchor above is called "b"'),
    "a merge key": ("a: &a {b: 1}\nc:\n  <<: *a", 3, 3, 'kobjctl does not read the merge key "<<'),
    "nesting": ("[" * 101, 1, 101, "nested deeper than 100 levels"),
    "endless nesting": ("{a: " * 50_000, 1, 401, "nested deeper than 100 levels"),
    "a null key": ("~: 1", 1, 1, "a key must be text, not null"),
    "an empty key": ("?\n: 1", 1, 2, "a key must be text, not null"),
    "a list as key": ("[a]: 1", 1, 1, "a key must be text, not a list"),
    "a template without quotes": ("a: {{steps.1.id}}", 1, 5, "a key must be text, not a list"),
    "an alias as key": ("a: &a b\n*a : 1", 2, 1, "a key must be text, not a list"),
    "an anchor on a key": ("&a b: 1", 1, 1, "a key can't have an anchor"),
    "a second document": ("a: 1\n---\nb: 2", 2, 1, "a second document begins here"),
    "something after the end": ("a: 1\n...\nb: 2", 3, 1, "there is more text after"),
    "a tab as indentation": ("a:\n\tb: 1", 2, 1, "a tab can't stand here"),
    "a half of a pair": (r'a: "\ud83d"', 1, 7, "this escape is not a character"),
    "a raw half of a pair": ("a: \ud83d", 1, 4, "the control character U+D83D"),
    "a control character": ("a: 1\nb: \x00", 2, 4, "the control character U+0000"),
    "a colon in a value": ("a: b: c", 1, 5, 'a ":" can\'t stand here'),
    "an open quote": ("a: 'b", 1, 4, "this quote is never closed"),
    "an open quote in the middle": ('a: 1\nb: "c\nd: 2', 2, 4, "this quote is never closed"),
    "an unknown escape": (r'a: "\q"', 1, 5, "YAML doesn't know this backslash escape"),
    "an at sign": ("a: @b", 1, 4, 'text can\'t begin with "@"'),
    "a list on the line of its key": ("a: - b", 1, 4, "a list can't begin on the line"),
    "an object after a list": ("- a\nb: c", 2, 1, 'a "-" is expected here'),
    "an open list": ("a: [1, 2", 1, 9, 'a "," or "]" is missing'),
    "an open object": ("a: {b: 1", 1, 9, 'a "," or "}" is missing'),
    "a text after a quote": ("a: 'b' c", 1, 8, "a key is expected here"),
    "a directive that nobody knows": ("%FOO\n--- a", 1, 5, "found unknown directive name"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "value"), SCALARS.items())
def test_a_scalar_means_what_the_core_schema_says(text, value):
    document = read_yaml(f"a: {text}\nb: 0", "x")

    assert value == document.data["a"]
    assert type(value) is type(document.data["a"])


@pytest.mark.parametrize(("text", "line", "column", "message"), BAD.values(), ids=BAD.keys())
def test_what_is_not_plain_yaml_is_refused_at_its_place(text, line, column, message, only_problem):
    problem = only_problem(read_yaml, text, "order.yaml")

    assert ("order.yaml", "WF001") == (problem.file, problem.code)
    assert (line, column) == problem.span[:2]
    assert message in problem.message
    assert problem.message.isprintable()


@pytest.mark.parametrize("key", ["1", "1.50", "true", "no", "0x1F", "2020-01-31", ".nan", "'~'"])
def test_a_key_is_text_as_it_is_written(key):
    assert {key.strip("'"): "a"} == read_yaml(f"{key}: a", "x").data


def test_a_merge_key_in_quotes_is_text():
    assert {"<<": 1} == read_yaml("'<<': 1", "x").data


def test_a_key_that_is_there_twice_is_a_problem_at_its_second_place():
    document = read_yaml("a: 1\nb: 2\na: 3", "x.yaml")

    [problem] = document.problems
    assert ("WF002", Span(3, 1, 3, 2)) == (problem.code, problem.span)
    assert 'the key "a" is already on line 1' == problem.message
    assert {"a": 3, "b": 2} == document.data


def test_a_key_written_in_two_ways_is_there_twice():
    assert 1 == len(read_yaml("1: a\n'1': b", "x").problems)


def test_an_alias_is_the_value_of_its_anchor_with_the_places_of_its_content():
    document = read_yaml("a: &a {b: [1]}\nc:\n- *a", "x")

    assert {"a": {"b": [1]}, "c": [{"b": [1]}]} == document.data
    assert Span(3, 3, 3, 5) == document.span(("c", 0))
    assert document.span(("a", "b", 0)) == document.span(("c", 0, "b", 0))
    assert document.span(("a", "b"), key=True) == document.span(("c", 0, "b"), key=True)


def test_an_anchor_may_be_set_again():
    assert [1, 2, 2] == read_yaml("[&a 1, &a 2, *a]", "x").data
    assert [[2], 2] == read_yaml("[&a [&a 2], *a]", "x").data


def test_a_block_collection_ends_with_its_last_value():
    document = read_yaml("a:\n  - 1\n  - b: |\n      text\n\n# end\nc: 1\n", "x")

    assert Span(2, 3, 4, 11) == document.span(("a",))
    assert Span(3, 8, 4, 11) == document.span(("a", 1, "b"))


def test_lines_end_where_editors_end_them():
    document = read_yaml("a: 1\r\nb: \U0001f600\r\nc: {d: 1}", "x")

    assert Span(2, 4, 2, 5) == document.span(("b",))
    assert Span(3, 8, 3, 9) == document.span(("c", "d"))


def test_a_byte_order_mark_is_no_part_of_the_text():
    assert Span(1, 4, 1, 5) == read_yaml("\ufeffa: 1", "x").span(("a",))


def test_a_hundred_levels_are_fine():
    assert 100 == str(read_yaml("[" * 100 + "]" * 100, "x").data).count("[")


def test_a_hundred_thousand_values_are_fine():
    assert 99_999 == len(read_yaml("[" + "1," * 99_999 + "]", "x").data)


class _QuotedDumper(yaml.SafeDumper):
    def ignore_aliases(self, data):  # noqa: ARG002 - the signature is PyYAML's
        return True


_QuotedDumper.add_representer(
    str,
    lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'),
)

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(-1e6, 1e6).map(lambda n: round(n, 3))
    | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
    max_leaves=20,
)
with_fixtures = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@given(VALUES, st.sampled_from([None, False, True]))
@with_fixtures
def test_what_yaml_writes_reads_back_equal_and_each_place_holds_its_value(cut, value, flow):
    text = yaml.dump(value, Dumper=_QuotedDumper, default_flow_style=flow, width=10_000)

    document = read_yaml(text, "x")

    assert value == document.data
    for path, span in document.spans.items():
        assert at(value, path) == read_yaml(cut(document, span), "x").data
    for path, span in document.key_spans.items():
        assert path[-1] == read_yaml(cut(document, span), "x").data


@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
@given(text=st.text() | st.text("ab:-?[]{},&*!|>'\"%@`#~<\n \t\\u\u2028.0"))
@with_fixtures
def test_any_text_either_reads_or_is_refused(loader, text):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_reader, "_LOADER", getattr(yaml, loader, yaml.SafeLoader))
        try:
            read_yaml(text, "x")
        except FileProblemsError as error:
            codes = [problem.code for problem in error.problems]
        else:
            codes = ["WF001"]

    assert ["WF001"] == codes


def test_without_the_c_library_half_a_pair_is_refused_all_the_same(monkeypatch, only_problem):
    monkeypatch.setattr(yaml_reader, "_LOADER", yaml.SafeLoader)

    problem = only_problem(read_yaml, r'a: "\ud83d"', "x")

    assert "half of a surrogate pair" in problem.message


def at(value, path):
    for part in path:
        value = value[part]
    return value
