"""What rules look at: a workflow that has none of it needs none of the rules about it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from kobjctl.expressions.references import FUNCTION_MARK
from kobjctl.lint.callees import SCHEDULE
from kobjctl.lint.places import transitions
from kobjctl.lint.rule import EVERY
from kobjctl.lint.subject import Subject
from kobjctl.model.workflow import ALWAYS


def topics_of(subject: Subject) -> Iterator[str]:
    """Yield the topics that a workflow has."""
    yield from (topic for topic, has in TOPICS.items() if has(subject))


TOPICS: Final[Mapping[str, Callable[[Subject], bool]]] = {
    EVERY: lambda _: True,
    # One that is left out is this very object.
    "conditions": lambda subject: any(
        way.condition is not ALWAYS for _, _, way in transitions(subject.workflow)
    ),
    "error cases": lambda subject: any(step.error_cases for step in subject.workflow.steps),
    "uses": lambda subject: bool(subject.uses),
    "functions": lambda subject: any(at.text.startswith(FUNCTION_MARK) for at in subject.texts),
    "templates": lambda subject: bool(subject.templates),
    "actions": lambda subject: any(step.action for step in subject.workflow.steps),
    "schedules": lambda subject: any(step.action == SCHEDULE for step in subject.workflow.steps),
    "custom": lambda subject: any("custom" in step.params for step in subject.workflow.steps),
    "hooks": lambda subject: bool(subject.project.hooks),
    "hosts": lambda subject: subject.project.hosts is not None,
    "responses": lambda subject: "response" in subject.workflow.document,
    "schemas": lambda subject: (
        "schema" in subject.workflow.document["trigger"] or "response" in subject.workflow.document
    ),
}
