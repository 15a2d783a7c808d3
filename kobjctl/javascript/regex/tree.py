"""The parts of a regular expression, as the parser gives them and the writer takes them."""

from typing import Final, NamedTuple, TypeAlias

LAST_UNIT: Final = 0xFFFF

Ranges: TypeAlias = tuple[tuple[int, int], ...]


class Chars(NamedTuple):
    """One UTF-16 unit out of ranges, which are sorted and apart from each other."""

    ranges: Ranges


class Boundary(NamedTuple):
    """A place between units: `^`, `$`, `b` (a word's edge) or `B` (none)."""

    kind: str


class BackReference(NamedTuple):
    """What a group matched; nothing, where it took no part."""

    group: int


class RegexGroup(NamedTuple):
    """A group in parentheses; `number` is 0 for one that doesn't capture."""

    item: "Node"
    number: int


class Lookaround(NamedTuple):
    """A look ahead or behind."""

    item: "Node"
    behind: bool
    negative: bool


class Repetition(NamedTuple):
    """An item several times; `most` is None without a limit."""

    item: "Node"
    least: int
    most: int | None
    lazy: bool


class Sequence(NamedTuple):
    """Items one after the other."""

    items: "tuple[Node, ...]"


class Alternation(NamedTuple):
    """The first of several that fits."""

    options: "tuple[Node, ...]"


Node: TypeAlias = (
    Chars | Boundary | BackReference | RegexGroup | Lookaround | Repetition | Sequence | Alternation
)


def can_be_empty(node: Node) -> bool:
    """Return whether a part can match without taking a unit."""
    match node:
        case Chars():
            return False
        case RegexGroup():
            return can_be_empty(node.item)
        case Repetition():
            return node.least == 0 or can_be_empty(node.item)
        case Sequence():
            return all(map(can_be_empty, node.items))
        case Alternation():
            return any(map(can_be_empty, node.options))
    return True


def weight(node: Node) -> int:
    """Count what a part must match at least, each time it is repeated; the library unrolls it."""
    times = max(node.least, 1) if isinstance(node, Repetition) else 1
    return times * max(sum(map(weight, children(node))), 1)


def children(node: Node) -> tuple[Node, ...]:
    """Return the parts of a part."""
    match node:
        case RegexGroup() | Lookaround() | Repetition():
            return (node.item,)
        case Sequence():
            return node.items
        case Alternation():
            return node.options
    return ()
