"""What an operator makes of its values as far as it can be told before any run."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from kobjctl.expressions.operators import OPERATORS
from kobjctl.javascript.numbers import as_number
from kobjctl.lint.operands import Operand, is_literal, shown
from kobjctl.lint.places import is_condition
from kobjctl.model.clock import parse_instant
from kobjctl.model.values import A_KIND, Json, JsonObject, kind_of

_BOTH: Final = frozenset({"number", "date"})
# What a value of a kind may be compared as.
_SCALES: Final[Mapping[str, frozenset[str]]] = {
    "any": _BOTH,
    "text": _BOTH,
    "number": frozenset({"number"}),
    "date and time": frozenset({"date"}),
}


class Decision(NamedTuple):
    """A condition that has come out in a run, and whether it held."""

    condition: JsonObject
    held: bool

    def settles(self, condition: JsonObject) -> bool | None:
        """Tell how another condition comes out after this one; None where that is open."""
        if condition == self.condition:
            return self.held
        if not (is_sound(condition) and is_sound(self.condition)):
            return None
        one, two = OPERATORS[condition["op"]], OPERATORS[self.condition["op"]]
        if one.parts or condition["values"][: one.reads] != self.condition["values"][: two.reads]:
            return None
        # Two that have one test are one operator by two names.
        if one.test is two.test:
            return self.held
        is_opposite = one.opposite and OPERATORS[one.opposite].test is two.test
        return not self.held if is_opposite else None


def decisions(condition: JsonObject, *, held: bool) -> Iterator[Decision]:
    """Yield what is known once a condition has come out, of its parts as well."""
    yield Decision(condition, held)
    operator = OPERATORS[condition["op"]] if is_sound(condition) else None
    if operator and operator.parts and operator.settling is not held:
        for part in condition.get("values", []):
            yield from decisions(part, held=held)


class OperandMismatch(NamedTuple):
    """A value that its operator can't compare: its position, why, and whether that is sure."""

    position: int
    why: str
    sure: bool


def is_sound(condition: Json) -> bool:
    """Return whether a condition has an operator that there is, with as many values as it takes."""
    if not is_condition(condition) or condition["op"] not in OPERATORS:
        return False
    return OPERATORS[condition["op"]].arity.takes(len(condition.get("values", [])))


def constant(condition: Json, known: Sequence[Decision] = ()) -> bool | None:
    """Tell what a condition gives in every run, or in one in which these came out so; None where
    that depends on the run.
    """
    if not is_sound(condition):
        return None
    for settled in (decision.settles(condition) for decision in known):
        if settled is not None:
            return settled
    operator, values = OPERATORS[condition["op"]], condition.get("values", [])
    if operator.parts:
        held = [constant(each, known) for each in values]
        settled = operator.settling if operator.settling in held else None
        return settled if settled is not None or None in held else not operator.settling
    if operator.comparison == "always":
        return True
    read = values[: operator.reads]
    if not all(map(is_literal, read)):
        return None
    return operator.test_for(literal_text=isinstance(read[-1], str))(*read)


def mismatch(op: str, operands: Sequence[Operand]) -> OperandMismatch | None:
    """Return the value that an operator with two values can't compare, if there is one."""
    if len(operands) != 2 or op not in OPERATORS:  # noqa: PLR2004 - a left and a right side
        return None
    if OPERATORS[op].comparison == "order":
        return _of_order(operands)
    holders = OPERATORS[op].looks_into
    return _of_content(operands, holders) if holders else None


def _of_order(operands: Sequence[Operand]) -> OperandMismatch | None:
    scales = [_scales(each) for each in operands]
    for position, (each, scale) in enumerate(zip(operands, scales, strict=True)):
        if not scale:
            return OperandMismatch(position, f"{_is(each)} neither a number nor a date", each.sure)
    if scales[0] & scales[1]:
        return None
    position = 1 if operands[1].is_literal else 0
    noun = next(iter(scales[position]))
    other = next(iter(scales[1 - position]))
    sure = all(each.sure for each in operands)
    return OperandMismatch(
        position, f"{_is(operands[position])} a {noun}, the other side a {other}", sure
    )


def _scales(each: Operand) -> frozenset[str]:
    if not each.is_literal:
        return _SCALES.get(each.kind, frozenset())
    if isinstance(each.value, str) and parse_instant(each.value):
        return frozenset({"date"})
    return frozenset() if as_number(each.value) is None else frozenset({"number"})


def _of_content(operands: Sequence[Operand], holders: Sequence[str]) -> OperandMismatch | None:
    left, right = operands
    if left.kind not in {"any", "date and time", *holders}:
        words = " nor ".join(A_KIND[each] for each in holders)
        neither = f"neither {words}" if len(holders) > 1 else f"not {words}"
        return OperandMismatch(0, f"{_is(left)} {neither}", left.sure)
    if left.kind != "text" or not right.is_literal:
        return None
    items = right.value if isinstance(right.value, list) else [right.value]
    if any(isinstance(item, str) for item in items):
        return None
    return OperandMismatch(1, f"{_is(right)} not text, but the left side is", left.sure)


def _is(each: Operand) -> str:
    return f"{shown(each.value)} is" if each.is_literal else f"{A_KIND[each.kind]} is"


def never_equal(left: Operand, right: Operand) -> bool:
    """Return whether a value that only a run knows can't equal a literal, by its kind."""
    known, literal = (right, left) if left.is_literal else (left, right)
    if known.is_literal or not literal.is_literal or known.kind == "any" or literal.value is None:
        return False
    kind = "text" if known.kind == "date and time" else known.kind
    if kind == kind_of(literal.value):
        return False
    # Only text on the right side is read as the left side's type.
    if literal is right and isinstance(literal.value, str):
        if kind == "number":
            return as_number(literal.value) is None
        if kind == "true or false":
            return literal.value not in ("true", "false")
    return True
