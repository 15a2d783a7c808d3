r"""Make text from payloads and files harmless to a terminal.

A payload may hold escape sequences that move the cursor, retitle the window or turn the
direction of writing; they are shown (`\x1b`) and never sent.
"""

import re
from typing import Final

from kobjctl.model.secrets import excerpt
from kobjctl.model.unseen import shown, shown_json
from kobjctl.model.values import Json

_WHOLE_ESCAPES: Final = r"(?:[^\\]|\\u[0-9a-f]{4}|\\[^u])*"


def escape(text: str) -> str:
    r"""Return `text` with each character a terminal obeys shown as `\n`, `\x1b` or `\u202e`."""
    return shown(text)


def dump_json(value: Json, indent: int | None = 2) -> str:
    r"""Return `value` as valid JSON that is safe on a terminal: `\u009b` in place of the character.

    Other text beyond ASCII stays readable. A number that JSON has no word for (infinity, not
    a number) becomes null, as in JavaScript.
    """
    from kobjctl.javascript.json_text import ON_ONE_LINE, stringify

    return shown_json(stringify(value, indent, ON_ONE_LINE))


def short_json(value: Json, limit: int = 60) -> str:
    """Return `value` as JSON on one line of about `limit` characters, saying so if it is cut.

    The number it then names counts the characters of a text, or of the JSON of anything else.
    """
    dumped = dump_json(value, indent=None)
    cut = _cut(len(value) if isinstance(value, str) else len(dumped))
    return excerpt(dumped, limit, cut, _room(limit), _whole_escapes)


def text_or_json(value: Json) -> str:
    """Return a text as it is, and anything else as short JSON."""
    return value if isinstance(value, str) else short_json(value)


def shorten(text: str, limit: int) -> str:
    """Return `text` cut to about `limit` characters, with the number there were if it is cut."""
    return excerpt(text, limit, _cut(len(text)), _room(limit))


def _room(limit: int) -> int:
    return max(limit - len(_cut(1_000)), 0)


def _whole_escapes(start: str) -> str:
    whole = re.match(_WHOLE_ESCAPES, start)
    return whole[0] if whole else ""


def _cut(length: int) -> str:
    return f"… {length:,} characters"
