"""From the text of an expression to its parts, by the grammar of ECMAScript with annex B.

What JavaScript refuses is refused here, with its place. The flags `u` and `v` can't be given, so
their syntax (`\\p{L}`, `\\u{1F600}`) has no meaning of its own.
"""

import re
from typing import Final

from kobjctl.javascript.regex.classes import NOT_LINE_END, joined, outside
from kobjctl.javascript.regex.escapes import read_name, read_unit
from kobjctl.javascript.regex.reader import Reader
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
    Sequence,
    weight,
)

MAX_LENGTH: Final = 10_000
MAX_DEPTH: Final = 50
MAX_WEIGHT: Final = 100_000
# As V8 has it: more is no different, as no text is so long.
MAX_COUNT: Final = 2**31 - 1
_BRACES: Final = re.compile(r"\{(\d+)(,(\d*))?\}", re.ASCII)
_NUMBER: Final = re.compile("[1-9][0-9]*")
_SIGNS: Final[dict[str, tuple[int, int | None]]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
_LOOKS: Final = (
    ("(?=", False, False),
    ("(?!", False, True),
    ("(?<=", True, False),
    ("(?<!", True, True),
)


def parse(expression: str) -> Node:
    """Return the parts of an expression; raises RegexError."""
    reader = Reader(expression)
    if len(reader.units) > MAX_LENGTH:
        raise reader.error(f"it has more than {MAX_LENGTH:,} characters", MAX_LENGTH)
    return _Parser(reader).parse()


class _Parser:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._depth = 0
        self._count = 0
        self._names: dict[str, int] = {}
        self._named: list[tuple[str, int]] = []

    def parse(self) -> Node:
        """Return the tree of the expression; raise RegexError for what JavaScript refuses."""
        tree = self._choice()
        if self._reader.next:
            raise self._reader.error("this parenthesis closes nothing")
        for name, at in self._named:
            if name not in self._names:
                raise self._reader.error(f'no group is called "{name}"', at)
        return self._resolved(tree)

    def _choice(self) -> Node:
        options = [self._sequence()]
        while self._reader.skip("|"):
            options.append(self._sequence())
        return options[0] if len(options) == 1 else Alternation(tuple(options))

    def _sequence(self) -> Node:
        items: list[Node] = []
        while self._reader.next not in ("", "|", ")"):
            items.append(self._term())
        return items[0] if len(items) == 1 else Sequence(tuple(items))

    def _term(self) -> Node:
        start = self._reader.at
        item = self._atom()
        if isinstance(item, Boundary) or (isinstance(item, Lookaround) and item.behind):
            # Another sign of repeating is then one that has nothing to repeat.
            return item
        count = self._repeat_count()
        if count is None:
            return item
        least, most = count
        if most is not None and least > most:
            raise self._reader.error("the repeat has its larger number first", start)
        repeat = Repetition(item, least, most, lazy=self._reader.skip("?"))
        if weight(repeat) > MAX_WEIGHT:
            raise self._reader.error(f"it asks for more than {MAX_WEIGHT:,} repeats", start)
        return repeat

    def _repeat_count(self) -> tuple[int, int | None] | None:
        if sign := _SIGNS.get(self._reader.next):
            self._reader.at += 1
            return sign
        found = self._reader.match(_BRACES)
        if not found:
            return None
        least = _count(found[1])
        if found[2] is None:
            return least, least
        return least, _count(found[3]) if found[3] else None

    def _atom(self) -> Node:
        reader = self._reader
        start = reader.at
        if self._repeat_count():
            raise reader.error("there is nothing to repeat", start)
        letter = reader.next
        if letter == "(":
            return self._parenthesis()
        reader.at += 1
        if letter == "[":
            return Chars(self._class())
        if letter == "\\":
            return self._escape()
        if letter in "^$":
            return Boundary(letter)
        return Chars(NOT_LINE_END if letter == "." else ((ord(letter), ord(letter)),))

    def _escape(self) -> Node:
        reader = self._reader
        if reader.next in ("b", "B"):
            return Boundary(reader.take())
        if reader.next == "k" and reader.has_names:
            return self._name_reference()
        start = reader.at
        if found := reader.match(_NUMBER):
            if _count(found[0]) <= reader.groups:
                return BackReference(int(found[0]))
            reader.at = start
        return Chars(read_unit(reader, in_class=False))

    def _name_reference(self) -> Node:
        reader = self._reader
        start = reader.at - 1
        if not reader.skip("k<"):
            raise reader.error("\\k names no group", start)
        self._named.append((read_name(reader), start))
        # The group may come later: until all are known, its place in the list stands for it.
        return BackReference(-len(self._named))

    def _parenthesis(self) -> Node:
        reader = self._reader
        start = reader.at
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise reader.error(f"parentheses nest deeper than {MAX_DEPTH}")
        for opening, behind, negative in _LOOKS:
            if reader.skip(opening):
                return Lookaround(self._inside(start), behind, negative)
        number = 0
        if reader.skip("(?<"):
            number = self._next_group()
            name = read_name(reader)
            if self._names.setdefault(name, number) != number:
                raise reader.error(f'two groups are called "{name}"', start)
        elif not reader.skip("(?:"):
            reader.at += 1
            if reader.next == "?":
                raise reader.error("JavaScript has no such group", start)
            number = self._next_group()
        return RegexGroup(self._inside(start), number)

    def _next_group(self) -> int:
        self._count += 1
        return self._count

    def _inside(self, start: int) -> Node:
        item = self._choice()
        if not self._reader.skip(")"):
            raise self._reader.error("this parenthesis is never closed", start)
        self._depth -= 1
        return item

    def _class(self) -> Ranges:
        reader = self._reader
        start = reader.at - 1
        negated = reader.skip("^")
        ranges: list[tuple[int, int]] = []
        while not reader.skip("]"):
            if not reader.next:
                raise reader.error("this bracket is never closed", start)
            ranges += self._class_range()
        found = joined(ranges)
        return outside(found) if negated else found

    def _class_range(self) -> Ranges:
        reader = self._reader
        start = reader.at
        first = self._class_atom()
        if reader.next != "-" or reader.units[reader.at + 1 : reader.at + 2] in ("", "]"):
            return first
        reader.at += 1
        last = self._class_atom()
        (low, high), (other_low, other_high) = first[0], last[0]
        if len(first) > 1 or len(last) > 1 or low != high or other_low != other_high:
            # A class such as \d begins or ends no range: the hyphen stands for itself.
            return (*first, (ord("-"), ord("-")), *last)
        if low > other_high:
            raise reader.error("the range has its larger character first", start)
        return ((low, other_high),)

    def _class_atom(self) -> Ranges:
        reader = self._reader
        letter = reader.take()
        if letter != "\\":
            return ((ord(letter), ord(letter)),)
        if reader.skip("b"):
            return ((ord("\b"), ord("\b")),)
        return read_unit(reader, in_class=True)

    def _resolved(self, node: Node) -> Node:
        """Put numbers in the place of names that were referred to before they were known."""
        match node:
            case BackReference():
                if node.group < 0:
                    return BackReference(self._names[self._named[-node.group - 1][0]])
            case RegexGroup() | Lookaround() | Repetition():
                return node._replace(item=self._resolved(node.item))
            case Sequence():
                return Sequence(tuple(map(self._resolved, node.items)))
            case Alternation():
                return Alternation(tuple(map(self._resolved, node.options)))
        return node


def _count(digits: str) -> int:
    return (
        MAX_COUNT if len(digits.lstrip("0")) > len(str(MAX_COUNT)) else min(int(digits), MAX_COUNT)
    )
