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
    """A step's action should be one that kobjctl knows.

    A run that reaches a step with any other action fails there, unless a stub answers it
    (`--stubs FILE`). A misspelled one is an error. One with a word more or less, or unlike all
    that there are, may be the platform's all the same, so it is a warning. A step that should do
    nothing has no action at all (`manual/platform.md 1.3, 7.1`).

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
        return "warning", f'"kobjctl actions" lists those there are; a run {_STUB}'
    if is_misspelling(name, meant):
        return "error", f'did you mean "{meant}"?'
    return "warning", f'did you mean "{meant}"? Else a run {_STUB}'


def _is_known(name: str, project: Project) -> bool:
    plain = plain_name(name)
    return name in project.actions or plain in project.stubbed or plain in project.broken
