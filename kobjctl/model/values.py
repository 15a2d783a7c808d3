"""What a JSON value is here, and the one value for "not there"."""

from collections.abc import Iterator
from typing import Any, Final, Literal, TypeAlias

Json: TypeAlias = Any
JsonObject: TypeAlias = dict[str, Any]


JsonPath: TypeAlias = tuple[str | int, ...]


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


_KINDS: Final = (
    (str, "text"),
    ((int, float), "number"),
    (dict, "object"),
    (list, "list"),
)
