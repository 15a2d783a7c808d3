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
    """Return the encoder's function, without its making a new C encoder for every value."""
    library: Any = json.encoder
    make = getattr(library, "c_make_encoder", None)
    if make is None:
        return _ENCODER.encode
    switches = {"sort_keys": False, "skipkeys": False, "allow_nan": True}
    quote = library.encode_basestring
    encoder = make(None, _ENCODER.default, quote, None, ":", ",", *switches.values())
    return lambda value: "".join(encoder(value, 0))


_encode: Final[Callable[[Json], str]] = _make_encode()


class _JsonWriter:
    """What writes JSON at the moment."""

    write = staticmethod(_encode)


def encode(value: Json) -> str:
    """Return a value as JSON."""
    return _JsonWriter.write(value)


@contextmanager
def in_bulk() -> Iterator[None]:
    """Write JSON with a library that is several times as fast, and takes a while to load."""
    try:
        from orjson import dumps  # noqa: PLC0415 - only for bulk work
    except ImportError:  # There is none for some kinds of Python.
        yield
        return

    def write(value: Json) -> str:
        """Return a value as JSON text, the same as the slower library writes."""
        try:
            text = dumps(value)
        except TypeError:  # a large integer, or half of a surrogate pair
            return _encode(value)
        # Infinity may have become null, which it is not here.
        if b"null" in text and _NOT_FINITE.search(repr(value)):
            return _encode(value)
        return text.decode()

    _JsonWriter.write = staticmethod(write)
    try:
        yield
    finally:
        _JsonWriter.write = staticmethod(_encode)
