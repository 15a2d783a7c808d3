"""Blocks on a terminal, wide and narrow."""

import io
import json
import re

import pytest
from rich.cells import cell_len
from rich.console import Console

from kobjctl.cli.output import blocks as b
from kobjctl.cli.output.plain import render as render_plain
from kobjctl.cli.output.render import render

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
COLUMNS = (
    b.Column("run", right=True),
    b.Column("status", keep=True),
    b.Column("workflow"),
    b.Column("started (UTC)", keep=True),
)
ROWS = [
    ("7", b.good("completed"), "Order from the shop on the corner", "2026-05-01 12:00:00"),
    ("12", b.bad("timed out"), "Refund", "2026-05-01 12:00:01"),
]


def printed(*shown: b.Block, width: int = 80, no_color: bool | None = None) -> str:
    """Give what the terminal would get."""
    file = io.StringIO()
    console = Console(
        file=file, width=width, force_terminal=True, color_system="standard", no_color=no_color
    )
    render(shown, console)
    return file.getvalue()


def seen(*shown: b.Block, width: int = 80) -> str:
    """Give what a person would see, without colours and without spaces at the ends."""
    lines = COLOUR.sub("", printed(*shown, width=width)).splitlines()
    return "".join(line.rstrip() + "\n" for line in lines)


def test_a_style_becomes_a_colour(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)

    assert "\x1b[32mcompleted\x1b[0m\n" == printed(b.Line(b.good("completed")))


def test_no_color_is_respected(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")

    assert "completed\n" == printed(b.Line(b.good("completed")))


def test_what_is_no_terminal_gets_no_codes():
    file = io.StringIO()

    render([b.Line(b.good("completed"))], Console(file=file, force_terminal=False))

    assert "completed\n" == file.getvalue()


@pytest.mark.parametrize("value", ["[red]a[/red]", "[/]", ":smile:", "12 'x' true http://a.b"])
def test_a_value_is_never_read_as_markup(value):
    cells = [(value, value)]
    shown = (
        b.Line(value),
        b.Table((b.Column(value), b.Column("x")), cells),
        b.Table((b.Column("x"),), [], empty=value),
        b.FieldList([(value, value)]),
        b.Tree(value, [b.Tree(value)]),
        b.JsonBlock(value, 1),
    )

    output = printed(*shown, no_color=True)

    assert 10 == output.count(value)


def test_a_table_that_fits_is_aligned():
    expected = """\
run  status     workflow                           started (UTC)
  7  completed  Order from the shop on the corner  2026-05-01 12:00:00
 12  timed out  Refund                             2026-05-01 12:00:01
"""

    assert expected == seen(b.Table(COLUMNS, ROWS), width=80)


def test_a_narrower_table_wraps_names_and_no_numbers():
    expected = """\
run  status     workflow                 started (UTC)
  7  completed  Order from the shop on   2026-05-01 12:00:00
                the corner
 12  timed out  Refund                   2026-05-01 12:00:01
"""

    assert expected == seen(b.Table(COLUMNS, ROWS), width=60)


def test_a_table_too_wide_for_the_terminal_is_shown_row_by_row():
    expected = """\
run:            7
status:         completed
workflow:       Order from the shop on
                the corner
started (UTC):  2026-05-01 12:00:00

run:            12
status:         timed out
workflow:       Refund
started (UTC):  2026-05-01 12:00:01
"""

    assert expected == seen(b.Table(COLUMNS, ROWS), width=40)


def test_an_empty_table_is_one_line():
    assert "no runs yet\n" == seen(b.Table(COLUMNS, [], empty="no runs yet"))


def test_an_id_too_long_to_break_is_folded_not_cut():
    fields = b.FieldList([("hash", "0123456789" * 7)])

    expected = """\
hash:  012345678901234567890123456789012
       345678901234567890123456789012345
       6789
"""

    assert expected == seen(fields, width=40)


def test_a_tree_wraps_inside_its_guides():
    long = "exists /#steps.lookup.relationships.customer.data.id = missing"
    tree = b.Tree("root", [b.Tree("step", [b.Tree(long), b.Tree("next")]), b.Tree(long)])

    expected = """\
root
├─ step
│  ├─ exists
│  │  /#steps.lookup.relationships.custo
│  │  mer.data.id = missing
│  └─ next
└─ exists
   /#steps.lookup.relationships.customer
   .data.id = missing
"""

    assert expected == seen(tree, width=40)


def test_wide_characters_do_not_overflow():
    shown = (b.Tree("注文", [b.Tree("注文 " * 30)]), b.Table(COLUMNS, [("7", "x", "注" * 40, "y")]))

    lines = seen(*shown, width=40).splitlines()

    assert [] == [line for line in lines if cell_len(line) > 40]


def test_a_tree_deeper_than_the_terminal_is_wide_still_shows_everything():
    tree = b.Tree("the last leaf")
    for _ in range(30):
        tree = b.Tree("x", [tree])

    text = seen(tree, width=40)

    assert "the last" in text
    assert "leaf" in text


def test_an_empty_label_keeps_its_place():
    assert "a\n└─\n" == seen(b.Tree("a", [b.Tree("")]))


def test_json_is_never_wrapped():
    value = {"text": "word " * 40, "deep": [{"id": "x" * 90}]}

    title, _, dumped = printed(b.JsonBlock("Output", value), width=40, no_color=True).partition("{")

    assert "Output" in title
    assert value == json.loads("{" + dumped)


def test_a_gap_is_an_empty_line():
    assert "\n" == seen(b.EmptyLine())


def test_nothing_that_a_terminal_obeys_is_printed():
    evil = "\x1b]0;title\x07\x9b31m\n\u202e"
    shown = (
        b.Line(b.bad(evil)),
        b.Table((b.Column(evil),), [(evil,)]),
        b.Table((), (), empty=evil),
        b.FieldList([(evil, evil)]),
        b.Tree(evil, [b.Tree(evil)]),
        b.JsonBlock(evil, {evil: evil}),
    )

    output = COLOUR.sub("", printed(*shown))

    assert [] == re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", output)
    assert 9 == output.count(r"\x1b]0;title\x07\x9b31m\n\u202e")


SIDES = b.SideBySide(
    ("old", b.text("new", b.bad("failed"), gap="  ")),
    [
        (b.Tree("the same"), b.Tree("the same")),
        (b.Tree("one side has a long line that needs two", [b.Tree("and a branch")]), None),
        (None, b.Tree(b.name("the other"))),
        (b.Tree("the end"), b.Tree("the end")),
    ],
)


def test_two_trees_stand_beside_each_other_branch_by_branch():
    assert seen(SIDES) == (
        "old                                    ┃ new  failed\n"
        "├─ the same                            ┃ ├─ the same\n"
        "├─ one side has a long line that needs ┃ │\n"
        "│  two                                 ┃ │\n"
        "│  └─ and a branch                     ┃ │\n"
        "│                                      ┃ ├─ the other\n"
        "└─ the end                             ┃ └─ the end\n"
    )


def test_where_room_is_short_one_tree_stands_below_the_other():
    assert seen(SIDES, width=60) == (
        "old\n"
        "├─ the same\n"
        "├─ one side has a long line that needs two\n"
        "│  └─ and a branch\n"
        "└─ the end\n"
        "new  failed\n"
        "├─ the same\n"
        "├─ the other\n"
        "└─ the end\n"
    )


@pytest.mark.parametrize("content", ["x" * 200, "日本語" * 40, "a b" * 60, "\x1b[2J" * 30, ""])
@pytest.mark.parametrize("width", [80, 81, 120])
def test_two_trees_never_take_more_than_the_width(content, width):
    tree = b.Tree(content, [b.Tree(content)])

    shown = seen(b.SideBySide((content, content), [(tree, tree), (tree, None)]), width=width)

    assert "\x1b" not in shown
    assert width >= max(map(cell_len, shown.splitlines()))


def test_two_trees_are_the_same_in_a_pipe_and_on_a_terminal_without_colours():
    lines = []

    render_plain([SIDES], lines.append)

    assert seen(SIDES) == "".join(lines)
