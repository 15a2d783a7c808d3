"""Run the rules on a workflow or a project, and turn what they find into problems of files."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache

from kobjctl.files.document import Document
from kobjctl.lint.project.project import ProjectSubject
from kobjctl.lint.rule import EVERY, Finding, ProjectFinding, ProjectRule, WorkflowRule
from kobjctl.lint.rules import PROJECT_RULES, RULES
from kobjctl.lint.subject import Subject
from kobjctl.lint.topics import topics_of
from kobjctl.model.problem import Problem, RelatedPlace, in_order
from kobjctl.model.values import JsonPath


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
    if subject.files.parts("actions"):
        topics.add("actions")
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
