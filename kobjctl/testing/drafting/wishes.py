"""Which values would make an operator hold, and which would not.

One table for all operators: a wish gives values for the left side, or for the right one, that
are worth trying beside what stands on the other. Whether they do is for a run to tell.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Final, TypeAlias

from kobjctl.javascript.numbers import as_number
from kobjctl.model.instants import format_instant, parse_instant
from kobjctl.model.values import MISSING, Json, MissingValue, kind_of

Value: TypeAlias = Json | MissingValue
# Takes the other side's value and whether the left side is asked for.
Wish: TypeAlias = Callable[[Value, bool], Iterator[Value]]

_OTHER_TEXT: Final = "other"
_DAY: Final = timedelta(days=1)


def _the_same(other: Value, _left: bool) -> Iterator[Value]:
    """Values that equal the other one."""
    yield other
    if isinstance(other, str):
        number = as_number(other)
        if number is not None:
            yield number
        if other in ("true", "false"):
            yield other == "true"


def _another(other: Value, _left: bool) -> Iterator[Value]:
    """Values of the other one's kind that differ from it, and none."""
    if isinstance(other, bool):
        yield not other
    elif isinstance(other, int | float):
        yield other + 1
    elif isinstance(other, str):
        number = as_number(other)
        yield f"{number + 1:g}" if number is not None else _other_text(other)
    yield MISSING
    yield _OTHER_TEXT


def _other_text(text: str) -> str:
    return _OTHER_TEXT if text != _OTHER_TEXT else f"{text} one"


def _present(_other: Value, _left: bool) -> Iterator[Value]:
    """No value in particular: `samples` knows which would be likely."""
    yield from ()


def _absent(_other: Value, _left: bool) -> Iterator[Value]:
    yield MISSING
    yield None


def _beside(*steps: int) -> Wish:
    """Wish for values so many away from the other, counted in ones or in days."""

    def wish(other: Value, left: bool) -> Iterator[Value]:
        """Yield values that lie beside the other one."""
        sign = 1 if left else -1
        number = as_number(other)
        instant = parse_instant(other) if isinstance(other, str) else None
        for step in steps:
            if number is not None:
                yield number + sign * step
            elif instant:
                yield format_instant(instant + sign * step * _DAY)
            else:
                yield 10 * sign * step

    return wish


def _or_none(wish: Wish) -> Wish:
    def either(other: Value, left: bool) -> Iterator[Value]:
        yield from wish(other, left)
        yield MISSING

    return either


def _holding(other: Value, left: bool) -> Iterator[Value]:
    """Values that contain the other one, or that it contains."""
    items = other if isinstance(other, list) else [other]
    if left and isinstance(other, str):
        yield from (other, items)
    elif left:
        yield list(items)
        yield from (item for item in items if isinstance(item, str))
    elif isinstance(other, list | str) and other:
        yield other[0] if isinstance(other, list) else other


def _not_holding(_other: Value, _left: bool) -> Iterator[Value]:
    yield []
    yield _OTHER_TEXT
    yield MISSING


# For each operator: what makes it hold, and what keeps it from holding.
WISHES: Final[Mapping[str, tuple[Wish, Wish]]] = {
    "eq": (_the_same, _another),
    "ne": (_another, _the_same),
    "neq": (_another, _the_same),
    "exists": (_present, _absent),
    "dne": (_absent, _present),
    "gt": (_beside(1), _or_none(_beside(0, -1))),
    "gte": (_beside(0, 1), _or_none(_beside(-1))),
    "lt": (_beside(-1), _or_none(_beside(0, 1))),
    "lte": (_beside(0, -1), _or_none(_beside(1))),
    "contains": (_holding, _not_holding),
}


def wished(op: str, other: Value, *, holds: bool, left: bool = True) -> list[Value]:
    """Return values worth trying for one side of an operator, so that it holds, or does not."""
    if op not in WISHES:
        return []
    wish = WISHES[op][0 if holds else 1]
    unique: dict[tuple[str, str], Value] = {}
    for value in wish(other, left):
        unique.setdefault((kind_of(value) if value is not MISSING else "", repr(value)), value)
    return list(unique.values())


def asks_for_any(op: str, *, holds: bool) -> bool:
    """Return whether any value would do."""
    return op in WISHES and WISHES[op][0 if holds else 1] is _present
