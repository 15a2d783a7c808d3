"""Texts as JavaScript counts them: in UTF-16 units, of which an emoji has two."""

import re
from typing import Final

# What becomes of half of a pair.
KEPT: Final = "surrogatepass"
REPLACED: Final = "replace"

_BEYOND: Final = re.compile("[\U00010000-\U0010ffff]")


def text_length(text: str) -> int:
    """Count the units of a text."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def to_units(text: str) -> str:
    """Return a text with each character beyond U+FFFF as the two units JavaScript has for it."""
    return text if text.isascii() else _BEYOND.sub(_as_pair, text)


def from_units(units: str, half: str = REPLACED) -> str:
    """Join the units again; half of a pair that stands alone becomes U+FFFD, or is kept."""
    if units.isascii():
        return units
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", half)


def _as_pair(found: re.Match[str]) -> str:
    high, low = divmod(ord(found[0]) - 0x10000, 0x400)
    return chr(0xD800 + high) + chr(0xDC00 + low)
