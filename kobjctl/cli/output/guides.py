"""Draw the guides of a tree: `├─ b`, `└─ c`."""

from collections.abc import Iterator, Sequence

from kobjctl.cli.output.blocks import Cell, Tree


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
