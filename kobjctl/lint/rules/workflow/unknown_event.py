"""WF604: a trigger on an event that nobody emits."""

import re
from collections.abc import Iterator
from typing import Final

from kobjctl.lint.emissions import EMITTING, UNKNOWN, VERBS
from kobjctl.lint.project.project import Project
from kobjctl.lint.rule import Finding, rule
from kobjctl.lint.subject import Subject
from kobjctl.model.app import COMPONENT
from kobjctl.model.errors import did_you_mean

_PLATFORM: Final = (
    rf"kustomer\.(?:(?:{'|'.join(EMITTING)}|kobject\.[^.]+)\.(?:{'|'.join(VERBS)})"
    r"|hooks\.(?:form|web|email)\.[^.]+\.receive|workflow\.[^.]+\.call)"
)
_OWN: Final = "kustomer."


@rule("WF604", "unknown-event", severity="warning")
def unknown_event(subject: Subject) -> Iterator[Finding]:
    """A trigger should listen to an event that something emits.

    Events come from the platform, a hook, an app, or a step that publishes them. If nothing emits
    the event, the workflow never starts and no error appears (`manual/platform.md 8.1`). Other
    systems, and apps that are defined elsewhere, may emit events too: such a name is only reported
    if it resembles a known one.

    Bad (-) and good (+):

          name: welcome
          trigger:
        -   eventName: kustomer.costumer.create
        +   eventName: kustomer.customer.create
            transitions: []
          steps: []
    """
    name, project = subject.workflow.event_name, subject.project
    callable_ = subject.workflow.document["trigger"].get("callable") is True
    if not name or callable_ or re.fullmatch(_PLATFORM, name):
        return
    if {name, UNKNOWN} & {*project.hooks, *project.emitted, *project.broken}:
        return
    kinds = [*EMITTING, *(f"kobject.{klass}" for klass in project.klasses)]
    known = [f"kustomer.{kind}.{verb}" for kind in kinds for verb in VERBS]
    short = f"{_OWN}{name}"
    if re.fullmatch(_PLATFORM, short):
        known = [short]
    # A hook without an event of its own stands there by its name, which has no dot.
    of_hooks = [event_name for event_name in project.hooks if "." in event_name]
    close = did_you_mean(name, [*known, *project.emitted, *of_hooks])
    if close or (name.startswith(_OWN) and not _is_of_other_app(name, project)):
        yield Finding(
            ("trigger", "eventName"),
            f'nothing emits the event "{name}"',
            close or f"to emit it by hand: kobjctl event send {name}",
        )


def _is_of_other_app(name: str, project: Project) -> bool:
    """Return whether an event is that of an app which is defined elsewhere."""
    app, _, _ = name.removeprefix(COMPONENT).partition(".")
    return name.startswith(COMPONENT) and app not in project.apps
