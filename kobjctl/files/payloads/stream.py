"""Split a stream into payloads without reading it as a whole: lines, an array, or one document."""

import codecs
import json
import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import BinaryIO, Final, NamedTuple

from kobjctl.files.limits import BYTE_ORDER_MARK, PAYLOAD_LIMIT

_MARK: Final = BYTE_ORDER_MARK.encode()
_CHUNK: Final = 256 * 1024
# The longest line that is read as a whole, its end included.
_LINE: Final = PAYLOAD_LIMIT + 2
# So many lines tell what a stream is.
_TELLING: Final = 2
# So much is at hand at the start of each element: what a hook takes, and what may follow it.
_AHEAD: Final = PAYLOAD_LIMIT + 1024
# So much is kept of an element that is too large.
_KEPT: Final = PAYLOAD_LIMIT + 1024
# What goes on for so long without an end, or so deep, is given up, and with it the stream.
_MOST: Final = 16 * 1024 * 1024
_DEEPEST: Final = 100_000
_ENDLESS: Final = "it has no end in sight; kobjctl reads no further"
_SPACES: Final = " \t\r\n"
_VISIBLE: Final = re.compile(rf"[^{_SPACES}]")
_OUTSIDE: Final = re.compile(r'["\]},]|[\[{]+')
# Within brackets, commas end nothing.
_WITHIN: Final = re.compile(r'["\]}]|[\[{]+')
# No text of JSON goes over the end of a line: behind one whose end is missing, a line helps.
_INSIDE: Final = re.compile(r'["\\\n]')
_scan: Final = json.JSONDecoder().raw_decode


class Piece(NamedTuple):
    """One payload of a stream, not read yet.

    `number` counts lines (the empty ones too) or elements from 1; it is 0 for a whole document.
    `size` is that of all its bytes, of which `raw` has only the first where they are too many.
    `fault` tells what is wrong with the stream itself.
    """

    number: int
    raw: bytes
    size: int
    fault: str = ""
    is_element: bool = False


def split(stream: BinaryIO, *, lines: bool = False, document: bool = False) -> Iterator[Piece]:
    """Yield the payloads of a stream: the lines of it, the elements of an array that it is, or
    the one that it is as a whole; `lines` and `document` say which, where that is known.
    """
    if document:
        yield _document(b"", stream)
        return
    head = _first_lines(stream)
    visible = [row for line in head if (row := line.strip())]
    if not visible and sum(map(len, head)) <= _LINE:
        if not lines:
            yield Piece(0, b"", 0)
    elif lines or not visible or _are_lines(*visible):
        rows = _rows(head, stream)
        if first := next(rows, None if lines else Piece(0, b"", 0)):
            yield first
        yield from rows
    elif visible[0].startswith(b"["):
        yield from _Array(b"".join(head), stream).pieces()
    else:
        yield _document(b"".join(head), stream)


def _first_lines(stream: BinaryIO) -> list[bytes]:
    """Return the lines up to the second that holds something; so much that no payload could begin
    with it ends them.
    """
    lines: list[bytes] = []
    visible = size = 0
    while visible < _TELLING and (line := stream.readline(_LINE)):
        lines.append(line if lines else line.removeprefix(_MARK))
        visible += bool(line.strip())
        size += len(line)
        if _is_cut(line) or size > _LINE:
            break
    return lines


def _are_lines(first: bytes, second: bytes = b"") -> bool:
    """Return whether each line is a payload: no document is one whose first line is whole and that
    then goes on, and hardly one whose second line opens another object at its very start.
    """
    if first.startswith(b"["):
        return bool(second) and is_json(first)
    return second.startswith(b"{") or _is_cut(first) or is_json(first)


def is_json(raw: bytes) -> bool:
    """Return whether bytes are one JSON value."""
    try:
        json.loads(raw)
    except (ValueError, RecursionError):
        return False
    return True


def _is_cut(line: bytes) -> bool:
    return len(line) >= _LINE and not line.endswith(b"\n")


def _rows(head: Sequence[bytes], stream: BinaryIO) -> Iterator[Piece]:
    """Yield the lines that hold something."""
    number = 0
    for line in chain(head, iter(lambda: stream.readline(_LINE), b"")):
        number += 1
        if _is_cut(line):
            size = len(line) + _skip_line(stream)
            yield Piece(number, line[:PAYLOAD_LIMIT], size, "" if size < _MOST else _ENDLESS)
            if size >= _MOST:
                return
        elif raw := line.strip():
            yield Piece(number, raw, len(raw))
        elif number >= len(head):
            number += _skip_blank_lines(stream)


def _skip_line(stream: BinaryIO) -> int:
    size = 0
    while size < _MOST and (rest := stream.readline(_CHUNK)):
        size += len(rest.rstrip(b"\r\n"))
        if rest.endswith(b"\n"):
            break
    return size


def _skip_blank_lines(stream: BinaryIO) -> int:
    """Go over lines that hold nothing, a buffer at a time; gives how many."""
    lines = 0
    peek = getattr(stream, "peek", lambda _: b"")
    while ahead := peek(_CHUNK):
        blank = len(ahead) - len(ahead.lstrip())
        end = ahead.rfind(b"\n", 0, blank) + 1
        lines += stream.read(end).count(b"\n")
        if not end or blank < len(ahead):
            break
    return lines


def _document(head: bytes, stream: BinaryIO) -> Piece:
    raw = head + stream.read(max(PAYLOAD_LIMIT + 1 - len(head), 0))
    size = len(raw)
    while size < _MOST and (rest := stream.read(_CHUNK)):
        size += len(rest)
    return Piece(0, raw, size, "" if size < _MOST else _ENDLESS)


class _Array:
    """The elements of an array: each is found by its end, whether it is good JSON or not."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        # A byte that is no UTF-8 spoils the payload that it is in, and no other.
        self._decode = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode
        self._stream = stream
        self._text = self._decode(head)
        self._at = 0
        self._ended = False

    def pieces(self) -> Iterator[Piece]:
        """Yield the elements, and what is wrong with the array itself."""
        self._visible()
        self._at += 1
        number = 0
        follows = "["
        while True:
            char = self._visible()
            if char == "]" and follows == "[":
                break
            number += 1
            if not char:
                yield _fault(number, "the array is not closed")
                return
            element = self._element(number)
            yield element
            if element.fault:
                return
            follows = self._visible()
            self._at += 1
            if follows == "]":
                break
            if not follows:
                yield _fault(number + 1, "the array is not closed")
                return
        if follows == "[":
            self._at += 1
        yield from self._after(number)

    def _after(self, number: int) -> Iterator[Piece]:
        if self._visible():
            yield _fault(number + 1, "there is more text after the end of the array")

    def _visible(self) -> str:
        """Go to the next character that is no blank, and give it; empty at the end."""
        while True:
            if not self._ended and len(self._text) - self._at < _AHEAD:
                self._fill()
            found = _VISIBLE.search(self._text, self._at)
            if found:
                self._at = found.start()
                return found[0]
            self._at = len(self._text)
            if self._ended:
                return ""

    def _fill(self) -> None:
        chunk = self._stream.read(_CHUNK)
        self._ended = not chunk
        self._text = self._text[self._at :] + self._decode(chunk, final=self._ended)
        self._at = 0

    def _element(self, number: int) -> Piece:
        start = self._at
        try:
            _, end = _scan(self._text, start)
            follows = _VISIBLE.search(self._text, end)
            if follows and follows[0] in ",]":
                self._at = end
                return _element(number, self._text[start:end])
        except (ValueError, RecursionError):
            pass
        return self._bad_element(number)

    def _bad_element(self, number: int) -> Piece:
        """Return an element that is no JSON, or too large, by the brackets that are in it."""
        kept, size, state = "", 0, _State(0, "")
        while True:
            end, state = _find_end(self._text, self._at, state)
            part = self._text[self._at : end]
            kept += part[: max(_KEPT - len(kept), 0)]
            size += len(part.encode(errors="surrogateescape"))
            self._at = end
            if size >= _MOST or state.depth > _DEEPEST:
                return _element(number, kept, size)._replace(fault=_ENDLESS)
            if end < len(self._text) or self._ended:
                return _element(number, kept.rstrip(_SPACES), size)
            self._fill()


class _State(NamedTuple):
    """How deep in brackets a place is, and what it is in: a text (`"`), or behind the backslash
    of one.
    """

    depth: int
    inside: str


def _find_end(text: str, at: int, state: _State) -> tuple[int, _State]:
    """Return where an element ends (the end of the text if nowhere), and how things stand there."""
    depth, inside = state
    while at < len(text):
        if inside == "\\":
            at, inside = at + 1, '"'
            continue
        wanted = _INSIDE if inside else _WITHIN if depth else _OUTSIDE
        found = wanted.search(text, at)
        if not found:
            break
        char, at = found[0], found.end()
        if char == "\\":
            inside = char
        elif inside or char == '"':
            inside = "" if inside else char
        elif depth == 0 and char in ",]":
            return found.start(), state
        elif char != ",":
            depth = max(depth + (len(char) if char[0] in "[{" else -1), 0)
    return len(text), _State(depth, inside)


def _element(number: int, text: str, size: int = 0) -> Piece:
    raw = text.encode(errors="surrogateescape")
    cut = size > PAYLOAD_LIMIT
    return Piece(number, raw, size if cut else len(raw), is_element=True)


def _fault(number: int, fault: str) -> Piece:
    return Piece(number, b"", 0, fault, is_element=True)
