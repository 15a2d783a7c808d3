"""WF204: a step that no run can get to."""

from collections.abc import Iterator

from kobjctl.lint.places import steps
from kobjctl.lint.rule import Finding, rule
from kobjctl.lint.subject import Subject
from kobjctl.model.graph import reachable


@rule("WF204", "unreachable-step", severity="warning")
def unreachable_step(subject: Subject) -> Iterator[Finding]:
    """A step should be on some path from the trigger.

    A step only runs if a transition leads to it, so this one never runs (`manual/platform.md 1.4`).

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
        +     transitions:
        +       - target: mark
            - id: mark
              action: kustomer.customer.update
              params: {id: /#steps.1.id, locale: en_us}
              transitions: []
    """
    within_reach = reachable(subject.workflow)
    for path, step in steps(subject.workflow):
        if step.id not in within_reach:
            yield Finding(
                (*path, "id"),
                f'no path from the trigger leads to step "{step.id}"',
                "add a transition that leads to it, or remove the step",
            )
