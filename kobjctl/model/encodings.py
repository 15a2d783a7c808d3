r"""A text as it reads once what was written in another way is undone.

`%2F`, `\/`, `\u002f`, `&#x2F;` and `/` are one character; so are capitals and small letters, and
in an address a blank and `+`. Each level that was encoded once more is a reading of its own.
"""

import re
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

_ENCODED: Final = re.compile(
    r"(?P<json>\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}"
    r"|x[0-9a-fA-F]{2}|[\"'\\/bfnrt]))"
    r"|(?P<percent>(?:%[0-9a-fA-F]{2})+)"
    r"|&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[a-zA-Z][a-zA-Z0-9]{1,30});"
)
_SHORT: Final = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
# Nobody writes a text in more ways at a time; each is a walk through it.
_MOST_LEVELS: Final = 6
# A byte of UTF-8 that goes on with the character before it.
_CONTINUES, _CONTINUED_BELOW = 0x80, 0xC0
# What is shorter may be a word, or a part of any other base64.
_LEAST_OF_BASE64: Final = 8


class DecodedText(NamedTuple):
    """A text as it reads, in small letters; `starts` has where each character stands in the text
    that is read, and last the end of that.
    """

    text: str
    starts: Sequence[int]


def readings(text: str) -> Iterator[DecodedText]:
    """Yield how a text reads as it is, and with each level of encoding undone."""
    return islice(_all_readings(text), _MOST_LEVELS)


def _all_readings(text: str) -> Iterator[DecodedText]:
    starts: Sequence[int] = range(len(text) + 1)
    yield DecodedText(_folded(text), starts)
    while _ENCODED.search(text):
        text, starts = _decoded(text, starts)
        yield DecodedText(_folded(text), starts)


def base64_forms(text: str) -> Iterator[str]:
    """Yield what a text becomes within base64, as readings have it, wherever it begins there.

    The characters that it shares with what stands beside it are left out.
    """
    for raw in {text.encode(errors="surrogatepass"), text.encode("latin-1", "replace")}:
        for before in range(3):
            whole = (before + len(raw)) * 8 // 6
            for written in (b64encode, urlsafe_b64encode):
                form = written(bytes(before) + raw)[-(-before * 8 // 6) : whole].decode()
                if len(form) >= _LEAST_OF_BASE64:
                    yield _folded(form)


def _folded(text: str) -> str:
    folded = text.casefold()
    if len(folded) != len(text):
        # Some letters become two, which would shift all behind them.
        folded = "".join(low if len(low := each.casefold()) == 1 else each for each in text)
    return folded.replace("+", " ")


def _decoded(text: str, starts: Sequence[int]) -> tuple[str, list[int]]:
    """Undo one level of encoding; give the text, and where its characters stand."""
    pieces: list[str] = []
    places: list[int] = []
    end = 0
    for found in _ENCODED.finditer(text):
        pieces.append(text[end : found.start()])
        places += starts[end : found.start()]
        if found["percent"]:
            piece, offsets = _from_percents(found[0])
        else:
            piece = _from_json(found[0]) if found["json"] else _from_html(found[0])
            offsets = [0] * len(piece)
        pieces.append(piece)
        places += [starts[found.start() + offset] for offset in offsets]
        end = found.end()
    pieces.append(text[end:])
    places += starts[end:]
    return "".join(pieces), places


def _from_json(escape: str) -> str:
    if escape[1] == "u":
        units = bytes.fromhex(escape.replace("\\u", ""))
        return units.decode("utf-16-be", "surrogatepass")
    if escape[1] == "x":
        return bytes.fromhex(escape[2:]).decode("latin-1")
    return _SHORT.get(escape[1], escape[1])


def _from_html(entity: str) -> str:
    from html import unescape  # noqa: PLC0415 - its table of names is long, and few texts have one

    return unescape(entity)


def _from_percents(escapes: str) -> tuple[str, list[int]]:
    """Return what octets stand for, as UTF-8 or else as Latin-1, and where each character
    begins.
    """
    octets = bytes.fromhex(escapes.replace("%", ""))
    try:
        text = octets.decode()
    except UnicodeDecodeError:
        return octets.decode("latin-1"), list(range(0, len(escapes), 3))
    begins = (at for at, octet in enumerate(octets) if not _CONTINUES <= octet < _CONTINUED_BELOW)
    return text, [3 * at for at in begins]
