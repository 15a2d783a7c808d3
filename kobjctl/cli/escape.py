r"""Make text from payloads and files harmless to a terminal.

A payload may hold escape sequences that move the cursor, retitle the window or turn the
direction of writing; they are shown (`\x1b`) and never sent.
"""

import math
import re
from typing import Final

from kobjctl.model.excerpt import excerpt
from kobjctl.model.values import Json

# Beyond C0, DEL and C1: marks and overrides of direction, separators of lines and
# paragraphs, and surrogates, which no encoding of a terminal can carry.
_BEYOND_C0: Final = "\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff"
# Compiled by those that are used: most commands print nothing that needs them.
_UNSAFE: Final = f"[\x00-\x1f{_BEYOND_C0}]"
_UNSAFE_IN_JSON: Final = f"[{_BEYOND_C0}]"
_WHOLE_ESCAPES: Final = r"(?:[^\\]|\\u[0-9a-f]{4}|\\[^u])*"
_SHORT: Final = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}
_ONE_BYTE: Final = 0xFF


def escape(text: str) -> str:
    r"""Give `text` with every character that a terminal obeys shown as `\n`, `\x1b` or `\u202e`."""
    # No unsafe character is printable, and asking that is far cheaper than the expression.
    return text if text.isprintable() else re.sub(_UNSAFE, _shown, text)


def dump_json(value: Json, indent: int | None = 2) -> str:
    r"""Give `value` as valid JSON that is safe on a terminal: `\u009b` in place of the character.

    Other text beyond ASCII stays readable. A number that JSON has no word for (infinity, not
    a number) becomes null, as in JavaScript.
    """
    import json

    try:
        dumped = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    except ValueError:
        dumped = json.dumps(_finite(value), ensure_ascii=False, indent=indent)
    return re.sub(_UNSAFE_IN_JSON, _shown_in_json, dumped)


def short_json(value: Json, limit: int = 60) -> str:
    """Give `value` as JSON on one line of about `limit` characters, saying so if it is cut.

    The number it then names counts the characters of a text, or of the JSON of anything else.
    """
    dumped = dump_json(value, indent=None)
    cut = _cut(len(value) if isinstance(value, str) else len(dumped))
    return excerpt(dumped, limit, cut, _room(limit), _whole_escapes)


def text_or_json(value: Json) -> str:
    """Give a text as it is, and anything else as short JSON."""
    return value if isinstance(value, str) else short_json(value)


def shorten(text: str, limit: int) -> str:
    """Give `text` cut to about `limit` characters, with the number there were if it is cut."""
    return excerpt(text, limit, _cut(len(text)), _room(limit))


def _room(limit: int) -> int:
    return max(limit - len(_cut(1_000)), 0)


def _whole_escapes(start: str) -> str:
    whole = re.match(_WHOLE_ESCAPES, start)
    return whole[0] if whole else ""


def _cut(length: int) -> str:
    return f"… {length:,} characters"


def _shown(match: re.Match[str]) -> str:
    character = match[0]
    code = ord(character)
    return _SHORT.get(character) or (rf"\x{code:02x}" if code <= _ONE_BYTE else rf"\u{code:04x}")


def _shown_in_json(match: re.Match[str]) -> str:
    return rf"\u{ord(match[0]):04x}"


def _finite(value: Json) -> Json:
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
