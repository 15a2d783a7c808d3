"""How values stand in JSON columns: compact text, written and read here and nowhere else."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from kobjctl.javascript.numbers import read_float, read_integer
from kobjctl.model.values import Json

_NOT_FINITE: Final = re.compile("inf|nan")
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)
decode: Final[Callable[[str], Json]] = json.JSONDecoder(
    parse_float=read_float, parse_int=read_integer
).decode


def _make_encode() -> Callable[[Json], str]:
    """Return what writes a value as JSON, without its making a new C encoder for every value."""
    library: Any = json.encoder
    make = getattr(library, "c_make_encoder", None)
    if make is None:
        return _ENCODER.encode
    switches = {"sort_keys": False, "skipkeys": False, "allow_nan": True}
    quote = library.encode_basestring
    encoder = make(None, _ENCODER.default, quote, None, ":", ",", *switches.values())
    return lambda value: "".join(encoder(value, 0))


encode: Final[Callable[[Json], str]] = _make_encode()


class JsonWriter:
    """Writes values as JSON; `write` returns the text."""

    def __init__(self) -> None:
        self.write = encode

    @contextmanager
    def in_bulk(self) -> Iterator[None]:
        """Write within the block with a library that is several times as fast, and takes a while
        to load.
        """
        self.write = _bulk_encode()
        try:
            yield
        finally:
            self.write = encode


def _bulk_encode() -> Callable[[Json], str]:
    try:
        from orjson import dumps  # noqa: PLC0415 - only for bulk work
    except ImportError:  # There is none for some kinds of Python.
        return encode

    def write(value: Json) -> str:
        """Return a value as JSON text, the same as the slower library writes."""
        try:
            text = dumps(value)
        except TypeError:  # a large integer, or half of a surrogate pair
            return encode(value)
        # Infinity may have become null, which it is not here.
        if b"null" in text and _NOT_FINITE.search(repr(value)):
            return encode(value)
        return text.decode()

    return write
