"""Lists in the words of findings, cut where they would be too long to read."""

from collections.abc import Sequence
from typing import Final

# A way may be as long as the workflow; its beginning and its end are enough to find it.
CUT: Final = "..."


def listed(names: Sequence[str], most: int) -> str:
    """Return names with commas between, the first `most` of them."""
    return ", ".join([*names[:most], CUT] if len(names) > most else names)


def cut_short(way: Sequence[str], most: int, first: int) -> list[str]:
    """Return the steps of a way; of more than `most` the `first`, and the last."""
    return list(way) if len(way) <= most else [*way[:first], CUT, way[-1]]
