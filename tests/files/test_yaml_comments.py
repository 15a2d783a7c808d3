"""Comments that were meant as a value."""

import pytest

from kobjctl.files.yaml.reader import read_yaml
from kobjctl.model.problem import FileProblemsError


@pytest.mark.parametrize(
    ("text", "place", "severity", "hint"),
    [
        ("a: #steps.1.id", (1, 4), "error", "write /#steps.1.id"),
        ("a:  #steps.1.id  \nb: c", (1, 5), "error", "write /#steps.1.id"),
        ("a: #/steps.1.id", (1, 4), "error", "write /#steps.1.id"),
        ("a: #variables.x", (1, 4), "error", "write /#variables.x"),
        ("a: #fn:parseInt,steps.1.id", (1, 4), "error", "write /#fn:parseInt,steps.1.id"),
        ("- #steps.1.id\n- b", (1, 3), "error", "write /#steps.1.id"),
        ("a: #{{steps.1.id}}", (1, 4), "error", "put quotes around all of it"),
        ("a: Order #{{steps.1.id}}", (1, 10), "warning", "put quotes around all of it"),
        ("a: Order #{{{steps.1.id}}} is here\n", (1, 10), "warning", "put quotes around all"),
        ("a: [b, c #{{steps.1.id}}\n ]", (1, 10), "warning", "put quotes around all of it"),
    ],
)
def test_an_expression_that_is_a_comment_is_told(text, place, severity, hint):
    [problem] = read_yaml(text, "x.yaml").problems

    assert ("WF005", *place, severity) == (problem.code, *problem.span[:2], problem.severity)
    assert problem.hint.startswith(hint)


@pytest.mark.parametrize(
    "text",
    [
        "a: # a comment",
        "a: b # as {{steps.1.id}} was",
        "a: b # steps.1.id",
        "a: 'b #{{steps.1.id}}'",
        "a: /#steps.1.id",
        "a: b#{{steps.1.id}}",
        "a: |\n  b #{{steps.1.id}}",
        "#steps.1.id\na: b",
        "a: b\n#{{steps.1.id}}",
    ],
)
def test_any_other_comment_is_fine(text):
    assert () == read_yaml(text, "x.yaml").problems


@pytest.mark.parametrize(
    "text",
    [
        "a: {id: #steps.1.id, name: x}",
        "a: {id: #steps.1.id, name: x}\nb: c",
        "a: [x, #steps.1.id]\nb: c",
        "a: {name: x, id: #steps.1.id}\n",
    ],
)
def test_brackets_that_a_comment_leaves_open_are_told_at_the_comment(text):
    with pytest.raises(FileProblemsError) as raised:
        read_yaml(text, "x.yaml")

    [problem] = raised.value.problems
    assert (1, text.index("#") + 1) == problem.span[:2]
    assert 'a "#" after a space begins a comment' == problem.message
    assert "write /#steps.1.id" == problem.hint
