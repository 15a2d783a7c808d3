"""Write a date by a format of moment's; every format is compiled once."""

import re
from functools import lru_cache
from typing import Final

from kobjctl.javascript.moment.calendar import take_apart
from kobjctl.javascript.moment.reading import Date, read_instant
from kobjctl.javascript.moment.tokens import LONG_FORMATS, TOKENS, Token, print_text

INVALID_DATE: Final = "Invalid date"
DEFAULT_FORMAT: Final = "YYYY-MM-DDTHH:mm:ss[Z]"

# What a format is cut into. The last part is JavaScript's dot: line ends match nothing, and so
# they vanish from what is printed, as they do in moment.
_PIECES: Final = re.compile(
    r"\[[^\[]*\]|\\e|\\?(?:eHHmm|[Hh]mm(?:ss)?|Mo|MM?M?M?|Do|DDDo|DD?D?D?|ddd?d?|do?|w[o|w]?"
    r"|W[o|W]?|Qo?|N{1,5}|YYYYYY|YYYYY|YYYY|YY|y{2,4}|yo?|gg(?:ggg?)?|GG(?:GGG?)?|e|E|a|A|hh?|HH?"
    r"|kk?|mm?|ss?|S{1,9}|x|X|zz?|ZZ?|[^\n\r\u2028\u2029])"
)
_LONG_PIECES: Final = re.compile(r"\[[^\[]*\]|\\?(?:LTS|LT|LL?L?L?|l{1,4})")


def format_moment(value: Date, fmt: str | None = None) -> str:
    """Write a date as `moment.utc(value).format(fmt)` does; `Invalid date` where it is none.

    `value` is any JSON value or a datetime (see `reading.read_instant`). Without a format, or
    with an empty one, it is ISO 8601 without milliseconds: `2020-10-01T12:06:20Z`.
    A format of nothing but line ends gives an empty text, where moment fails.
    Source: `manual/platform.md 5.2, 6.3`.
    """
    instant = read_instant(value)
    return INVALID_DATE if instant is None else format_instant(instant, fmt or DEFAULT_FORMAT)


def format_instant(instant: int, fmt: str) -> str:
    """Write milliseconds since 1970 by a format."""
    parts = take_apart(instant)
    return "".join([piece(parts) for piece in _compile_format(fmt)])


@lru_cache(maxsize=256)
def _compile_format(fmt: str) -> tuple[Token, ...]:
    """Cut a format into functions that print one piece each; plain text between them is one."""
    pieces: list[Token] = []
    literal = ""
    for piece in _PIECES.findall(_expand(fmt)):
        token = TOKENS.get(piece)
        if token is None:
            literal += _unescaped(piece)
            continue
        if literal:
            pieces.append(print_text(literal))
            literal = ""
        pieces.append(token)
    return (*pieces, print_text(literal)) if literal else tuple(pieces)


def _expand(fmt: str) -> str:
    """Put the formats that `L`, `LT`, `ll` and the like stand for in their place."""
    return _LONG_PIECES.sub(lambda found: LONG_FORMATS.get(found[0], found[0]), fmt)


def _unescaped(piece: str) -> str:
    if len(piece) > 1 and piece.startswith("["):
        return piece[1:].removesuffix("]")
    return piece.replace("\\", "")
