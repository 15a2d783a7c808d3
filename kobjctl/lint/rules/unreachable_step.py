"""WF204: a step that no run can get to."""

from collections.abc import Iterator

from kobjctl.lint.places import steps
from kobjctl.lint.rule import Finding, Known, rule
from kobjctl.model.graph import reachable
from kobjctl.model.workflow import Workflow


@rule("WF204", "unreachable-step", severity="warning")
def unreachable_step(workflow: Workflow, known: Known) -> Iterator[Finding]:
    """A path from the trigger should lead to every step.

    Steps run because a transition leads to them and not because they stand in the list, so this
    one never does (`platform/workflows.md` section 1.3).

    Bad:

        name: welcome
        trigger:
          eventName: kustomer.customer.create
          transitions:
            - target: greet
        steps:
          - id: greet
            action: kustomer.note.create
            transitions: []
          - id: mark
            action: kustomer.customer.update
            transitions: []

    Good:

        name: welcome
        trigger:
          eventName: kustomer.customer.create
          transitions:
            - target: greet
        steps:
          - id: greet
            action: kustomer.note.create
            transitions:
              - target: mark
          - id: mark
            action: kustomer.customer.update
            transitions: []
    """
    within_reach = reachable(workflow)
    for path, step in steps(workflow):
        if step.id not in within_reach:
            yield Finding(
                (*path, "id"),
                f'no path from the trigger leads to the step "{step.id}"',
                "add a transition that leads to it, or remove the step",
            )
