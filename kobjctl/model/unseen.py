r"""Make characters that are obeyed instead of seen harmless, wherever text may be seen as it is.

Such are control characters (which move a cursor or retitle a window), those that turn the
direction of writing, and those without width: with these, a text reads unlike what it is. They are
shown (`\x1b`, `\u202e`) and never written. Joiners stay, which scripts and emoji are made with.
"""

import re
from typing import Final

# Beyond C0, DEL and C1: the soft hyphen, marks and overrides of direction, what has no width,
# separators of lines and paragraphs, and surrogates, which no encoding can carry.
BEYOND_C0: Final = (
    "\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff"
    "\ufeff\ufff9-\ufffb"
)
# Compiled by those that are used: most commands print nothing that needs them.
_ALL: Final = f"[\x00-\x1f{BEYOND_C0}]"
_WITHIN_LINES: Final = f"[\x00-\x08\x0b-\x1f{BEYOND_C0}]"
_IN_JSON: Final = f"[{BEYOND_C0}]"
_SHORT: Final = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}
_ONE_BYTE: Final = 0xFF


def shown(text: str) -> str:
    r"""Return a text with all such characters shown, as `\n`, `\x1b` or `\u202e`."""
    # None of them is printable, and asking that is far cheaper than the expression.
    return text if text.isprintable() else re.sub(_ALL, _as_shown, text)


def shown_lines(text: str) -> str:
    """Return a text whose lines and tabs stay, with all other such characters shown."""
    return text if text.isprintable() else re.sub(_WITHIN_LINES, _as_shown, text)


def shown_json(dumped: str) -> str:
    r"""Return JSON, or YAML with such characters in double quotes, with these as escapes: `\u202e`.

    It says what it said before.
    """
    return dumped if dumped.isprintable() else re.sub(_IN_JSON, _as_escape, dumped)


def _as_shown(match: re.Match[str]) -> str:
    character = match[0]
    code = ord(character)
    return _SHORT.get(character) or (rf"\x{code:02x}" if code <= _ONE_BYTE else _as_escape(match))


def _as_escape(match: re.Match[str]) -> str:
    return rf"\u{ord(match[0]):04x}"
