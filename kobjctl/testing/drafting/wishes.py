"""Which values would make an operator hold, and which would not.

How an operator compares tells what is worth trying beside a value, and its test which of these
would do; whether they get there is for a run to tell.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Final, NamedTuple, TypeAlias

from kobjctl.expressions.operator import Comparison, Operator
from kobjctl.javascript.numbers import as_number
from kobjctl.model.clock import format_instant, parse_instant
from kobjctl.model.values import MISSING, Json, MissingValue, kind_of

Value: TypeAlias = Json | MissingValue
_OTHER_TEXT: Final = "other"
_DAY: Final = timedelta(days=1)


def _the_same_or_another(other: Value) -> Iterator[Value]:
    """Values that equal the other one, those of its kind that differ from it, and none."""
    yield other
    number = as_number(other) if isinstance(other, str) else None
    if isinstance(other, bool):
        yield not other
    elif isinstance(other, int | float):
        yield other + 1
    elif isinstance(other, str):
        yield from () if number is None else (number,)
        if other in ("true", "false"):
            yield other == "true"
        yield f"{number + 1:g}" if number is not None else _other_text(other)
    yield MISSING
    yield _OTHER_TEXT


def _other_text(text: str) -> str:
    return _OTHER_TEXT if text != _OTHER_TEXT else f"{text} one"


def _beside(other: Value) -> Iterator[Value]:
    """The other value, and those beside it, counted in ones or in days."""
    number = as_number(other)
    instant = parse_instant(other) if isinstance(other, str) else None
    for step in (0, 1, -1):
        if number is not None:
            yield number + step
        elif instant:
            yield format_instant(instant + step * _DAY)
        else:
            yield 10 * step
    yield MISSING


def _wholes_and_parts(other: Value) -> Iterator[Value]:
    """Values that have the other one in them, or that it has, and empty ones."""
    items = other if isinstance(other, list) else [other]
    if isinstance(other, str):
        yield from (other, items, other[:1])
    else:
        yield list(items)
        yield from (item for item in items if isinstance(item, str))
        yield from items[:1]
    yield []
    yield _OTHER_TEXT
    yield MISSING


# By how an operator compares: what is worth trying beside a value.
CANDIDATES: Final[Mapping[Comparison, Callable[[Value], Iterator[Value]]]] = {
    "existence": lambda _: iter((MISSING, None)),
    "equality": _the_same_or_another,
    "order": _beside,
    "content": _wholes_and_parts,
}


class OtherOperand(NamedTuple):
    """What stands on the other side of an operator: a value, and how it is written.

    `is_left` tells that this is its left side; `is_literal` that it is text of the file.
    """

    value: Value = MISSING
    is_left: bool = False
    is_literal: bool = False


def wished(operator: Operator, beside: OtherOperand, *, holds: bool) -> list[Value]:
    """Return values worth trying for one side of an operator, so that it holds, or does not.

    Where none does, with what now stands on the other side, all of them are.
    """
    if operator.comparison not in CANDIDATES:
        return []
    test = operator.test_for(literal_text=beside.is_literal)

    def gives(value: Value) -> bool:
        pair = (beside.value, value) if beside.is_left else (value, beside.value)
        return test(*pair[: operator.reads])

    unique: dict[tuple[str, str], Value] = {}
    for value in CANDIDATES[operator.comparison](beside.value):
        unique.setdefault((kind_of(value) if value is not MISSING else "", repr(value)), value)
    return [each for each in unique.values() if gives(each) is holds] or list(unique.values())


def asks_for_any(operator: Operator, *, holds: bool) -> bool:
    """Return whether any value would do."""
    return operator.comparison == "existence" and operator.test(_OTHER_TEXT) is holds
