"""Texts that a regular expression matches, to be tried."""

from typing import Final

from kobjctl.javascript.regex import RegexError
from kobjctl.javascript.regex.parser import parse
from kobjctl.javascript.regex.tree import (
    Alternation,
    Chars,
    Lookaround,
    Node,
    RegexGroup,
    Repetition,
    Sequence,
)

_LIKED: Final[list[int]] = [*map(ord, "a1 A-_.@"), *range(0x21, 0x7F)]


def matching(expression: str, wanted: str = "") -> list[str]:
    """Return some texts in which an expression should find something, at first what is wanted;
    none for no expression.
    """
    try:
        tree = parse(expression)
    except RegexError:
        return []
    found = [_around(tree, wanted)] if wanted else []
    return list(dict.fromkeys([*found, *(_text(tree, least) for least in (1, 3))]))


def _around(tree: Node, wanted: str) -> str:
    """Return a text between what an expression looks for before and behind it."""
    items = tree.items if isinstance(tree, Sequence) else (tree,)
    looks = [isinstance(each, Lookaround) for each in items]
    first = looks.index(False) if False in looks else len(items)
    before, behind = items[:first], [each for each in items[first:] if isinstance(each, Lookaround)]
    return "".join(
        [*(_text(each, 1) for each in before), wanted, *(_text(each, 1) for each in behind)]
    )


def _text(node: Node, least: int) -> str:
    """Return a text for a part, with what may be repeated so many times at least."""
    text = ""
    match node:
        case Chars():
            text = chr(_unit(node))
        case Sequence():
            text = "".join(_text(each, least) for each in node.items)
        case Alternation():
            text = _text(node.options[0], least)
        case Repetition():
            times = max(node.least, least if node.most is None else min(node.most, least))
            text = _text(node.item, least) * times
        case RegexGroup():
            text = _text(node.item, least)
        case Lookaround():
            # What is looked for stands before or behind the rest, where the look stands.
            text = "" if node.negative else _text(node.item, least)
    return text


def _unit(chars: Chars) -> int:
    for unit in _LIKED:
        if any(first <= unit <= last for first, last in chars.ranges):
            return unit
    return int(chars.ranges[0][0]) if chars.ranges else ord("a")
