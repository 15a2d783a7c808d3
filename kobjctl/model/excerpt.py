"""Cut a text to the room there is: first what is secret in it is masked, then it is cut.

A part of a secret is no longer found in a text. So whoever shortens one does it here.
"""

import json
from collections.abc import Callable
from typing import Final

from kobjctl.model.secrets import hidden
from kobjctl.model.values import Json

CUT: Final = "…"


def excerpt(
    text: str, most: int, cut: str = CUT, room: int = -1, kept: Callable[[str], str] = str
) -> str:
    """Return a text without secrets; one longer than `most` is cut to `room`, with `cut` behind it.

    `room` is `most` where none is given. `kept` may take off more, as half of an escape.
    """
    shown = hidden().mask_text(text)
    if len(shown) <= most:
        return shown
    return kept(shown[: most if room < 0 else room]) + cut


def json_excerpt(value: Json, most: int, cut: str = CUT, room: int = -1) -> str:
    """Return a value as JSON on one line, without secrets and cut to the room there is."""
    shown = json.dumps(hidden().mask(value), ensure_ascii=False, default=str)
    return excerpt(shown, most, cut, room)
