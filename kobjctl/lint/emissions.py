"""What a workflow's steps set off and make: events (`manual/platform.md 8.1`) and klasses."""

from collections.abc import Iterator
from typing import Final

from kobjctl.lint.comparing import constant
from kobjctl.lint.operands import is_literal
from kobjctl.model.kinds import KINDS
from kobjctl.model.values import Json
from kobjctl.model.workflow import Step, Workflow

PUBLISH: Final = "kustomer.event.publish"
_MAKE_KLASS: Final = "kustomer.klass.create"
_WITH_CUSTOMER: Final = "create-with-customer"
# A KObject has the events of its Klass.
EMITTING: Final = tuple(
    kind.name for kind in KINDS.values() if kind.emits and kind.name != "kobject"
)
VERBS: Final = ("create", "update")
UNKNOWN: Final = "*"


def published(step: Step) -> Iterator[str]:
    """Yield the name of the event that a step publishes, `*` where only a run knows."""
    name = step.params.get("eventName") if step.action == PUBLISH else None
    if isinstance(name, str):
        yield name if is_literal(name) else UNKNOWN


def events_of(step: Step) -> Iterator[str]:
    """Yield the events that a step surely sets off when it succeeds."""
    yield from (name for name in published(step) if name != UNKNOWN)
    _, family, verb = (*(step.action or "").split(".", 2), "", "")[:3]
    event = "update" if verb == "update" else "create"
    if family not in KINDS or verb not in (*VERBS, _WITH_CUSTOMER):
        return
    if family in EMITTING:
        yield f"kustomer.{family}.{event}"
    klass: Json = step.params.get("klassName")
    if family == "kobject" and isinstance(klass, str) and is_literal(klass):
        yield f"kustomer.kobject.{klass}.{event}"
    if event == "create":
        for name, always in KINDS[family].noted_on.items():
            if always or verb == _WITH_CUSTOMER or step.params.get(name):
                yield f"kustomer.{name}.update"


def sure_events(workflow: Workflow) -> dict[str, str]:
    """Return the events that every run of a workflow sets off, each with the step that does.

    They are those of the steps that a run gets to without any condition. A workflow that its
    file disables has none.
    """
    events: dict[str, str] = {}
    steps = {step.id: step for step in reversed(workflow.steps)}
    here: Step | None = workflow.trigger
    if workflow.document.get("enabled") is False:
        return events
    while here is not None:
        for event in events_of(here):
            events.setdefault(event, here.id)
        first = here.transitions[0] if here.transitions else None
        # Taken out, so that a loop ends.
        here = steps.pop(first.target, None) if first and constant(first.condition) else None
    return events


def made_klasses(workflow: Workflow) -> Iterator[str]:
    """Yield the names of the klasses that steps make."""
    for step in workflow.steps:
        name = step.params.get("name") if step.action == _MAKE_KLASS else None
        if isinstance(name, str) and is_literal(name):
            yield name
