"""Lay two trees out beside each other, branch by branch."""

from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from typing import Final, TypeAlias

from kobjctl.cli.output.blocks import (
    Cell,
    SideBySide,
    Style,
    StyledText,
    Text,
    Tree,
    dim,
    guided,
    text,
)
from kobjctl.cli.output.escape import escape

Measure: TypeAlias = Callable[[str], int]

# Where less room is, the second tree stands below the first.
LEAST_WIDTH: Final = 80
_BETWEEN: Final = " ┃ "
_NARROWEST: Final = 10


def stacked(block: SideBySide) -> Iterator[Tree]:
    """Yield both trees, to be shown one below the other."""
    for label, trees in zip(block.labels, zip(*block.rows, strict=True), strict=True):
        yield Tree(label, [tree for tree in trees if tree is not None])


def lines(block: SideBySide, width: int, measure: Measure) -> Iterator[Text]:
    """Yield the lines of both trees within a width; `measure` tells that of a text."""
    half = (width - len(_BETWEEN)) // 2
    trees = zip(*block.rows, strict=True) if block.rows else ((), ())
    left, right = (
        _column(label, branches, half, measure)
        for label, branches in zip(block.labels, trees, strict=True)
    )
    for (ones, filling), (others, other_filling) in zip(left, right, strict=True):
        for one, other in zip_longest(ones, others):
            start = one or filling
            gap = " " * (half - sum(measure(part.text) for part in start.parts))
            yield text(start, gap, dim(_BETWEEN), other or other_filling)


def _column(
    label: Cell, branches: Sequence[Tree | None], width: int, measure: Measure
) -> Iterator[tuple[list[Text], Text]]:
    """Yield the lines of the label, then of each branch (none where it is missing), with what
    stands beside the lines that the other tree has more.
    """
    there = [branch for branch in branches if branch is not None]
    rows = guided(Tree(label, there))
    open_guide = text(dim("│"))
    left = len(there)
    yield _folded(next(rows), width, measure), open_guide if left else text("")
    for branch in branches:
        shown = []
        for _ in range(_size(branch) if branch else 0):
            shown += _folded(next(rows), width, measure)
        left -= branch is not None
        yield shown, open_guide if left else text("")


def _size(tree: Tree) -> int:
    return 1 + sum(map(_size, tree.children))


def _folded(row: tuple[str, str, Cell], width: int, measure: Measure) -> list[Text]:
    """Return the lines of a row of a tree, each with its guide."""
    first, further, label = row
    parts = [StyledText(label)] if isinstance(label, str) else label.parts
    letters = [(letter, part.style) for part in parts for letter in escape(part.text)]
    guide, room = first, max(width - len(first), _NARROWEST)
    shown: list[Text] = []
    while letters or not shown:
        end, following = _cut(letters, room, measure)
        shown.append(text(dim(guide), _joined(letters[:end])))
        letters, guide = letters[following:], further
    return shown


def _cut(letters: Sequence[tuple[str, Style]], room: int, measure: Measure) -> tuple[int, int]:
    """Return where a line ends, at a space if there is one, and where the next begins."""
    end = used = 0
    while end < len(letters) and (used := used + measure(letters[end][0])) <= room:
        end += 1
    if end == len(letters):
        return end, end
    spaces = [index for index in range(1, end + 1) if letters[index][0] == " "]
    return (spaces[-1], spaces[-1] + 1) if spaces else (max(end, 1), max(end, 1))


def _joined(letters: Sequence[tuple[str, Style]]) -> Text:
    parts: list[StyledText] = []
    for letter, style in letters:
        if parts and parts[-1].style == style:
            parts[-1] = StyledText(parts[-1].text + letter, style)
        else:
            parts.append(StyledText(letter, style))
    return Text(tuple(parts))
