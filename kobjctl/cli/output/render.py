"""Print blocks on a terminal: the one module that knows rich."""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final, Literal, TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text as RichText

from kobjctl.cli.output.blocks import (
    Block,
    Cell,
    EmptyLine,
    Excerpt,
    FieldList,
    JsonBlock,
    Line,
    MarkdownBlock,
    SideBySide,
    Style,
    Table,
    Tree,
    guided,
)
from kobjctl.cli.output.escape import dump_json, escape
from kobjctl.cli.output.excerpt import marked
from kobjctl.cli.output.plain import plain
from kobjctl.cli.output.side_by_side import LEAST_WIDTH, lines, stacked
from kobjctl.model.secrets import hidden

_STYLES: Final[dict[Style, str]] = {
    "plain": "",
    "good": "green",
    "bad": "bold red",
    "warn": "yellow",
    "dim": "dim",
    "name": "cyan",
    "heading": "bold",
}
_BETWEEN: Final = 2
# What begins a block of code, with its language.
_CODE: Final = re.compile(r"^```\w+$", re.MULTILINE)
_NARROWEST: Final = 10


def page_on_terminal(blocks: Iterable[Block], stream: TextIO) -> None:
    """Print `blocks` on a terminal, in its pager where they are longer than the screen."""
    console = console_of(stream)
    with console.capture() as captured:
        render(blocks, console)
    text = captured.get()
    if text.count("\n") < console.height:
        stream.write(text)
        return
    from pydoc import pager

    os.environ.setdefault("LESS", "-R")
    pager(text)


def console_of(stream: TextIO) -> Console:
    """Return rich's console on a stream, in colour unless `NO_COLOR` or the terminal forbid it."""
    # To rich, bold and dim are no colours; to people who ask for none, they are.
    system: Literal["auto"] | None = None if os.environ.get("NO_COLOR") else "auto"
    return Console(file=stream, highlight=False, color_system=system)


@contextmanager
def progress(label: str, total: int, stream: TextIO) -> Iterator[Callable[[], None]]:
    """Show on a terminal how much of something is done; gives what counts one on. It is gone at
    the end.
    """
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn(label), BarColumn(), MofNCompleteColumn())
    # Drawn by whoever counts: processes are started meanwhile, and threads don't go with that.
    bar = Progress(*columns, console=Console(file=stream), auto_refresh=False, transient=True)
    every = max(1, total // 200)
    with bar:
        task = bar.add_task("", total=total)
        counted = 0

        def count() -> None:
            nonlocal counted
            counted += 1
            if counted % every == 0 or counted == total:
                bar.update(task, completed=counted, refresh=True)

        yield count


@contextmanager
def gauge(label: str, total: int | None, stream: TextIO) -> Iterator[Callable[[int, str], None]]:
    """Show on a terminal how much of a total is done, in words and as the time that is left;
    gives what is told of both. It is gone at the end.
    """
    from rich.progress import (
        BarColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    words = TextColumn("{task.fields[words]}")
    left = (TaskProgressColumn(), words, TimeRemainingColumn())
    columns = (TextColumn(label), BarColumn(20), *(left if total else (words,)))
    # Drawn by whoever tells: threads don't go with processes that are started meanwhile.
    bar = Progress(*columns, console=Console(file=stream), auto_refresh=False, transient=True)
    with bar:
        task = bar.add_task("", total=total, words="")
        yield lambda done, words: bar.update(task, completed=done, words=words, refresh=True)


def render(blocks: Iterable[Block], console: Console) -> None:
    """Print `blocks` on `console`, fitted to its width."""
    for block in blocks:
        _PRINTERS[type(block)](block, console)


def _line(line: Line, console: Console) -> None:
    console.print(_rich(line.content), overflow="fold")


def _rich(cell: Cell) -> RichText:
    """Turn a cell into rich's text, in which no markup is ever read."""
    masked = hidden().mask_text
    if isinstance(cell, str):
        return RichText(escape(masked(cell)))
    shown = RichText()
    for part in cell.parts:
        shown.append(escape(masked(part.text)), _STYLES[part.style])
    return shown


def _excerpt(excerpt: Excerpt, console: Console) -> None:
    margin = excerpt.margin
    shown = marked(excerpt.line, excerpt.start, excerpt.end, console.width - len(margin) - 2)
    for before, line, mark in (
        (f"{margin}|", "", ""),
        (f" {excerpt.number} |", f" {shown.line}", ""),
        (f"{margin}|", f" {shown.before}", shown.mark),
    ):
        console.print(
            RichText.assemble((before, "dim"), line, (mark, _STYLES[excerpt.style])), soft_wrap=True
        )


def _table(table: Table, console: Console) -> None:
    if not table.rows:
        console.print(_rich(table.empty), overflow="fold")
    elif _narrowest_width(table) > console.width:
        _stacked(table, console)
    else:
        shown = RichTable(box=None, pad_edge=False, padding=(0, _BETWEEN, 0, 0))
        for column in table.columns:
            shown.add_column(
                RichText(escape(column.title), "bold"),
                justify="right" if column.right else "left",
                no_wrap=column.right or column.keep,
                overflow="fold",
            )
        for row in table.rows:
            shown.add_row(*map(_rich, row))
        console.print(shown)


def _narrowest_width(table: Table) -> int:
    """Return the width below which a column would have to lose something."""
    total = _BETWEEN * (len(table.columns) - 1)
    for position, column in enumerate(table.columns):
        cells = [escape(column.title), *(plain(row[position]) for row in table.rows)]
        width = max(map(cell_len, cells))
        total += width if column.right or column.keep else min(width, _NARROWEST)
    return total


def _stacked(table: Table, console: Console) -> None:
    """Show each row as fields, which any width has room for."""
    titles = [column.title for column in table.columns]
    for position, row in enumerate(table.rows):
        if position:
            console.print()
        _fields(FieldList(list(zip(titles, row, strict=True))), console)


def _fields(fields: FieldList, console: Console) -> None:
    grid = RichTable.grid(padding=(0, _BETWEEN, 0, 0))
    widest = max((cell_len(escape(name)) + 1 for name, _ in fields.rows), default=0)
    grid.add_column(no_wrap=widest <= console.width // 2, overflow="fold")
    grid.add_column(overflow="fold")
    for name, value in fields.rows:
        grid.add_row(RichText(escape(name) + ":", "dim"), _rich(value))
    console.print(grid)


def _tree(tree: Tree, console: Console) -> None:
    # rich's own tree has wider guides than the plain one, and both should look alike.
    for first, further, label in guided(tree):
        width = max(console.width - len(first), _NARROWEST)
        guide = first
        for line in _rich(label).wrap(console, width, overflow="fold") or [RichText()]:
            console.print(RichText.assemble((guide, "dim"), line), soft_wrap=True)
            guide = further


def _side_by_side(block: SideBySide, console: Console) -> None:
    if console.width < LEAST_WIDTH:
        for tree in stacked(block):
            _tree(tree, console)
        return
    for line in lines(block, console.width, cell_len):
        console.print(_rich(line), soft_wrap=True)


def _json(block: JsonBlock, console: Console) -> None:
    if block.title:
        console.print(RichText(escape(block.title), "bold"), overflow="fold")
    # Never wrapped: a line end inside a text would spoil the JSON for whoever copies it.
    console.print(RichText(dump_json(hidden().mask(block.value))), soft_wrap=True)


def _markdown(block: MarkdownBlock, console: Console) -> None:
    from rich.markdown import Markdown as RichMarkdown
    from rich.theme import Theme

    # In rich's colours, code looks like an error, and on a ground that the terminal doesn't have.
    text = _CODE.sub("```", block.text)
    with console.use_theme(Theme({"markdown.code": _STYLES["name"]})):
        console.print(RichMarkdown(text, code_theme="ansi_dark", hyperlinks=False))


_PRINTERS: Final[dict[type, Callable[[Any, Console], None]]] = {
    Line: _line,
    Excerpt: _excerpt,
    Table: _table,
    FieldList: _fields,
    Tree: _tree,
    SideBySide: _side_by_side,
    JsonBlock: _json,
    MarkdownBlock: _markdown,
    EmptyLine: lambda _, console: console.print(),
}
