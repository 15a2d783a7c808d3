"""Tell good shapes from those to look at closely, without pydantic.

Most files are good, and importing pydantic takes longer than all else that judging one does.
So a value that is good is let through here; all others are judged by the models in `faults`,
which know what is wrong. Both come of one table.
"""

import re
from collections.abc import Callable
from functools import cache, partial
from math import inf
from typing import Final, TypeAlias

from kobjctl.files.shapes.kinds import Kind
from kobjctl.files.shapes.table import SHAPES
from kobjctl.model.values import Json

_Test: TypeAlias = Callable[[Json], bool]


def fits(name: str, value: Json) -> bool:
    """Return whether a value has the shape of a name."""
    return _shape_test(name)(value)


@cache
def _shape_test(name: str) -> _Test:
    shape = SHAPES[name]
    tests: dict[str, _Test] = dict.fromkeys(shape.also, _is_anything)
    tests |= {key: _kind_test(each.kind) for key, each in shape.keys.items()}
    needed = frozenset(key for key, each in shape.keys.items() if each.needed)
    otherwise = _is_anything if shape.is_open else _is_nothing

    def test(value: Json) -> bool:
        """Return whether a value is an object with such keys, each value of its kind."""
        if not isinstance(value, dict) or not needed <= value.keys():
            return False
        return all(tests.get(key, otherwise)(part) for key, part in value.items())

    return test


@cache
def _kind_test(kind: Kind) -> _Test:
    test = _limited_test(kind, _bare_test(kind))
    return (lambda value: value is None or test(value)) if kind.null else test


def _bare_test(kind: Kind) -> _Test:
    if kind.shape:  # looked up when a value comes: a node of a tree has nodes
        return partial(fits, kind.shape)
    if kind.choices:
        return lambda value: isinstance(value, str) and value in kind.choices
    if kind.pattern:
        pattern = re.compile(kind.pattern)
        return lambda value: isinstance(value, str) and bool(pattern.fullmatch(value))
    test = _TESTS[kind.type]
    if not kind.of or not kind.of.type:
        return test
    inner = _kind_test(kind.of)
    if kind.type == "array":
        return lambda value: test(value) and all(map(inner, value))
    return lambda value: test(value) and all(map(inner, value.values()))


def _limited_test(kind: Kind, test: _Test) -> _Test:
    least, most = kind.least, kind.most
    if (least, most) == (-inf, inf):
        return test
    if kind.type in ("integer", "number"):
        return lambda value: test(value) and least <= value <= most
    return lambda value: test(value) and least <= len(value) <= most


def _is_anything(_value: Json) -> bool:
    return True


def _is_nothing(_value: Json) -> bool:
    return False


_TESTS: Final[dict[str, _Test]] = {
    "": _is_anything,
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
}
