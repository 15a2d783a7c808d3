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


def _has_conditions(subject: Subject) -> bool:
    # One that is left out is this very object.
    return any(way.condition is not ALWAYS for _, _, way in transitions(subject.workflow))


def _has_error_cases(subject: Subject) -> bool:
    return any(step.error_cases for step in subject.workflow.steps)


def _has_functions(subject: Subject) -> bool:
    return any(at.text.startswith(FUNCTION_MARK) for at in subject.texts)


def _has_actions(subject: Subject) -> bool:
    return any(step.action for step in subject.workflow.steps)


def _has_schedules(subject: Subject) -> bool:
    return any(step.action == SCHEDULE for step in subject.workflow.steps)


def _has_custom(subject: Subject) -> bool:
    params = (step.params for step in subject.workflow.steps)
    return any("custom" in each for each in params if isinstance(each, dict))


def _has_response(subject: Subject) -> bool:
    return "response" in subject.workflow.document


def _has_schema(subject: Subject) -> bool:
    return "schema" in subject.workflow.document["trigger"] or _has_response(subject)


TOPICS: Final[Mapping[str, Callable[[Subject], bool]]] = {
    EVERY: lambda _: True,
    "conditions": _has_conditions,
    "error cases": _has_error_cases,
    "uses": lambda subject: bool(subject.uses),
    "functions": _has_functions,
    "templates": lambda subject: bool(subject.templates),
    "actions": _has_actions,
    "schedules": _has_schedules,
    "custom": _has_custom,
    "hooks": lambda subject: bool(subject.project.hooks),
    "hosts": lambda subject: subject.project.hosts is not None,
    "responses": _has_response,
    "schemas": _has_schema,
}
