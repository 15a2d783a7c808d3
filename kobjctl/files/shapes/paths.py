"""Find the shape that stands at a path of another."""

from functools import lru_cache
from types import UnionType
from typing import Annotated, Any, get_args, get_origin

from kobjctl.files.shapes.models import ObjectShape
from kobjctl.model.values import JsonPath


def shape_at(root: type[ObjectShape], path: JsonPath) -> type[ObjectShape] | None:
    """Return the shape that the value at `path` should have, if it is one of ours."""
    # The entries of a list are all alike, and there may be thousands of faults in one.
    return _shape_at(root, tuple(part if isinstance(part, str) else 0 for part in path))


@lru_cache(maxsize=1024)
def _shape_at(root: type[ObjectShape], path: JsonPath) -> type[ObjectShape] | None:
    expected: Any = root
    for part in path:
        expected = _part_of(expected, part)
    expected = _bare(expected)
    return expected if isinstance(expected, type) and issubclass(expected, ObjectShape) else None


def _part_of(expected: Any, part: str | int) -> Any:
    expected = _bare(expected)
    if isinstance(expected, type) and issubclass(expected, ObjectShape):
        field = expected.field(str(part))
        return field.annotation if field else None
    arguments = get_args(expected)  # of a list, or of a dict from text to something
    return arguments[-1] if arguments else None


def _bare(expected: Any) -> Any:
    """Take `Annotated` and `| None` away."""
    while get_origin(expected) in (Annotated, UnionType):
        expected = get_args(expected)[0]
    return expected
