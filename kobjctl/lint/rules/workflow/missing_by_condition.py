"""WF416: a step that uses what the condition of its own branch says is missing."""

from collections.abc import Iterator
from typing import Final

from kobjctl.expressions.references import MARK
from kobjctl.lint.comparing import Decision, decisions
from kobjctl.lint.places import transition_lists
from kobjctl.lint.rule import Finding, at_use, rule
from kobjctl.lint.subject import Subject
from kobjctl.lint.texts import Use

# The root, a step and a field: `steps.find.id`.
_FIELD: Final = 3


@rule("WF416", "missing-by-condition", severity="warning", about=("conditions",))
def missing_by_condition(subject: Subject) -> Iterator[Finding]:
    """A step can't use a value that the condition of its branch says is missing.

    The parameter is left out then, and a tag prints nothing (`manual/platform.md 3.1`). A look-up
    that found nothing has no `id`, and no other field either.

    Bad (-) and good (+):

          name: welcome
          trigger:
            eventName: kustomer.customer.create
            transitions:
              - target: find
          steps:
            - id: find
              action: kustomer.customer.find-by-email
              params: {email: /#steps.1.emails.0.email}
              transitions:
                - target: greet
        -         condition: {op: dne, values: [/#steps.find.id]}
        +         condition: {op: exists, values: [/#steps.find.id]}
            - id: greet
              action: kustomer.customer.update
              params: {id: /#steps.find.id}
              transitions: []
    """
    ways = _ways_in(subject)
    for use, step_id in subject.step_uses:
        known = ways.get(use.at.step_id, [])
        if use.guarded or use.at.in_condition or not known:
            continue
        for reference in _needed(use, step_id, subject):
            if all(_is_missing(reference, each) for each in known):
                message = f"the way to this step says that {reference} is missing"
                yield at_use(use, message, "use the value on the other way, or turn the condition")
                break


def _ways_in(subject: Subject) -> dict[str, list[list[Decision]]]:
    """Return what is known on each way right into a step, by the step's id."""
    ways: dict[str, list[list[Decision]]] = {}
    for together in transition_lists(subject.workflow):
        before: list[Decision] = []
        for placed in together:
            condition = placed.transition.condition
            held = decisions(condition, held=True) if condition else ()
            ways.setdefault(placed.transition.target, []).append([*before, *held])
            before += decisions(condition, held=False) if condition else ()
    return ways


def _needed(use: Use, step_id: str, subject: Subject) -> Iterator[str]:
    """Yield the references without which the path of a use leads nowhere."""
    action = subject.steps[step_id].action
    known = subject.project.actions.get(action) if action else None
    if known is not None and known.lookup:
        yield f"{MARK}steps.{step_id}.id"
    for length in range(_FIELD, len(use.segments) + 1):
        yield MARK + ".".join(use.segments[:length])


def _is_missing(reference: str, known: list[Decision]) -> bool:
    asked = {"op": "exists", "values": [reference]}
    return any(each.settles(asked) is False for each in known)
