"""WF201: a transition to a step that isn't there."""

from collections.abc import Iterator
from typing import Final

from kobjctl.lint.places import transitions
from kobjctl.lint.rule import Finding, rule
from kobjctl.lint.subject import Subject
from kobjctl.model.errors import did_you_mean

_ENDS: Final = frozenset({"end", "stop", "exit", "done", "finish", "none", "null"})
_ENDING: Final = "leave the transition out: the run ends where no transition is taken"


@rule("WF201", "unknown-target", severity="error")
def unknown_target(subject: Subject) -> Iterator[Finding]:
    """A transition must lead to a step of the same workflow.

    A target is the id of a step, not its position, so a misspelled target leads nowhere
    (`manual/platform.md 1.5`).

    Bad (-) and good (+):

          name: welcome
          trigger:
            eventName: kustomer.customer.create
            transitions:
              - target: greet
        -       condition: {op: exists, values: ["/#steps.1.emails.0"]}
        -     - target: gret
          steps:
            - id: greet
              action: kustomer.customer.update
              params: {id: /#steps.1.id, locale: en_us}
              transitions: []
    """
    step_ids = [step.id for step in subject.workflow.steps]
    targets = {subject.workflow.trigger.id, *step_ids}
    for path, _, transition in transitions(subject.workflow):
        if transition.target not in targets:
            yield Finding(
                (*path, "target"),
                f'no step has the id "{transition.target}"',
                _ENDING
                if transition.target.casefold() in _ENDS
                else did_you_mean(transition.target, step_ids),
            )
