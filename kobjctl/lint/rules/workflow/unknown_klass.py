"""WF701: a klass that nothing defines."""

import re
from collections.abc import Iterator
from typing import Final

from kobjctl.lint.operands import is_literal
from kobjctl.lint.places import steps
from kobjctl.lint.rule import Finding, rule
from kobjctl.lint.subject import Subject
from kobjctl.lint.words import listed
from kobjctl.model.errors import closest
from kobjctl.model.kinds import STANDARD_KLASSES
from kobjctl.model.problem import Severity
from kobjctl.model.values import Json, JsonPath

_EVENT: Final = r"kustomer\.kobject\.([^.]+)\.(?:create|update)"
_FAMILIES: Final = ("kustomer.kobject.", "kustomer.klass.find")


@rule("WF701", "unknown-klass", severity="warning", mixed=True)
def unknown_klass(subject: Subject) -> Iterator[Finding]:
    """A workflow should name a klass that the files or the org define.

    A KObject of an unknown klass can't be written, and its events never occur
    (`manual/platform.md 9.1`). It is an error if the name resembles a defined one, or if it is a
    standard klass, which has no KObjects. The rule only runs if the files or the org define a
    klass.

    Bad (-) and good (+):

          klasses:
            - name: order
          workflows:
            - name: welcome
              trigger:
                eventName: kustomer.customer.create
                transitions:
                  - target: find
              steps:
                - id: find
                  action: kustomer.kobject.find-by-external-id
        -         params: {klassName: oder, externalId: "1"}
        +         params: {klassName: order, externalId: "1"}
                  transitions: []
    """
    known = [name for name in subject.project.klasses if name not in STANDARD_KLASSES]
    made = subject.project.made
    for path, name, part, of_records in _names(subject):
        if name in known or name in made or name in subject.project.broken:
            continue
        if name not in STANDARD_KLASSES:
            close = closest(name, [*known, *made])
            if close or known:
                message = f'no klass is called "{name}"'
                hint = f'did you mean "{close}"?' if close else _those_of(known)
                grave: Severity | None = "error" if close else None
                yield Finding(path, message, hint, part=part, severity=grave)
        elif of_records:
            message = f'the standard klass "{name}" has no KObjects'
            yield Finding(path, message, _actions_of(name), part=part, severity="error")


def _those_of(known: list[str]) -> str:
    return f"the klasses are {listed(known, _SHOWN)}"


def _names(subject: Subject) -> Iterator[tuple[JsonPath, str, tuple[int, int] | None, bool]]:
    """Yield each klass that is named, with its place, and whether its records are meant."""
    event = re.fullmatch(_EVENT, subject.workflow.event_name)
    if event:
        yield ("trigger", "eventName"), event[1], event.span(1), True
    for path, step in steps(subject.workflow):
        action = step.action or ""
        name: Json = step.params.get("klassName")
        if action.startswith(_FAMILIES) and isinstance(name, str) and is_literal(name):
            of_records = action.startswith(_FAMILIES[0])
            yield (*path, "params", "klassName"), name, None, of_records


def _actions_of(name: str) -> str:
    return f"use the actions and events that begin with kustomer.{name}"


_SHOWN: Final = 6
