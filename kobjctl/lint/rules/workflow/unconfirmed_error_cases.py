"""WF205: error cases, of which no public source shows one."""

from collections.abc import Iterator

from kobjctl.lint.places import steps
from kobjctl.lint.rule import Finding, rule
from kobjctl.lint.subject import Subject


@rule("WF205", "unconfirmed-error-cases", severity="note", about=("error cases",))
def unconfirmed_error_cases(subject: Subject) -> Iterator[Finding]:
    """Public sources don't confirm how error cases work.

    They are empty in every public export. In kobjctl an error case looks like a transition, and a
    run tries the error cases in order when the step fails (`manual/platform.md 2.2`).

    Bad (-) and good (+):

          name: stock
          trigger:
            eventName: kustomer.kobject.order.create
            transitions:
              - target: ask
          steps:
            - id: ask
              action: kustomer.customer.find
              params: {identifier: /#steps.1.customer}
        -     transitions: []
        -     errorCases:
        +     transitions:
                - target: tell
        +         condition: {op: dne, values: [/#steps.ask.id]}
        +     errorCases: []
            - id: tell
              action: kustomer.customer.update
              params: {id: /#steps.1.customer, locale: en_us}
              transitions: []
    """
    for path, step in steps(subject.workflow):
        if step.error_cases:
            yield Finding(
                (*path, "errorCases"),
                "public sources don't confirm how error cases work",
                "try this workflow on the platform before you rely on them",
                key=True,
            )
