"""Print blocks as plain text: no colours, no wrapping, fast to start."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final, TypeAlias

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
    Table,
    Tree,
    guided,
)
from kobjctl.cli.output.escape import dump_json, escape
from kobjctl.model.secrets import hidden

Write: TypeAlias = Callable[[str], object]

_BETWEEN = "  "
# Nobody knows how wide the screen is on which a pipe ends; none is narrower than that.
_WIDTH = 80


def render(blocks: Iterable[Block], write: Write) -> None:
    """Print `blocks` with `write`, which takes whole lines with their line ends."""
    for block in blocks:
        for line in _PRINTERS[type(block)](block):
            write(line + "\n")


def render_text(blocks: Iterable[Block]) -> str:
    """Return what `render` prints."""
    lines: list[str] = []
    render(blocks, lines.append)
    return "".join(lines)


def plain(cell: Cell) -> str:
    """Return the text of a cell without its styles and without secrets, escaped."""
    text = cell if isinstance(cell, str) else "".join(part.text for part in cell.parts)
    return escape(hidden().mask_text(text))


def _line(line: Line) -> Iterator[str]:
    yield plain(line.content).rstrip(" ")


def _empty(_line: EmptyLine) -> Iterator[str]:
    yield ""


def _markdown(block: MarkdownBlock) -> Iterator[str]:
    yield block.text


def _fields(fields: FieldList) -> Iterator[str]:
    rows = [(escape(name) + ":", plain(value)) for name, value in fields.rows]
    return _aligned(rows, (False, False))


def _excerpt(excerpt: Excerpt) -> Iterator[str]:
    from kobjctl.cli.output.excerpt import marked

    margin = excerpt.margin
    shown = marked(excerpt.line, excerpt.start, excerpt.end, _WIDTH - len(margin) - 2)
    yield f"{margin}|"
    yield f" {excerpt.number} | {shown.line}"
    yield f"{margin}| {shown.before}{shown.mark}"


def _trees(block: Tree | SideBySide) -> Iterator[str]:
    if isinstance(block, Tree):
        for first, _, label in guided(block):
            yield (first + plain(label)).rstrip(" ")
        return
    from kobjctl.cli.output.side_by_side import LEAST_WIDTH, lines

    for line in lines(block, LEAST_WIDTH, len):
        yield plain(line).rstrip(" ")


def _json(block: JsonBlock) -> Iterator[str]:
    if block.title:
        yield escape(block.title)
    yield dump_json(hidden().mask(block.value))


def _table(table: Table) -> Iterator[str]:
    if not table.rows:
        yield escape(table.empty)
        return
    titles = [escape(column.title) for column in table.columns]
    rows = [[plain(cell) for cell in row] for row in table.rows]
    yield from _aligned([titles, *rows], [column.right for column in table.columns])


def _aligned(rows: Sequence[Sequence[str]], right: Sequence[bool]) -> Iterator[str]:
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    for row in rows:
        yield _BETWEEN.join(
            cell.rjust(width) if to_right else cell.ljust(width)
            for cell, width, to_right in zip(row, widths, right, strict=True)
        ).rstrip(" ")


_PRINTERS: Final[dict[type, Callable[[Any], Iterator[str]]]] = {
    Line: _line,
    Excerpt: _excerpt,
    Table: _table,
    FieldList: _fields,
    Tree: _trees,
    SideBySide: _trees,
    JsonBlock: _json,
    MarkdownBlock: _markdown,
    EmptyLine: _empty,
}
