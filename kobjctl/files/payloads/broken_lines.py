"""A file that is said to be lines of JSON, and is one broken document: it is not taken apart."""

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Final

from kobjctl.files.limits import FILE_LIMIT, PAYLOAD_LIMIT
from kobjctl.files.payloads.payload import PayloadError, read_payload
from kobjctl.files.payloads.stream import Piece, is_json

# So many pieces tell, and so many bytes of them are kept at most.
_TELLING: Final = 1_000
_KEPT: Final = FILE_LIMIT
# Of a list of payloads, at least one piece in so many is an object or a list that holds something.
_ONE_IN: Final = 10
# So many of those that are left out are counted.
_COUNTED: Final = 1_000_000
_NOT_SENT: Final = "it was skipped, because the lines around it are not payloads"
_LINES_OF_IT: Final = "write each payload on one line, as jq -c . FILE does"


def whole_lists(pieces: Iterator[Piece], tell: Callable[[str], None]) -> Iterator[Piece]:
    """Yield the pieces of a stream. Where the first is no JSON and hardly any of the first 1,000
    is, only these are given, none of them as a payload, and then one that tells why, and how many
    are left out; `tell` hears that as well.
    """
    head: list[Piece] = []
    good = size = 0
    for piece in pieces:
        head.append(piece)
        size += len(piece.raw)
        good += is_json(piece.raw)
        if good * 2 >= len(head) or size > _KEPT:
            break
        if len(head) == _TELLING:
            if sum(map(_is_payload, head)) * _ONE_IN < _TELLING:
                yield from _refused(head)
                fault = _fault(head, pieces)
                tell(fault)
                yield Piece(piece.number + 1, b"", 0, fault, piece.is_element)
                return
            break
    yield from head
    yield from pieces


def _is_payload(piece: Piece) -> bool:
    """Return whether a piece looks like a payload: no value in a document stands alone like
    that.
    """
    return len(piece.raw) > len(b"[]") and piece.raw[:1] in b"{[" and is_json(piece.raw)


def _refused(head: Iterable[Piece]) -> Iterator[Piece]:
    for piece in head:
        yield piece._replace(fault=_NOT_SENT) if is_json(piece.raw) else piece


def _fault(head: list[Piece], others: Iterable[Piece]) -> str:
    left = sum(1 for _ in islice(others, _COUNTED))
    count = f"{left:,}" if left < _COUNTED else f"more than {_COUNTED:,}"
    noun = "elements" if head[0].is_element else "lines"
    why = f"hardly any of the first {_TELLING:,} {noun} is JSON"
    return f"{_cause(head)}: {why}, and {count} more were skipped"


def _cause(head: Iterable[Piece]) -> str:
    """Describe what is likely wrong."""
    text = _joined(head)
    if not text.lstrip().startswith(("{", "[")):
        return "it does not look like JSON"
    try:
        json.JSONDecoder().raw_decode(text.lstrip())
    except ValueError as error:
        if getattr(error, "pos", 0) < len(text.lstrip()) - 1:
            return f"it is probably one document with an error at {_place(text)}"
        return "it is probably one document over many lines"
    except RecursionError:
        return "it is nested too deeply"
    return f"each payload takes several lines ({_LINES_OF_IT})"


def _joined(pieces: Iterable[Piece]) -> str:
    """Return the text that the pieces were, up to the size of a payload."""
    text, line = "", 1
    for piece in pieces:
        text += "\n" * min(piece.number - line, _TELLING) + piece.raw.decode(errors="replace")
        line = piece.number
        if len(text) > PAYLOAD_LIMIT:
            break
    return text[:PAYLOAD_LIMIT]


def _place(text: str) -> str:
    try:
        read_payload(text.encode()[:PAYLOAD_LIMIT], "")
    except PayloadError as error:
        if error.line:
            return f"line {error.line}, column {error.column} ({error.fact})"
    return "its end"
