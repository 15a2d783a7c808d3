"""Any text is rendered, or refused with its place; nothing is changed, nothing takes long."""

import re
from copy import deepcopy
from datetime import timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from kobjctl.expressions.handlebars import HELPERS, RenderContext, TemplateError, compile_template

from .conftest import NOON

CONTEXT = RenderContext(lambda: NOON, lambda: 0.5, lambda _: None)
PIECES = [
    "{{", "}}", "{{{", "}}}", "{{{{", "}}}}", "{{#", "{{/", "{{^", "{{else", "{{else if ", "{{!",
    "{{!--", "--}}", "~", "{{> ", "{{* ", "{{&", "a", "b", "this", ".", "..", "/", "[", "]", "@",
    "@index", "@root", "=", "(", ")", "'", '"', "|", " as |x|", "\\", " ", "\n", "\r", "1", "-2.5",
    "true", "null", "undefined", "{{#each a}}", "{{/each}}", "{{#if b}}", "{{/if}}", "{{#a}}",
    "{{/a}}", "{{else}}", "{{{{a}}}}", "{{{{/a}}}}", "{{a}}", "{{../a}}", "\0", "é", "😀", "\ufeff",
    *(f"{{{{{name} " for name in HELPERS), *(f"({name} " for name in HELPERS),
]  # fmt: skip
TEXTS = st.text() | st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=25).map(
    "".join
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["a", "b", "0", "x", ""]), inner, max_size=4)
    ),
    max_leaves=12,
)
ROOTS = st.dictionaries(st.sampled_from(["a", "b", "steps"]), JSON, max_size=3)
PATHS = st.sampled_from(
    [
        "a",
        "b",
        "a.b",
        "a.0",
        "this",
        ".",
        "../a",
        "..",
        "@index",
        "@key",
        "@root.a",
        "@../last",
        "x",
    ]
)


def blocks(inner):
    """Build templates around templates."""
    kinds = st.sampled_from(["#if", "#unless", "#each", "#with", "#", "^"])
    ends = st.sampled_from(["", "~"])

    def build(kind, path, body, otherwise, end):
        name = kind[1:] or path
        subject = f"{name} {path}" if kind[1:] else path
        return f"{{{{{kind[0]}{subject}{end}}}}}{body}{{{{{end}else}}}}{otherwise}{{{{/{name}}}}}"

    return st.builds(build, kinds, PATHS, inner, inner, ends) | st.lists(inner, max_size=3).map(
        "".join
    )


TEMPLATES = st.recursive(
    PATHS.map("{{{{{}}}}}".format)
    | PATHS.map("{{{{{{{}}}}}}}".format)
    | st.text(" \n<x", max_size=3),
    blocks,
    max_leaves=15,
)


def outcome(text, roots):
    """Render; give the text, or the error."""
    try:
        return compile_template(text).render(roots, CONTEXT)
    except TemplateError as error:
        return error


def is_good(error, text):
    """Tell whether an error is one line and has a place in the text."""
    lines = re.split("\r\n|\r|\n", text)
    return (
        error.message == " ".join(error.message.splitlines())
        and 1 <= error.line <= len(lines)
        and 1 <= error.column <= len(lines[error.line - 1]) + 1
    )


@given(TEXTS, ROOTS)
@settings(deadline=timedelta(seconds=1))
@example("{{#a}}{{else a}}{{/a}}", {"a": float("nan")})
def test_any_text_is_rendered_or_refused_with_its_place(text, roots):
    result = outcome(text, roots)

    assert isinstance(result, str) or is_good(result, text)


@given(TEMPLATES, ROOTS)
@settings(deadline=timedelta(seconds=1))
def test_rendering_changes_nothing(text, roots):
    before = deepcopy(roots)

    first, second = outcome(text, roots), outcome(text, roots)

    assert repr(before) == repr(roots)
    assert str(first) == str(second)


@given(TEMPLATES, ROOTS)
@settings(deadline=timedelta(seconds=1))
def test_what_is_well_formed_never_fails(text, roots):
    assert isinstance(outcome(text, roots), str)


@given(st.text())
def test_text_without_braces_and_backslashes_is_itself(text):
    plain = text.translate(str.maketrans("", "", "{}\\\0"))

    assert plain == compile_template(plain).render({}, CONTEXT)


@given(st.text())
def test_an_escaped_value_has_no_special_character(value):
    printed = compile_template("{{a}}").render({"a": value}, CONTEXT)

    assert not set("<>\"'`=") & set(printed)
