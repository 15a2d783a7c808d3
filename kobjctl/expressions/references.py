"""Path references, `/#steps.<id>.<path>`: split once, walked at every use.

Source: `manual/platform.md 3.3`.
"""

import re
from functools import lru_cache
from typing import Final

from kobjctl.javascript.strings import text_length
from kobjctl.model.errors import did_you_mean
from kobjctl.model.values import MISSING, Json, MissingValue

MARK: Final = "/#"
FUNCTION_MARK: Final = "/#fn:"
# As in JavaScript: "01" is a name, not the index 1.
_INDEX: Final = re.compile(r"0|[1-9][0-9]{0,8}")


def split_reference(text: str) -> tuple[str, ...]:
    """Split `/#steps.1.attributes` into its segments."""
    return tuple(text.removeprefix(MARK).split("."))


def follow(value: Json, segments: tuple[str, ...]) -> Json | MissingValue:
    """Walk from a value along segments; `MISSING` where there is nothing.

    A segment is a key of an object, the zero-based index of a list element, or `length` of a
    list or a text.
    """
    for segment in segments:
        if isinstance(value, dict):
            if segment not in value:
                return MISSING
            value = value[segment]
        elif isinstance(value, list):
            if segment == "length":
                value = len(value)
            else:
                index = _index(segment)
                if index is None or index >= len(value):
                    return MISSING
                value = value[index]
        elif isinstance(value, str) and segment == "length":
            value = text_length(value)
        else:
            return MISSING
    return value


def close_name(value: Json, segments: tuple[str, ...]) -> str:
    """Suggest what was meant by a path that leads nowhere, to be put behind "is missing".

    The names of steps are none that is meant by another: which of them ran depends on the run.
    """
    for depth, segment in enumerate(segments):
        inner = follow(value, (segment,))
        if inner is MISSING:
            names = value if isinstance(value, dict) and segments[:depth] != ("steps",) else ()
            close = did_you_mean(segment, names)
            return f"; {close}" if close else ""
        value = inner
    return ""


@lru_cache(maxsize=4096)
def _index(segment: str) -> int | None:
    return int(segment) if _INDEX.fullmatch(segment) else None
