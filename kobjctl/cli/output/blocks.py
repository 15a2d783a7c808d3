"""What is to be shown, before anybody knows where: lines, tables, fields, trees and JSON.

Views build blocks; `plain` prints them in a pipe and `render` on a terminal. A block holds
values as they are: the renderers escape what a terminal would obey.
"""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple, TypeAlias

from kobjctl.model.run import Mood
from kobjctl.model.values import Json

Style = Literal["plain", "good", "bad", "warn", "dim", "name", "heading"]


class StyledText(NamedTuple):
    """A piece of a line in one style."""

    text: str
    style: Style = "plain"


class Text(NamedTuple):
    """One line made of styled parts."""

    parts: tuple[StyledText, ...]


Cell: TypeAlias = Text | str


def text(*pieces: Cell, gap: str = "") -> Text:
    """Join pieces to one text, with `gap` between them; empty pieces are left out."""
    parts: list[StyledText] = []
    for piece in pieces:
        new = (StyledText(piece),) if isinstance(piece, str) else piece.parts
        if not any(part.text for part in new):
            continue
        if parts and gap:
            parts.append(StyledText(gap))
        parts.extend(new)
    return Text(tuple(parts))


def styled(content: str, style: Style) -> Text:
    """Return a text in one style."""
    return Text((StyledText(content, style),))


def good(content: str) -> Text:
    """Return a text that tells of success."""
    return styled(content, "good")


def bad(content: str) -> Text:
    """Return a text that tells of failure."""
    return styled(content, "bad")


def in_mood(content: str, mood: Mood) -> Text:
    """Return a text that tells of something good or bad, or of something that is not over."""
    return styled(content, "name" if mood == "open" else mood)


def warn(content: str) -> Text:
    """Return a text that asks for attention."""
    return styled(content, "warn")


def dim(content: str) -> Text:
    """Return a text that may be overlooked."""
    return styled(content, "dim")


def name(content: str) -> Text:
    """Return the name of something, an id or a reference."""
    return styled(content, "name")


def heading(content: str) -> Text:
    """Return the text of a heading."""
    return styled(content, "heading")


class Line(NamedTuple):
    """One line; a terminal may wrap it."""

    content: Cell


class Excerpt(NamedTuple):
    """A line of a file with its number, and the place in it that is meant.

    `start` and `end` count characters from 0. The place is underlined in `style`.
    """

    number: int
    line: str
    start: int
    end: int
    style: Style

    @property
    def margin(self) -> str:
        """Return the blanks that stand in the place of the number."""
        return " " * (len(str(self.number)) + 2)


class Column(NamedTuple):
    """A column of a table: `right` aligns numbers, `keep` forbids wrapping (`right` implies it)."""

    title: str
    right: bool = False
    keep: bool = False


class Table(NamedTuple):
    """Rows under titles; `empty` is the line shown when there are no rows."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    empty: str = "nothing to show"


class FieldList(NamedTuple):
    """Pairs of a name and a value, one a line."""

    rows: Sequence[tuple[str, Cell]]


def known_fields(*rows: tuple[str, Cell]) -> FieldList:
    """Return pairs of a name and a value, without those whose value is empty."""
    return FieldList([(label, value) for label, value in rows if value])


class Tree(NamedTuple):
    """A line with what hangs below it."""

    label: Cell
    children: "Sequence[Tree]" = ()


class SideBySide(NamedTuple):
    """Two trees beside each other under their labels, or below each other where room is short.

    A row has the branches that belong together, one of which may be missing.
    """

    labels: tuple[Cell, Cell]
    rows: Sequence[tuple[Tree | None, Tree | None]]


class JsonBlock(NamedTuple):
    """JSON ready to copy, under a title (none when it is empty)."""

    title: str
    value: Json


class MarkdownBlock(NamedTuple):
    """A text in Markdown, which a pipe gets as it is."""

    text: str


class EmptyLine(NamedTuple):
    """An empty line."""


Block: TypeAlias = (
    Line | Excerpt | Table | FieldList | Tree | SideBySide | JsonBlock | MarkdownBlock | EmptyLine
)

# What a command answers: the value of its JSON, and what people see.
View: TypeAlias = tuple[Json, list[Block]]


def guided(tree: Tree) -> Iterator[tuple[str, str, Cell]]:
    """Yield a tree from top to bottom: the guide of a label, that of its further lines, the label.

    >>> [first + label for first, _, label in guided(Tree("a", [Tree("b"), Tree("c")]))]
    ['a', '├─ b', '└─ c']
    """
    yield "", "", tree.label
    yield from _guided_children(tree.children, "")


def _guided_children(children: Sequence[Tree], before: str) -> Iterator[tuple[str, str, Cell]]:
    for position, child in enumerate(children, start=1):
        last = position == len(children)
        further = before + ("   " if last else "│  ")
        yield before + ("└─ " if last else "├─ "), further, child.label
        yield from _guided_children(child.children, further)
