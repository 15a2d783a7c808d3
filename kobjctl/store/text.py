"""How values stand in JSON columns: compact text, written and read here and nowhere else."""

import json
from collections.abc import Callable
from typing import Any, Final

from kobjctl.model.values import Json, read_float

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)
decode: Final[Callable[[str], Json]] = json.JSONDecoder(parse_float=read_float).decode


def _make_encode() -> Callable[[Json], str]:
    """Give the encoder's function, without its making a new C encoder for every value."""
    library: Any = json.encoder
    make = getattr(library, "c_make_encoder", None)
    if make is None:
        return _ENCODER.encode
    switches = {"sort_keys": False, "skipkeys": False, "allow_nan": True}
    quote = library.encode_basestring
    encoder = make(None, _ENCODER.default, quote, None, ":", ",", *switches.values())
    return lambda value: "".join(encoder(value, 0))


encode: Final[Callable[[Json], str]] = _make_encode()
