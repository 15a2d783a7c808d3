"""WF305: a condition with a value that its operator can't compare."""

from collections.abc import Iterator
from typing import Final

from kobjctl.expressions.operators import OPERATORS
from kobjctl.lint.comparing import mismatch
from kobjctl.lint.operands import operand
from kobjctl.lint.places import conditions
from kobjctl.lint.rule import Finding, rule
from kobjctl.lint.subject import Subject

_HOLDERS: Final = {"list": "lists", "text": "text"}


@rule("WF305", "incomparable", severity="error", mixed=True, about=("conditions",))
def incomparable(subject: Subject) -> Iterator[Finding]:
    """The values of a condition must be of a kind that its operator compares.

    `gt`, `gte`, `lt` and `lte` compare two numbers or two dates; `contains` searches a list or
    text. With anything else the condition never holds (`manual/platform.md 4.3`). If kobjctl knows
    the kind only from the hook's example, this is a warning.

    Bad (-) and good (+):

          name: often-seen
          trigger:
            eventName: kustomer.customer.update
            transitions:
              - target: greet
        -       condition: {op: gt, values: [/#steps.1.rev, many]}
        +       condition: {op: gte, values: [/#steps.1.tags.length, "3"]}
          steps:
            - id: greet
              transitions: []

    Bad:

        name: often-seen
        trigger:
          eventName: kustomer.customer.update
          transitions:
            - target: greet
              condition: {op: gte, values: [/#steps.1.tags, 3]}
        steps:
          - id: greet
            transitions: []
    """
    for path, op, values in conditions(subject.workflow):
        wrong = mismatch(op, [operand(value, subject) for value in values])
        if wrong:
            holders = " and ".join(_HOLDERS[each] for each in OPERATORS[op].looks_into)
            compared = f"searches {holders}" if holders else "compares numbers or dates"
            yield Finding(
                (*path, "values", wrong.position),
                f"{wrong.why}: the condition never holds",
                f'"{op}" {compared}',
                severity=None if wrong.sure else "warning",
            )
