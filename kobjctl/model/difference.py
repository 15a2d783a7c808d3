"""What differs between two JSON values, path by path."""

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple, TypeAlias

from kobjctl.model.values import MISSING, Json, JsonPath, MissingValue

_PLAIN: Final = re.compile(r"[\w@-]+")

Same: TypeAlias = Callable[[Json, Json], bool]


class Difference(NamedTuple):
    """A place where two values differ; what only one of them has is MISSING in the other."""

    path: JsonPath
    old: Json | MissingValue
    new: Json | MissingValue


def is_same(old: Json, new: Json) -> bool:
    """Return whether two values are the same JSON: `true` is not 1, though Python says so."""
    return isinstance(old, bool) == isinstance(new, bool) and bool(old == new)


def differences(
    old: Json | MissingValue, new: Json | MissingValue, same: Same = is_same, path: JsonPath = ()
) -> Iterator[Difference]:
    """Yield where two values differ, as deep down as both have objects or lists.

    `same` judges two values that are not both objects or both lists. The order of keys is none.
    """
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [*old, *(key for key in new if key not in old)]:
            before, after = old.get(key, MISSING), new.get(key, MISSING)
            yield from differences(before, after, same, (*path, key))
    elif isinstance(old, list) and isinstance(new, list):
        for index in range(max(len(old), len(new))):
            before = old[index] if index < len(old) else MISSING
            after = new[index] if index < len(new) else MISSING
            yield from differences(before, after, same, (*path, index))
    elif old is MISSING or new is MISSING or not same(old, new):
        yield Difference(path, old, new)


def path_text(path: JsonPath) -> str:
    """Write a path as references do, `attributes.data.0`; a key of other signs in brackets."""
    return ".".join(
        str(part) if isinstance(part, int) or _PLAIN.fullmatch(part) else f"[{part}]"
        for part in path
    )
