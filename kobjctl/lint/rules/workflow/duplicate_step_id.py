"""WF202: two steps with one id."""

from collections.abc import Iterator

from kobjctl.lint.places import steps
from kobjctl.lint.rule import Finding, rule
from kobjctl.lint.subject import Subject


@rule("WF202", "duplicate-step-id", severity="error")
def duplicate_step_id(subject: Subject) -> Iterator[Finding]:
    """Each step must have its own id; "1" belongs to the trigger.

    Targets and references name a step by its id. If two steps share one, nobody can tell which is
    meant (`manual/platform.md 1.4`).

    Bad (-) and good (+):

          name: welcome
          trigger:
            eventName: kustomer.customer.create
            transitions:
              - target: greet
          steps:
            - id: greet
              action: kustomer.customer.update
              params: {id: /#steps.1.id, locale: en_us}
        -     transitions: []
        -   - id: greet
        +     transitions:
        +       - target: mark
        +   - id: mark
              action: kustomer.customer.update
              params: {id: /#steps.1.id, locale: en_us}
              transitions: []
    """
    holders: dict[str, str] = {}
    for position, (path, step) in enumerate(steps(subject.workflow)):
        if step.id in holders:
            yield Finding(
                (*path, "id"),
                f'{holders[step.id]} already has the id "{step.id}"',
                "give this step another id, and update the targets and references to it",
            )
        else:
            # The trigger comes first, so the positions of the steps count from 1.
            holders[step.id] = f"the {_ordinal(position)} step" if position else "the trigger"


def _ordinal(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"
