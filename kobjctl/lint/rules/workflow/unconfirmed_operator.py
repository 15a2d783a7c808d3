"""WF302: an operator whose name is a guess."""

from collections.abc import Iterator

from kobjctl.expressions.operators import OPERATORS
from kobjctl.lint.places import conditions
from kobjctl.lint.rule import Finding, rule
from kobjctl.lint.subject import Subject


@rule("WF302", "unconfirmed-operator", severity="note", about=("conditions",))
def unconfirmed_operator(subject: Subject) -> Iterator[Finding]:
    """An operator should have a name that public sources confirm.

    The platform must have a "not equal" and a "less than", but no public source shows their names;
    those in kobjctl are guesses (`manual/platform.md 4.1`).

    Bad (-) and good (+):

          name: small-order
          trigger:
            eventName: kustomer.kobject.order.create
            transitions:
        +     - target: big
        +       condition: {op: gte, values: ["/#steps.1.custom.totalNum", 10]}
              - target: tell
        -       condition: {op: lt, values: ["/#steps.1.custom.totalNum", 10]}
          steps:
        +   - id: big
        +     transitions: []
            - id: tell
              action: kustomer.customer.update
              params: {id: /#steps.1.customer, locale: en_us}
              transitions: []
    """
    for path, op, _ in conditions(subject.workflow):
        if op in OPERATORS and not OPERATORS[op].confirmed:
            yield Finding(
                (*path, "op"),
                f'the operator "{op}" is not confirmed by public sources',
                "try this condition on the platform before you rely on it",
            )
