r"""Show characters that are obeyed or not seen, wherever text may be seen as it is.

Such are control characters (which move a cursor or retitle a window), those that turn the
direction of writing, those without width, and accents that stand apart from their letter: with
these, a text reads unlike what it is. They are shown (`\x1b`, `\u202e`, `e\u0301`) and never
written. Joiners stay between what scripts and emoji are made of.
"""

import re
from collections.abc import Callable
from typing import Final

# What JavaScript takes for white space, which is not quite what Python does.
WHITESPACE: Final = (
    "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
# Beyond C0, DEL and C1: the soft hyphen, marks and overrides of direction, what has no
# width, separators of lines and paragraphs, and surrogates, which no encoding can carry.
BEYOND_C0: Final = (
    "\x7f-\x9f\xad\u034f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ud800-\udfff\ufeff\uffa0\ufff9-\ufffb"
)
_LONE_JOINER: Final = r"(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])"
# Compiled by those that are used: most commands print nothing that needs them.
_ALL: Final = f"[\x00-\x1f{BEYOND_C0}]|{_LONE_JOINER}"
_WITHIN_LINES: Final = f"[\x00-\x08\x0b-\x1f{BEYOND_C0}]|{_LONE_JOINER}"
_IN_JSON: Final = f"[{BEYOND_C0}]|{_LONE_JOINER}"
_SHORT: Final = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}
_ONE_BYTE: Final = 0xFF
# A letter with what may join it: marks of all scripts, vowels and ends of Korean syllables.
_JOINED: Final = r'([^"])([\u0300-\u036f\u0591-\u1dff\u20d0-\u20ff\u3099\u309a\ua66f-\uabff]+)'


def shown(text: str) -> str:
    r"""Return a text with all such characters shown, as `\n`, `\x1b` or `\u202e`."""
    return _shown(text, _ALL, _as_shown)


def shown_lines(text: str) -> str:
    """Return a text whose lines and tabs stay, with all other such characters shown."""
    return _shown(text, _WITHIN_LINES, _as_shown)


def shown_json(dumped: str) -> str:
    r"""Return JSON, or YAML with such characters in double quotes, with these as escapes: `\u202e`.

    It says what it said before.
    """
    return _shown(dumped, _IN_JSON, _as_escape)


def look_alike(first: str, second: str) -> bool:
    """Return whether two texts that are not the same are to those who see them."""
    if first == second or (first.isascii() and second.isascii()):
        return False
    return _as_seen(first) == _as_seen(second)


def _as_seen(text: str) -> str:
    from unicodedata import normalize  # noqa: PLC0415 - most text does without

    return " ".join(re.sub(_ALL, "", normalize("NFC", text)).split())


def _shown(text: str, unseen: str, show: Callable[[re.Match[str]], str]) -> str:
    # Asking this is far cheaper than the expressions, and most text is so.
    if text.isascii():
        return text if text.isprintable() else re.sub(unseen, show, text)
    from unicodedata import is_normalized  # noqa: PLC0415 - most text does without

    if not is_normalized("NFC", text):
        text = re.sub(_JOINED, _apart, text)
    return re.sub(unseen, show, text)


def _apart(found: re.Match[str]) -> str:
    """Show the accents of a letter that there is with them as one character."""
    from unicodedata import normalize  # noqa: PLC0415 - see above

    if len(normalize("NFC", found[0])) == len(found[0]):
        return found[0]
    return found[1] + "".join(rf"\u{ord(mark):04x}" for mark in found[2])


def _as_shown(match: re.Match[str]) -> str:
    character = match[0]
    code = ord(character)
    return _SHORT.get(character) or (rf"\x{code:02x}" if code <= _ONE_BYTE else _as_escape(match))


def _as_escape(match: re.Match[str]) -> str:
    return rf"\u{ord(match[0]):04x}"
