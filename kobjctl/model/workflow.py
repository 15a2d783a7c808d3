"""A workflow as the platform's JSON describes it (`manual/platform.md 1`)."""

import re
from typing import Final, NamedTuple

from kobjctl.model.app import folded_name, plain_name
from kobjctl.model.event import call_event_name, workflow_of_call
from kobjctl.model.values import JsonObject

TRIGGER_ID = "1"

# What answers the caller of a workflow: the name that it has here, and those that it may have.
RESPONDING: Final = "kustomer.workflow.respond"
_RESPONDING: Final = re.compile(r"kustomer\.(app\.scheduler\.|(?!app\.)).*\brespon(d|se)")
ALWAYS: JsonObject = {"op": "true", "values": [True]}
_NO_PARAMS: JsonObject = {}


class Transition(NamedTuple):
    """A way from one step to another: `condition` is the platform's `{op, values}` object."""

    target: str
    condition: JsonObject
    label: str = ""


class Step(NamedTuple):
    """One step; the trigger is the step `"1"` with no action.

    A step without an action is a condition step: only its transitions matter.
    """

    id: str
    transitions: tuple[Transition, ...]
    action: str | None = None
    params: JsonObject = _NO_PARAMS
    display_name: str = ""
    error_cases: tuple[Transition, ...] = ()


class Workflow(NamedTuple):
    """A workflow of the org: its parts for the engine, and the whole document for export.

    `document` is the platform's JSON with no sugar left. `rev` grows by one with each change.
    `event_name` is what events are compared by: without the id of an org in an app's name, and
    that of its calls for a callable workflow that names none.
    """

    id: str
    name: str
    event_name: str
    trigger: Step
    steps: tuple[Step, ...]
    document: JsonObject
    enabled: bool = True
    rev: int = 1

    @classmethod
    def from_document(
        cls, document: JsonObject, *, workflow_id: str = "", enabled: bool = True, rev: int = 1
    ) -> "Workflow":
        """Read a workflow document whose shape has been checked; its id is what it says itself
        where nobody else does.
        """
        trigger = document["trigger"]
        workflow_id = workflow_id or said_id(document)
        event_name = plain_name(trigger.get("eventName") or "")
        if not event_name and trigger.get("callable") and workflow_id:
            event_name = call_event_name(workflow_id)
        return cls(
            id=workflow_id,
            name=document["name"],
            event_name=event_name,
            trigger=Step(TRIGGER_ID, _transitions(trigger.get("transitions", ()))),
            steps=tuple(_step(step) for step in document.get("steps", ())),
            document=document,
            enabled=enabled,
            rev=rev,
        )


def is_responding(action: object) -> bool:
    """Return whether an action answers the caller of a workflow, as far as its name tells."""
    return isinstance(action, str) and _RESPONDING.fullmatch(action) is not None


def said_id(document: JsonObject) -> str:
    """Return the id that a document says, be it only in the name of its call; empty for none."""
    called = workflow_of_call(document["trigger"].get("eventName") or "")
    return document.get("id") or called or ""


def _step(step: JsonObject) -> Step:
    return Step(
        id=step["id"],
        action=folded_name(step["action"]) if step.get("action") else None,
        params=step.get("params") or {},
        display_name=(step.get("meta") or {}).get("displayName") or "",
        transitions=_transitions(step.get("transitions", ())),
        error_cases=_transitions(step.get("errorCases", ())),
    )


def _transitions(transitions: list[JsonObject]) -> tuple[Transition, ...]:
    return tuple(
        Transition(
            target=transition["target"],
            condition=transition.get("condition") or ALWAYS,
            label=(transition.get("meta") or {}).get("name") or "",
        )
        for transition in transitions
    )


class Variable(NamedTuple):
    """A value that no file holds (`manual/platform.md 3.4`): expressions name it by `id` or by
    `name`; `value` is secret.
    """

    id: str
    workflow_id: str
    name: str
    value: str
    updated_at: str
