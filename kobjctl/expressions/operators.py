"""The operators of conditions, one entry each, in one table, which says all that is true of them.

An operator takes its values as they resolved (`MISSING` where nothing is there) and gives yes
or no. Where public sources leave a point open, its `note` says which reading decided.
Source: `manual/platform.md 4`.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import Any, Final

from kobjctl.expressions.operator import OPERATORS, operator
from kobjctl.javascript.numbers import as_number
from kobjctl.model.clock import parse_instant
from kobjctl.model.unseen import look_alike
from kobjctl.model.values import MISSING, Json, MissingValue, kind_of

Operand = Json | MissingValue

__all__ = ["OPERATORS"]


def _identity(value: Operand) -> Hashable:
    """Return what two equal values have in common and no others; `true` is not 1."""
    if isinstance(value, bool):
        return bool, value
    if isinstance(value, list):
        return list, tuple(map(_identity, value))
    if isinstance(value, dict):
        return dict, frozenset((key, _identity(item)) for key, item in value.items())
    return value


def _compare(left: Operand, right: Operand, holds: Callable[[float], bool]) -> bool:
    first, second = as_number(left), as_number(right)
    if first is not None and second is not None:
        return holds((first > second) - (first < second))
    if isinstance(left, str) and isinstance(right, str):
        earlier, later = parse_instant(left), parse_instant(right)
        if earlier and later:
            return holds((earlier - later).total_seconds())
    return False


def _note_existence(value: Operand) -> str:
    if value in ("", [], {}) or value is False or (value == 0 and not isinstance(value, bool)):
        shown = '""' if value == "" else str(value).lower()
        return f"{shown} counts as an existing value (not confirmed by public sources)"
    return ""


def _note_equality(left: Operand, right: Operand) -> str:
    kinds = {kind_of(left), kind_of(right)}
    if kinds == {"text", "number"}:
        both = _comparable((left, right))
        return f"a text never equals a number{'; gt and lt read both as numbers' if both else ''}"
    if isinstance(left, str) and isinstance(right, str) and look_alike(left, right):
        return "the texts look alike but differ in spaces or invisible characters"
    return ""


def _note_literal(left: Operand, right: str) -> str:
    if not isinstance(left, bool | int | float):
        return _note_equality(left, right)
    if equal_to_literal(left, right):
        return f'the text "{right}" was read as {kind_of(left)}'
    spells_one = as_number(right) is not None or isinstance(left, bool)
    return "" if spells_one else f'the text "{right}" can\'t be read as a number'


def _note_order(left: Operand, right: Operand) -> str:
    if MISSING in (left, right):
        return "a missing value is neither greater nor less"
    if not _comparable((left, right)):
        return "the values are neither two numbers nor two dates"
    return ""


def _comparable(pair: Sequence[Operand]) -> bool:
    if all(as_number(value) is not None for value in pair):
        return True
    return all(isinstance(value, str) and parse_instant(value) is not None for value in pair)


def _note_contains(left: Operand, right: Operand) -> str:
    if isinstance(right, list) and len(right) > 1:
        return "one of the values is enough (not confirmed by public sources)"
    return ""


def equal_to_literal(left: Operand, right: str) -> bool:
    """Compare with text of the file: as it stands, else cast to the left value's type."""
    if isinstance(left, bool):
        return {"true": True, "false": False}.get(right) is left
    if isinstance(left, int | float):
        return as_number(right) == as_number(left)
    return equal(left, right)


def unequal_to_literal(left: Operand, right: str) -> bool:
    """Compare as `equal_to_literal` does, and give the opposite."""
    return not equal_to_literal(left, right)


@operator(
    "true",
    (1, 1),
    "always",
    "{op: 'true', values: [true]}",
    synonyms=("else", "default", "otherwise", "always"),
    idiom=True,
)
def always(_value: Operand) -> bool:
    """Always holds: the builder's plain connection."""
    return True


@operator(
    "eq",
    (2, 2),
    "equality",
    "{op: eq, values: [/#steps.1.total, '1234.5']}",
    opposite="neq",
    synonyms=("=", "==", "===", "equal", "equals", "equal to", "is", "same"),
    test_literal=equal_to_literal,
    note=_note_equality,
    note_literal=_note_literal,
)
def equal(left: Operand, right: Operand) -> bool:
    """Both values are equal; text in the file is first read as the left value's type."""
    return _identity(left) == _identity(right)


_UNEQUAL: Final[dict[str, Any]] = {
    "confirmed": False,
    "opposite": "eq",
    "test_literal": unequal_to_literal,
    "note": _note_equality,
    "note_literal": _note_literal,
}


@operator("ne", (2, 2), "equality", "{op: ne, values: [/#steps.1.id, '9999']}", **_UNEQUAL)
@operator(
    "neq",
    (2, 2),
    "equality",
    "{op: neq, values: [/#steps.1.id, '1234']}",
    synonyms=("!=", "!==", "<>", "is not"),
    **_UNEQUAL,
)
def not_equal(left: Operand, right: Operand) -> bool:
    """The values are not equal."""
    return not equal(left, right)


@operator(
    "exists",
    (1, 2),
    "existence",
    "{op: exists, values: [/#steps.1.email]}",
    opposite="dne",
    synonyms=("exist", "set", "defined", "present"),
    note=_note_existence,
    reads=1,
    idiom=True,
)
def exists(value: Operand) -> bool:
    """A value is there: neither missing nor null. A second value is ignored."""
    return value is not MISSING and value is not None


@operator(
    "dne",
    (1, 2),
    "existence",
    "{op: dne, values: [/#steps.1.fax]}",
    opposite="exists",
    synonyms=("empty", "missing", "null"),
    label="does not exist",
    note=_note_existence,
    reads=1,
)
def does_not_exist(value: Operand) -> bool:
    """No value is there: it is missing or null. A second value is ignored."""
    return value is MISSING or value is None


@operator(
    "gt",
    (2, 2),
    "order",
    "{op: gt, values: [/#steps.1.total, 1000]}",
    synonyms=(">", "greater", "greater than", "more than", "after"),
    note=_note_order,
)
def greater(left: Operand, right: Operand) -> bool:
    """Left is greater: as numbers if both read as numbers, else as dates, else no."""
    return _compare(left, right, lambda difference: difference > 0)


@operator(
    "gte",
    (2, 2),
    "order",
    "{op: gte, values: [/#steps.1.due, /#steps.1.at]}",
    synonyms=(">=", "min", "at least", "greater than or equals", "on or after"),
    note=_note_order,
)
def greater_or_equal(left: Operand, right: Operand) -> bool:
    """Left is greater or equal: as numbers if both read as numbers, else as dates, else no."""
    return _compare(left, right, lambda difference: difference >= 0)


@operator(
    "lt",
    (2, 2),
    "order",
    "{op: lt, values: [/#steps.1.total, '1000']}",
    confirmed=False,
    synonyms=("<", "less", "less than", "before"),
    note=_note_order,
)
def less(left: Operand, right: Operand) -> bool:
    """Left is less: as numbers if both read as numbers, else as dates, else no."""
    return _compare(left, right, lambda difference: difference < 0)


@operator(
    "lte",
    (2, 2),
    "order",
    "{op: lte, values: [/#steps.1.at, '2026-12-31T00:00:00Z']}",
    confirmed=False,
    synonyms=("<=", "max", "at most", "less than or equals", "on or before"),
    note=_note_order,
)
def less_or_equal(left: Operand, right: Operand) -> bool:
    """Left is less or equal: as numbers if both read as numbers, else as dates, else no."""
    return _compare(left, right, lambda difference: difference <= 0)


@operator(
    "contains",
    (2, 2),
    "content",
    "{op: contains, values: [/#steps.1.tags, vip]}",
    "{op: contains, values: [/#steps.1.email, example.com]}",
    synonyms=("in", "contain", "includes", "include", "has", "like", "one of", "contains any of"),
    note=_note_contains,
    looks_into=("list", "text"),
    any_of=True,
)
def contains(left: Operand, right: Operand) -> bool:
    """A list has the value (or any value of a list), or a text has the text within it."""
    wanted = right if isinstance(right, list) else [right]
    if isinstance(left, list):
        return not set(map(_identity, left)).isdisjoint(map(_identity, wanted))
    if isinstance(left, str):
        return any(isinstance(each, str) and each in left for each in wanted)
    return False


@operator(
    "startsWith",
    (2, 2),
    "content",
    "{op: startsWith, values: [/#steps.1.phone, '+1']}",
    confirmed=False,
    synonyms=("begins with", "prefix"),
    looks_into=("text",),
)
def starts_with(left: Operand, right: Operand) -> bool:
    """Left is a text that begins with the text on the right, in the same case."""
    return isinstance(left, str) and isinstance(right, str) and left.startswith(right)


_TWO: Final = "[{op: exists, values: [/#steps.1.email]}, {op: exists, values: [/#steps.1.fax]}]"


@operator(
    "and",
    (1, None),
    "logic",
    f"{{op: and, values: {_TWO}}}",
    synonyms=("&&", "all"),
    label="all of",
)
def all_hold(*held: bool) -> bool:
    """Every condition holds: {op: and, values: [{op: exists, values: [...]}, ...]}."""
    return all(held)


@operator(
    "or", (1, None), "logic", f"{{op: or, values: {_TWO}}}", synonyms=("||", "any"), label="any of"
)
def any_holds(*held: bool) -> bool:
    """At least one condition holds; written as `and` is."""
    return any(held)
