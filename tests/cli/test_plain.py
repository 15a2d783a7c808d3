"""Blocks as plain text."""

import ast
from pathlib import Path

import pytest

from kobjctl.cli.output import blocks as b
from kobjctl.cli.output import plain


def printed(*shown: b.Block) -> str:
    """Give what the plain renderer prints."""
    written: list[str] = []
    plain.render(shown, written.append)
    return "".join(written)


COLUMNS = (b.Column("run", right=True), b.Column("status"), b.Column("workflow"))


def test_a_line_is_its_parts_one_after_the_other():
    line = b.Line(b.text(b.heading("run 7"), b.good("completed"), "", b.dim("1 ms"), gap="  "))

    assert "run 7  completed  1 ms\n" == printed(line)


def test_a_line_has_no_trailing_spaces():
    assert "a\n" == printed(b.Line("a   "))


def test_a_table_aligns_its_columns():
    rows = [("7", b.good("completed"), "Order"), ("12", b.bad("failed"), "")]

    expected = """\
run  status     workflow
  7  completed  Order
 12  failed
"""

    assert expected == printed(b.Table(COLUMNS, rows))


def test_an_empty_table_is_one_line():
    assert "no runs yet\n" == printed(b.Table(COLUMNS, [], empty="no runs yet"))


def test_fields_align_their_values():
    fields = b.FieldList([("id", "5f75"), ("klass name", b.name("order")), ("title", "")])

    expected = """\
id:          5f75
klass name:  order
title:
"""

    assert expected == printed(fields)


def test_no_fields_print_nothing():
    assert "" == printed(b.FieldList([]))


def test_a_tree_hangs_its_children_on_guides():
    tree = b.Tree(
        "root",
        [b.Tree("a", [b.Tree("a1", [b.Tree("a11")]), b.Tree("a2")]), b.Tree("b", [b.Tree("b1")])],
    )

    expected = """\
root
├─ a
│  ├─ a1
│  │  └─ a11
│  └─ a2
└─ b
   └─ b1
"""

    assert expected == printed(tree)


def test_json_is_ready_to_copy_below_its_title():
    block = b.JsonBlock("Output", {"email": "zoë@example.com", "tags": []})

    expected = """\
Output
{
  "email": "zoë@example.com",
  "tags": []
}
"""

    assert expected == printed(block)


def test_json_without_a_title_is_json_alone():
    assert "null\n" == printed(b.JsonBlock("", None))


def test_a_gap_is_an_empty_line():
    assert "\n" == printed(b.EmptyLine())


EVIL = "\x1b[2J\n\u202e"
SHOWN = r"\x1b[2J\n\u202e"


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (b.Line(b.bad(EVIL)), f"{SHOWN}\n"),
        (b.Table([b.Column(EVIL)], [(EVIL,)]), f"{SHOWN}\n{SHOWN}\n"),
        (b.Table([], [], empty=EVIL), f"{SHOWN}\n"),
        (b.FieldList([(EVIL, EVIL)]), f"{SHOWN}:  {SHOWN}\n"),
        (b.Tree(EVIL, [b.Tree(EVIL)]), f"{SHOWN}\n└─ {SHOWN}\n"),
        (b.JsonBlock(EVIL, EVIL), SHOWN + "\n" + r'"\u001b[2J\n\u202e"' + "\n"),
    ],
)
def test_nothing_that_a_terminal_obeys_is_printed(block, expected):
    assert expected == printed(block)


RENDERER = "kobjctl.cli.output.render"


@pytest.mark.parametrize(
    "module", ["output/blocks", "output/plain", "output/escape", "views/run", "views/problem"]
)
def test_what_a_pipe_needs_does_not_import_rich(module):
    source = (Path(plain.__file__).parent.parent / f"{module}.py").read_text(encoding="utf-8")
    imported = {
        node.module if isinstance(node, ast.ImportFrom) else node.names[0].name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import | ast.ImportFrom)
    }

    assert [] == [name for name in imported if name and name.startswith(("rich", RENDERER))]
