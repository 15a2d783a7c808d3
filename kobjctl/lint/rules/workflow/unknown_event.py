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
    """The event that a trigger listens to should be one that somebody emits.

    The platform, a hook, an app or a step that publishes it: without any of them the workflow
    never starts, and nothing says so (`manual/platform.md 8.1`). What other systems
    publish can't be known, nor what apps do that are defined elsewhere, so a name that does not
    begin with `kustomer.`, or is such an app's, is only a finding when it is close to one that is
    known.

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
            f'nobody emits the event "{name}"',
            close or "kobjctl event send can, by hand",
        )


def _is_of_other_app(name: str, project: Project) -> bool:
    """Return whether an event is that of an app which is defined elsewhere."""
    app, _, _ = name.removeprefix(COMPONENT).partition(".")
    return name.startswith(COMPONENT) and app not in project.apps
