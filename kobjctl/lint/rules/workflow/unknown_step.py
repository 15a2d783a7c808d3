"""WF402: an expression that reads the output of a step that doesn't exist."""

from collections.abc import Iterator

from kobjctl.lint.rule import Finding, at_use, rule
from kobjctl.lint.subject import Subject
from kobjctl.lint.words import listed
from kobjctl.model.errors import did_you_mean


@rule("WF402", "unknown-step", severity="error", about=("uses",))
def unknown_step(subject: Subject) -> Iterator[Finding]:
    """A reference to `steps` must name a step of the same workflow, or `1`, the trigger.

    It names the step by its id, not by its position (`manual/platform.md 1.4`).

    Bad (-) and good (+):

          name: welcome
          trigger:
            eventName: kustomer.customer.create
            transitions:
              - target: find
          steps:
            - id: find
              action: kustomer.customer.find
              params: {identifier: /#steps.1.id}
              transitions:
                - target: greet
            - id: greet
              action: kustomer.customer.update
        -     params: {id: /#steps.2.id, name: "{{{steps.fnd.name}}}"}
        +     params: {id: /#steps.find.id, name: "{{{steps.find.name}}}"}
              transitions: []
    """
    for use in subject.uses:
        root, *rest = use.segments
        if root == "steps" and rest and rest[0] not in subject.steps:
            hint = did_you_mean(rest[0], subject.steps)
            there = f"the steps are {listed(list(subject.steps), _SHOWN)}"
            yield at_use(use, f'no step has the id "{rest[0]}"', hint or there)


_SHOWN = 8
