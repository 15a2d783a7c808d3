"""WF404: an expression that reads the output of a step that can't have run yet."""

from collections.abc import Iterator

from kobjctl.lint.rule import Finding, at_use, rule
from kobjctl.lint.subject import Subject


@rule("WF404", "step-never-before", severity="error", about=("uses",))
def step_never_before(subject: Subject) -> Iterator[Finding]:
    """A step can't read the output of a step that never runs before it.

    A step can read the outputs of the steps before it; its transitions can read its own too
    (`manual/platform.md 2.1`).

    Bad (-) and good (+):

          name: welcome
          trigger:
            eventName: kustomer.customer.create
            transitions:
        -     - target: greet
        +     - target: find
          steps:
        +   - id: find
        +     action: kustomer.customer.find
        +     params: {identifier: /#steps.1.id}
        +     transitions:
        +       - target: greet
            - id: greet
              action: kustomer.customer.update
              params: {id: /#steps.find.id}
        -     transitions:
        -       - target: find
        -   - id: find
        -     action: kustomer.customer.find
        -     params: {identifier: /#steps.1.id}
              transitions: []
    """
    for use, step_id in subject.step_uses:
        if use.at.step_id == step_id and not use.at.in_condition:
            message = f'step "{step_id}" reads its own output before it has run'
            yield at_use(use, message, "only its transitions can read its output")
        elif not subject.may_have_run(step_id, use.at):
            message = f'step "{step_id}" never runs before "{use.at.step_id}"'
            yield at_use(
                use,
                message,
                f'no path from the trigger to "{use.at.step_id}" goes through "{step_id}"',
            )
