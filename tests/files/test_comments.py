"""Comments that silence problems: which there are, and which lines they are about."""

import pytest

from kobjctl.files.comments import silencers
from kobjctl.files.json.reader import read_json
from kobjctl.files.yaml.reader import read_yaml


def found(text):
    """Give the line that each comment is about, with its words."""
    return [
        (each.line, [word.text for word in each.words])
        for each in silencers(read_yaml(text, "x.yaml"))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: b # kobjctl: ignore WF403", [(1, ["WF403"])]),
        ("a: b #kobjctl:ignore WF403", [(1, ["WF403"])]),
        ("a: b # kobjctl: ignore wf403", [(1, ["wf403"])]),
        ("a: b # kobjctl: ignore unknown-key", [(1, ["unknown-key"])]),
        ("a: b # kobjctl ignroe WF403", [(1, ["WF403"])]),
        (
            "a: b # kobjctl: ignore WF403, WF404 WF405,WF1",
            [(1, ["WF403", "WF404", "WF405", "WF1"])],
        ),
        ("a: b # kobjctl: ignore WF403 as it was", [(1, ["WF403", "as", "it", "was"])]),
        ("a: b # kobjctl: ignore WF403 (it was)", [(1, ["WF403"])]),
        ("a: b # kobjctl: ignore", [(1, [])]),
        ("# kobjctl: ignore WF403\na: b", [(2, ["WF403"])]),
        ("# kobjctl: ignore WF403\n  # and so on\na: b", [(3, ["WF403"])]),
        ("# kobjctl: ignore WF1\n# kobjctl: ignore WF2\na: b", [(3, ["WF1"]), (3, ["WF2"])]),
        ("a: b\n# kobjctl: ignore WF403", [(3, ["WF403"])]),
        (
            "a: b # kobjctl: ignore WF403\r\nc: d # kobjctl: ignore WF1",
            [(1, ["WF403"]), (2, ["WF1"])],
        ),
        ('a: "# kobjctl: ignore WF403"', []),
        ("a: '\n  # kobjctl: ignore WF403'", []),
        ("a: |\n  text # kobjctl: ignore WF403\n  text\nb: c", []),
        ('"# kobjctl: ignore WF403": b', []),
        ("a: b # kobjctl: 1 WF403", []),
        ("a: b # not for kobjctl: ignore WF403", []),
        ('a: [&x "#", *x] # kobjctl: ignore WF403', [(1, ["WF403"])]),
    ],
)
def test_a_comment_is_about_its_line_or_the_next_that_is_none(text, expected):
    assert expected == found(text)


def test_many_comments_in_a_row_are_about_the_line_after_them():
    many = 3_000
    expected = [(many + 1, ["WF403"])] * many

    assert expected == found("# kobjctl: ignore WF403\n" * many + "a: b")


def test_a_word_has_its_place():
    [comment] = silencers(read_yaml("a: b # kobjctl: ignore WF1, WF22", "x.yaml"))

    assert (1, 6, 1, 33) == comment.span
    assert [("WF1", (1, 24, 1, 27)), ("WF22", (1, 29, 1, 33))] == list(comment.words)


def test_json_has_no_comments():
    assert [] == silencers(read_json('{"a": "# kobjctl: ignore WF403"}', "x.json"))
