"""Unpack the body of an answer that came compressed, up to a limit."""

import zlib
from collections.abc import Callable, Mapping
from typing import Final

from kobjctl.model.web import BrokenConnectionError, Response, TooLargeError

# A stream of zlib, or of gzip, is told by its beginning; some servers send deflate without any.
_ANY_BEGINNING: Final = 47
_NO_BEGINNING: Final = -15


def unpack(response: Response, place: str, limit: int) -> Response:
    """Return an answer with its body as it was before compression.

    Raises TooLargeError for more bytes than `limit`, BrokenConnectionError for a broken stream.
    What is packed in a way unknown here is left so, with a note.
    """
    body, notes = response.body, response.notes
    packed = response.header("content-encoding").lower().replace(",", " ").split()
    for name in reversed(packed if body else []):
        if name not in _UNPACKERS:
            notes = (*notes, f'the body was not decoded: its content-encoding is "{name}"')
            break
        try:
            body = _UNPACKERS[name](body, limit + 1)
        except (zlib.error, EOFError) as error:
            message = f"the response of {place} is broken: its {name} stream can't be read"
            raise BrokenConnectionError(message) from error
        if len(body) > limit:
            raise too_large(place, limit)
    return response._replace(body=body, notes=notes)


def too_large(place: str, limit: int) -> TooLargeError:
    """Make the error for an answer with more bytes than `limit`."""
    return TooLargeError(f"the response of {place} has more than {limit:,} bytes")


def _inflate(raw: bytes, most: int) -> bytes:
    return _stream(raw, most, _ANY_BEGINNING)


def _deflate(raw: bytes, most: int) -> bytes:
    try:
        return _stream(raw, most, _ANY_BEGINNING)
    except zlib.error:
        return _stream(raw, most, _NO_BEGINNING)


def _stream(raw: bytes, most: int, beginning: int) -> bytes:
    """Unpack streams that follow each other; raises EOFError for one without its end."""
    unpacked = b""
    while raw and len(unpacked) < most:
        stream = zlib.decompressobj(beginning)
        unpacked += stream.decompress(raw, most - len(unpacked))
        if not stream.eof and len(unpacked) < most:
            raise EOFError
        raw = stream.unused_data
    return unpacked


def _as_it_is(raw: bytes, most: int) -> bytes:
    return raw


_UNPACKERS: Final[Mapping[str, Callable[[bytes, int], bytes]]] = {
    "gzip": _inflate,
    "x-gzip": _inflate,
    "deflate": _deflate,
    "identity": _as_it_is,
}
