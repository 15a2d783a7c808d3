"""An expression's parts as an expression of the library `regex`, which then means the same.

What needs care, since only the text of the whole match is asked for:

- A reference back to a group that took no part matches nothing; so does one to a group whose loop
  began anew. Here such groups are captured empty at the beginning, and again in every round.
- A round that takes nothing ends no loop in JavaScript, it is given up: `(?:|a)*` takes all of
  `aaa`. Here a loop remembers the rest of the text and refuses a round that leaves it as it is.
- Inside a look behind both go from right to left, so both begin at the right end there.
"""

from typing import Final

from kobjctl.javascript.regex.classes import ANYTHING
from kobjctl.javascript.regex.reader import RegexError
from kobjctl.javascript.regex.tree import (
    Alternation,
    BackReference,
    Boundary,
    Chars,
    Lookaround,
    Node,
    Ranges,
    RegexGroup,
    Repetition,
    can_be_empty,
    children,
)

MAX_WRITTEN: Final = 100_000
_EDGES: Final = {"^": r"\A", "$": r"\Z", "b": r"\b", "B": r"\B"}
_LOOKS: Final = {
    (False, False): "(?=",
    (False, True): "(?!",
    (True, False): "(?<=",
    (True, True): "(?<!",
}
_COUNTS: Final = {(0, None): "*", (1, None): "+", (0, 1): "?", (1, 1): ""}
_NEVER: Final = "(?!)"
_ONE_BYTE: Final = 0xFF


def write(tree: Node) -> str:
    """Return the expression, for the flags ASCII and DOTALL; raises RegexError when it is huge."""
    writer = _RegexWriter(referred(tree))
    return writer.empty(writer.groups) + writer.write(tree, behind=False)


def referred(node: Node) -> frozenset[int]:
    """Return the groups that are referred back to."""
    if isinstance(node, BackReference):
        return frozenset((node.group,))
    return frozenset().union(*map(referred, children(node)))


class _RegexWriter:
    def __init__(self, groups: frozenset[int]) -> None:
        self.groups = groups
        self._open: set[int] = set()
        self._loops = 0

    def write(self, node: Node, *, behind: bool) -> str:
        """Return a part; `behind` tells that it is matched from right to left."""
        written = self._write(node, behind=behind)
        if len(written) > MAX_WRITTEN:
            raise RegexError("its repeats nest too deeply", 1, hint="write it in a simpler way")
        return written

    def _write(self, node: Node, *, behind: bool) -> str:
        match node:
            case RegexGroup():
                return self._group(node, behind=behind)
            case Lookaround():
                opening = _LOOKS[node.behind, node.negative]
                return f"{opening}{self.write(node.item, behind=node.behind)})"
            case Repetition():
                return self._repeat(node, behind=behind)
        parts = [self.write(part, behind=behind) for part in children(node)]
        if isinstance(node, Alternation):
            return f"(?:{'|'.join(parts)})"
        return "".join(parts) or self._leaf(node)

    def _leaf(self, node: Node) -> str:
        match node:
            case Chars():
                return _class(node.ranges)
            case Boundary():
                return _EDGES[node.kind]
            case BackReference() if node.group not in self._open:
                return f"(?P=g{node.group})"
        # Nothing, or a group referred to within itself, where there is nothing to refer to yet.
        return ""

    def _group(self, node: RegexGroup, *, behind: bool) -> str:
        if node.number not in self.groups:
            return f"(?:{self.write(node.item, behind=behind)})"
        self._open.add(node.number)
        item = self.write(node.item, behind=behind)
        self._open.discard(node.number)
        return f"(?P<g{node.number}>{item})"

    def _repeat(self, node: Repetition, *, behind: bool) -> str:
        if node.most == 0:
            return ""
        item = self.write(node.item, behind=behind)
        began = self.empty(_captured(node.item) & self.groups)
        item = item + began if behind else began + item
        lazy = "?" if node.lazy else ""
        if not can_be_empty(node.item):
            return f"(?:{item}){_times(node.least, node.most, lazy)}"
        required = f"(?:{item}){_times(node.least, node.least, '')}" if node.least else ""
        if node.most == node.least:
            return required
        more = None if node.most is None else node.most - node.least
        optional = f"(?:{self._advancing(item, behind=behind)}){_times(0, more, lazy)}"
        return optional + required if behind else required + optional

    def _advancing(self, item: str, *, behind: bool) -> str:
        """Return an item that takes at least one unit."""
        self._loops += 1
        rest = f"r{self._loops}"
        if behind:
            return rf"(?<!\A(?P={rest})){item}(?<=(?P<{rest}>.*))"
        return rf"(?=(?P<{rest}>.*)){item}(?!(?P={rest})\Z)"

    def empty(self, groups: frozenset[int]) -> str:
        """Return what captures groups with nothing in them."""
        return "".join(f"(?P<g{number}>)" for number in sorted(groups))


def _captured(node: Node) -> frozenset[int]:
    inside = frozenset().union(*map(_captured, children(node)))
    return inside | {node.number} if isinstance(node, RegexGroup) else inside


def _times(least: int, most: int | None, lazy: str) -> str:
    count = _COUNTS.get((least, most))
    if count is None:
        count = f"{{{least}}}" if least == most else f"{{{least},{'' if most is None else most}}}"
    return count + lazy if count else ""


def _class(ranges: Ranges) -> str:
    if not ranges:
        return _NEVER
    if ranges == ANYTHING:
        return "."
    if len(ranges) == 1 and ranges[0][0] == ranges[0][1]:
        return _unit(ranges[0][0])
    parts = [
        _unit(first) if first == last else f"{_unit(first)}-{_unit(last)}" for first, last in ranges
    ]
    return f"[{''.join(parts)}]"


def _unit(code: int) -> str:
    character = chr(code)
    if character.isascii() and character.isalnum():
        return character
    return f"\\x{code:02x}" if code <= _ONE_BYTE else f"\\u{code:04x}"
