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


def matching(expression: str) -> list[str]:
    """Return some texts in which an expression should find something; none for no expression."""
    try:
        tree = parse(expression)
    except RegexError:
        return []
    return list(dict.fromkeys(_text(tree, least) for least in (1, 3)))


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
