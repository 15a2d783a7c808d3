"""WF301: a condition with an operator that doesn't exist."""

from collections.abc import Iterator

from kobjctl.expressions.operator_names import hint_for_operator
from kobjctl.expressions.operators import OPERATORS
from kobjctl.lint.places import conditions
from kobjctl.lint.rule import Finding, rule
from kobjctl.lint.subject import Subject


@rule("WF301", "unknown-operator", severity="error", about=("conditions",))
def unknown_operator(subject: Subject) -> Iterator[Finding]:
    """A condition must use an operator of workflows.

    Queues, searches and business rules have operators of their own, such as `equals` and `is_set`,
    which don't work in workflows (`manual/platform.md 4.1, 4.6`).

    Bad (-) and good (+):

          name: big-order
          trigger:
            eventName: kustomer.kobject.order.create
            transitions:
              - target: tell
        -       condition: {op: equals, values: ["/#steps.1.custom.vipBool", true]}
        +       condition: {op: eq, values: ["/#steps.1.custom.vipBool", true]}
          steps:
            - id: tell
              action: kustomer.customer.update
              params: {id: /#steps.1.customer, locale: en_us}
              transitions: []
    """
    for path, op, _ in conditions(subject.workflow):
        if op not in OPERATORS:
            yield Finding(
                (*path, "op"),
                f'no operator is called "{op}"',
                hint_for_operator(op),
            )
