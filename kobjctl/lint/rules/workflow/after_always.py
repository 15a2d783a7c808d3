"""WF207: a transition that another one always comes before."""

from collections.abc import Iterator

from kobjctl.lint.comparing import constant
from kobjctl.lint.places import transition_lists
from kobjctl.lint.rule import Finding, RelatedPath, rule
from kobjctl.lint.subject import Subject


@rule("WF207", "after-always", severity="warning")
def after_always(subject: Subject) -> Iterator[Finding]:
    """A transition should not come after one that always holds.

    A run looks at transitions in order and takes the first that holds, so it never reaches those
    after one that always does. A transition always holds without a condition, with `true`, or with
    `exists` of a literal, which is the "else" of the platform's editor
    (`manual/platform.md 1.5, 2.1`).

    Bad (-) and good (+):

          name: welcome
          trigger:
            eventName: kustomer.customer.create
            transitions:
        -     - target: stranger
              - target: friend
                condition: {op: exists, values: [/#steps.1.companyId]}
        +     - target: stranger
          steps:
            - id: stranger
              transitions: []
            - id: friend
              transitions: []
    """
    for placed in transition_lists(subject.workflow):
        always = None
        for path, _, transition in placed:
            if always is not None:
                yield Finding(
                    (*path, "target"),
                    f'the transition to "{transition.target}" is never taken',
                    "an earlier transition always holds: put it last",
                    related=RelatedPath((*always, "target"), "this one always holds"),
                )
            elif constant(transition.condition):
                always = path
