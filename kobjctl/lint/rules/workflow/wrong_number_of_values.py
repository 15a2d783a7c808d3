"""WF303: a condition with too few values, too many, or the wrong kind."""

from collections.abc import Iterator

from kobjctl.expressions.operator import Operator
from kobjctl.expressions.operators import OPERATORS
from kobjctl.lint.places import conditions, is_condition
from kobjctl.lint.rule import Finding, rule
from kobjctl.lint.subject import Subject


@rule("WF303", "wrong-number-of-values", severity="error", about=("conditions",))
def wrong_number_of_values(subject: Subject) -> Iterator[Finding]:
    """A condition must have as many values as its operator takes; those of `and` and `or` are
    conditions.

    A comparison has a left and a right side. The second value of `exists` and `dne`, which the
    platform's editor writes, has no effect (`manual/platform.md 4.1`).

    Bad:

        name: big-order
        trigger:
          eventName: kustomer.kobject.order.create
          transitions:
            - target: tell
              condition: {op: gt, values: ["/#steps.1.custom.totalNum"]}
        steps:
          - id: tell
            action: kustomer.customer.update
            params: {id: /#steps.1.customer, locale: en_us}
            transitions: []

    Bad (-) and good (+):

          name: big-order
          trigger:
            eventName: kustomer.kobject.order.create
            transitions:
              - target: tell
                condition:
                  op: or
        -         values: ["/#steps.1.custom.vipBool", "/#steps.1.custom.bigBool"]
        +         values:
        +           - {op: gt, values: ["/#steps.1.custom.totalNum", 200]}
        +           - {op: eq, values: ["/#steps.1.custom.vipBool", true]}
          steps:
            - id: tell
              action: kustomer.customer.update
              params: {id: /#steps.1.customer, locale: en_us}
              transitions: []
    """
    for path, op, values in conditions(subject.workflow):
        operator = OPERATORS.get(op)
        if operator and not operator.arity.takes(len(values)):
            message = f'"{op}" needs {operator.arity}, not {len(values)}'
            yield Finding((*path, "op"), message, _hint(operator, len(values)))
        if operator and operator.parts:
            for index, value in enumerate(values):
                if not is_condition(value):
                    yield Finding(
                        (*path, "values", index),
                        f'a value of "{op}" must be a condition',
                        "write it as {op: ..., values: [...]}",
                    )


def _hint(operator: Operator, count: int) -> str:
    if operator.parts:
        return "write its conditions as values: [{op: ..., values: [...]}, ...]"
    if operator.comparison == "always":
        return "write values: [true]"
    if operator.arity.least == 1:
        return "write values: [VALUE], the value to look for"
    if count < operator.arity.least:
        return "write values: [LEFT, RIGHT], the two sides to compare"
    return 'to accept one of several values, write a condition for each inside an "or"'
