"""What click says of wrong usage, in our words."""

import re
from typing import Final

_BOUNDS: Final = re.compile(r"is not in the range (?:(-?[\d.]+)<=)?x(?:(>=|<=)(-?[\d.]+))?$")
_KINDS: Final = (
    ("is not a valid integer range", "is no whole number"),
    ("is not a valid integer", "is no whole number"),
    ("is not a valid float range", "is no number"),
    ("is not a valid float", "is no number"),
)


def plain(fact: str) -> str:
    """Give the fact that an error of click states as one line of ours."""
    fact = (fact[:1].lower() + fact[1:].rstrip(".")).replace("'", '"')
    for theirs, ours in _KINDS:
        if fact.endswith(theirs):
            return fact.removesuffix(theirs) + ours
    return _BOUNDS.sub(_bounds, fact)


def _bounds(found: re.Match[str]) -> str:
    least, sign, most = found.groups()
    if least is not None:
        return f"is not from {_number(least)} to {_number(most)}"
    return f"is {'less' if sign == '>=' else 'more'} than {_number(most)}"


def _number(text: str) -> str:
    return f"{int(text):,}" if text.removeprefix("-").isdigit() else text
