"""WF208: a condition step that lets a run end without a word."""

from collections.abc import Iterator

from kobjctl.lint.comparing import constant, is_sound
from kobjctl.lint.places import steps
from kobjctl.lint.rule import Finding, rule
from kobjctl.lint.subject import Subject


@rule("WF208", "silent-stop", severity="warning")
def silent_stop(subject: Subject) -> Iterator[Finding]:
    """A condition step with one branch should have another for when its condition doesn't hold.

    Otherwise the run ends there without an error, and nobody notices (`manual/platform.md 2.1`). If
    that is what you want, move the condition to the transition that leads to the step.

    Bad (-) and good (+):

          name: welcome
          trigger:
            eventName: kustomer.customer.create
            transitions:
        -     - target: has-company
        +     - target: greet
        +       condition: {op: exists, values: [/#steps.1.companyId]}
          steps:
        -   - id: has-company
        -     transitions:
        -       - target: greet
        -         condition: {op: exists, values: [/#steps.1.companyId]}
            - id: greet
              action: kustomer.customer.update
              params: {id: /#steps.1.id, locale: en_us}
              transitions: []
    """
    for path, step in steps(subject.workflow):
        if step is subject.workflow.trigger or step.action or len(step.transitions) != 1:
            continue
        condition = step.transitions[0].condition
        is_open = is_sound(condition) and constant(condition) is None
        if is_open and step.id in subject.flow.reachable:
            yield Finding(
                (*path, "transitions", 0, "condition"),
                f'if this doesn\'t hold, the run ends at "{step.id}" without an error',
                "add a transition for that case, or move the condition to the one that leads here",
                key=True,
            )
