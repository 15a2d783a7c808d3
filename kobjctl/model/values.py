"""What a JSON value is here, what is in it, where two differ; the one value for "not there"."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, Literal, NamedTuple, TypeAlias

Json: TypeAlias = Any
JsonObject: TypeAlias = dict[str, Any]
JsonPath: TypeAlias = tuple[str | int, ...]
Same: TypeAlias = Callable[[Json, Json], bool]

_KINDS: Final = (
    (str, "text"),
    ((int, float), "number"),
    (dict, "object"),
    (list, "list"),
)
# What messages call a value of a kind.
A_KIND: Final[Mapping[str, str]] = {
    "any": "anything",
    "text": "text",
    "number": "a number",
    "true or false": "true or false",
    "date and time": "a date and time",
    "object": "an object",
    "list": "a list",
    "null": "null",
    "nothing": "nothing",
}
# The keys that stand in a path as they are.
_PLAIN: Final = r"[\w@-]+"


class MissingValue:
    """The type of `MISSING`: a value that is not there, which a JSON null is not."""

    __slots__ = ()

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "MISSING"

    def __reduce__(self) -> str:
        # What comes from another process is compared with `is`, too.
        return "MISSING"


MISSING: Final = MissingValue()


def kind_of(value: Json) -> str:
    """Name the kind of a JSON value as JSON names it: `text`, `number`, `object`, ..."""
    if isinstance(value, bool):
        return "true or false"
    if value is None:
        return "null"
    for python_type, name in _KINDS:
        if isinstance(value, python_type):
            return name
    return "nothing"


def a_kind(value: Json) -> str:
    """Name the kind of a JSON value with its article: `a list`, `text`."""
    return A_KIND[kind_of(value)]


def every_part(value: Json, path: JsonPath = ()) -> Iterator[tuple[JsonPath, Json]]:
    """Yield a value and all that is in it, however deep, in its order; each with its path, which
    begins with that of the value.
    """
    todo = [(path, value)]
    while todo:
        at, each = todo.pop()
        yield at, each
        if isinstance(each, dict):
            todo += reversed([((*at, key), inner) for key, inner in each.items()])
        elif isinstance(each, list):
            todo += reversed([((*at, index), inner) for index, inner in enumerate(each)])


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
        str(part) if isinstance(part, int) or re.fullmatch(_PLAIN, part) else f"[{part}]"
        for part in path
    )
