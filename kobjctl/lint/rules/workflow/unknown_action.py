"""WF501: a step with an action that doesn't exist."""

from collections.abc import Iterator
from typing import Final

from kobjctl.lint.places import steps
from kobjctl.lint.project.project import Project
from kobjctl.lint.rule import Finding, rule
from kobjctl.lint.subject import Subject
from kobjctl.model.app import plain_name
from kobjctl.model.dotted_names import is_misspelling
from kobjctl.model.errors import closest
from kobjctl.model.problem import Severity

_STUB: Final = "needs a stub for it (--stubs FILE)"


@rule("WF501", "unknown-action", severity="warning", mixed=True, about=("actions",))
def unknown_action(subject: Subject) -> Iterator[Finding]:
    """A step should use an action that kobjctl knows.

    With any other action the step fails, unless a stub answers it (`--stubs FILE`). A misspelled
    action is an error. An action that differs by a whole word, or resembles none, may still exist
    on the platform, so it is a warning. A step that does nothing needs no `action`
    (`manual/platform.md 1.3, 7.1`).

    Bad (-) and good (+):

          name: welcome
          trigger:
            eventName: kustomer.conversation.create
            transitions:
              - target: greet
          steps:
            - id: greet
        -     action: kustomer.customers.create
        +     action: kustomer.customer.create
              transitions: []
    """
    for path, step in steps(subject.workflow):
        if step.action and not _is_known(step.action, subject.project):
            message = f'no action is called "{step.action}"'
            severity, hint = _advice(plain_name(step.action), subject.project)
            yield Finding((*path, "action"), message, hint, severity=severity)


def _advice(name: str, project: Project) -> tuple[Severity, str]:
    """Return how grave it is that no action has this name, and what to do."""
    meant = closest(name, project.actions)
    if not meant:
        return "warning", f"kobjctl actions lists the actions; otherwise a run {_STUB}"
    if is_misspelling(name, meant):
        return "error", f'did you mean "{meant}"?'
    return "warning", f'did you mean "{meant}"? Otherwise a run {_STUB}'


def _is_known(name: str, project: Project) -> bool:
    plain = plain_name(name)
    return name in project.actions or plain in project.stubbed or plain in project.broken
