"""WF501: a step with an action that doesn't exist."""

from collections.abc import Iterator

from kobjctl.lint.places import steps
from kobjctl.lint.project.project import Project
from kobjctl.lint.rule import Finding, rule
from kobjctl.lint.subject import Subject
from kobjctl.model.app import plain_name
from kobjctl.model.errors import did_you_mean


@rule("WF501", "unknown-action", severity="warning", about=("actions",))
def unknown_action(subject: Subject) -> Iterator[Finding]:
    """A step's action should be one that kobjctl knows.

    A run that reaches a step with any other action fails there, unless a stub answers it
    (`--stubs FILE`); so it is a warning. A step that should do nothing has no action at all
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
            close = (
                did_you_mean(step.action, subject.project.actions)
                or '"kobjctl actions" lists those there are'
            )
            between = " Else a run" if close.endswith("?") else "; a run"
            yield Finding(
                (*path, "action"),
                f'no action is called "{step.action}"',
                f"{close}{between} needs a stub for it (--stubs FILE)",
            )


def _is_known(name: str, project: Project) -> bool:
    plain = plain_name(name)
    return name in project.actions or plain in project.stubbed or plain in project.broken
