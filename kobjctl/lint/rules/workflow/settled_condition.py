"""WF306: a condition that gives the same in every run."""

from collections.abc import Iterator, Sequence

from kobjctl.expressions.operators import OPERATORS
from kobjctl.lint.comparing import constant, is_sound, mismatch, never_equal
from kobjctl.lint.operands import Operand, operand, shown
from kobjctl.lint.places import PlacedCondition, conditions
from kobjctl.lint.rule import Finding, rule
from kobjctl.lint.subject import Subject
from kobjctl.model.values import A_KIND


@rule("WF306", "settled-condition", severity="warning", about=("conditions",))
def settled_condition(subject: Subject) -> Iterator[Finding]:
    """A condition should be able to hold in one run and not in another.

    A condition on two literals, on a value and itself, or on a number and a word has the same
    result in every run. Text on the right side is read as the type of the left side, so `"10"` is
    fine next to a number (`manual/platform.md 4.4`). For a transition that always holds, leave the
    condition out.

    Bad:

        name: often-seen
        trigger:
          eventName: kustomer.customer.update
          transitions:
            - target: greet
              condition: {op: eq, values: [locale, en]}
        steps:
          - id: greet
            transitions: []

    Bad (-) and good (+):

          name: verified
          trigger:
            eventName: kustomer.customer.update
            transitions:
              - target: greet
        -       condition: {op: eq, values: [/#steps.1.verified, "yes"]}
        +       condition:
        +         op: and
        +         values:
        +           - {op: eq, values: [/#steps.1.verified, true]}
        +           - {op: eq, values: [/#steps.1.locale, en]}
          steps:
            - id: greet
              transitions: []
    """
    for placed in conditions(subject.workflow):
        operands = [operand(value, subject) for value in placed.values]
        if not is_sound(placed._asdict()) or mismatch(placed.op, operands):
            continue
        found = _settled(placed, operands)
        if found:
            holds, why = found
            yield Finding(
                (*placed.path, "op"),
                f"this condition {'always' if holds else 'never'} holds: {why}",
            )


def _settled(placed: PlacedCondition, operands: Sequence[Operand]) -> tuple[bool, str] | None:
    """Return what a condition always gives, and why; None where that depends on the run."""
    operator, settled = OPERATORS[placed.op], constant(placed._asdict())
    if operator.parts or (settled and operator.idiom):
        return None
    if settled is not None:
        return settled, "both values are literals"
    if operator.comparison in ("equality", "order") and placed.values[0] == placed.values[1]:
        return operator.test(1, 1), "it compares a value with itself"
    if operator.comparison == "equality" and never_equal(*operands):
        return operator.test(0, 1), _kinds(*operands)
    return None


def _kinds(left: Operand, right: Operand) -> str:
    sides = [shown(each.value) if each.is_literal else A_KIND[each.kind] for each in (left, right)]
    return f"{sides[0]} never equals {sides[1]}"
