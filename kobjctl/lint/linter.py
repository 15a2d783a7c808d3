"""Run the rules on a workflow or a project, and turn what they find into problems of files."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Final

from kobjctl.expressions.references import FUNCTION_MARK
from kobjctl.files.document import Document
from kobjctl.lint.callees import SCHEDULE
from kobjctl.lint.places import transitions
from kobjctl.lint.project.project import ProjectSubject
from kobjctl.lint.rule import EVERY, Finding, ProjectFinding, ProjectRule, WorkflowRule
from kobjctl.lint.rules import PROJECT_RULES, RULES
from kobjctl.lint.subject import Subject
from kobjctl.model.problem import Problem, RelatedPlace, in_order
from kobjctl.model.values import JsonPath
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


def check(
    subject: Subject, rules: Iterable[WorkflowRule] | None = None
) -> list[tuple[WorkflowRule, Finding]]:
    """Return the findings of every rule, in the order of the rules."""
    if rules is None:
        rules = RULES.about(set(topics_of(subject)))
    return [(rule, finding) for rule in rules for finding in rule.check(subject)]


def problems(subject: Subject, document: Document, at: JsonPath = ()) -> list[Problem]:
    """Return what is wrong with a workflow as problems of its file, in the order of their places.

    `at` is the path at which the workflow is found in the file. No problem is given twice.
    """
    place = _placing(document, at)
    return in_order(place(rule, finding) for rule, finding in check(subject))


def project_problems(subject: ProjectSubject) -> Iterator[Problem]:
    """Yield what is wrong with the project as problems of its files, in the order of the rules."""
    topics = {EVERY}
    if subject.stubs:
        topics.add("stubs")
    topics |= {kind for kind in ("actions", "apps") if subject.files.parts(kind)}
    for rule in PROJECT_RULES.about(topics):
        for finding in rule.check(subject):
            yield _placed(rule, finding)


def _placed(rule: ProjectRule, finding: ProjectFinding) -> Problem:
    related = None
    if finding.related:
        place, message = finding.related
        related = RelatedPlace(place.document.path, place.span, message)
    return Problem(
        file=finding.place.document.path,
        span=finding.place.span,
        code=finding.code or rule.code,
        message=finding.message,
        hint=finding.hint,
        severity=finding.severity or rule.severity,
        related=related,
    )


def _placing(document: Document, at: JsonPath) -> Callable[[WorkflowRule, Finding], Problem]:
    # A long text may have thousands of findings, and is looked for once.
    written = cache(document.written)

    def place(rule: WorkflowRule, finding: Finding) -> Problem:
        """Return the problem that a finding of a rule is, with its place in the file."""
        path = (*at, *finding.path)
        related = finding.related
        return Problem(
            file=document.path,
            span=written(path).part(*finding.part)
            if finding.part
            else document.span(path, key=finding.key),
            code=rule.code,
            message=finding.message,
            hint=finding.hint,
            severity=finding.severity or rule.severity,
            related=RelatedPlace(
                document.path, document.span((*at, *related.path)), related.message
            )
            if related
            else None,
        )

    return place
