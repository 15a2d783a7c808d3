"""Check that a document has the shape of a workflow or of an app file.

All findings of a file come at once, each with its place. Only this module and its two
neighbours load pydantic, and only what takes files in needs them.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from pydantic import ValidationError

from kobjctl.files.document import Document
from kobjctl.files.shape_models import AppShape, ConditionShape, Shape, WorkflowShape
from kobjctl.files.shape_rules import app_rules, nested_conditions, select, workflow_rules
from kobjctl.files.shape_words import Finding, finding_of
from kobjctl.model.problem import Problem
from kobjctl.model.values import Json, JsonObject, JsonPath

WORKFLOW_KEYS: Final = frozenset({"trigger", "steps"})
APP_KEYS: Final = frozenset({"klasses", "hooks", "workflows", "actions", "triggers"})


def check_shape(document: Document) -> list[Problem]:
    """Check a file as the workflow or app file that it is by its keys.

    Gives WF100 when it is neither, else what `check_workflow` or `check_app` finds. The
    problems that were found while reading (`Document.problems`) are not among them.
    """
    if is_workflow(document.data):
        return check_workflow(document, ())
    if is_app(document.data):
        return check_app(document)
    finding = Finding(
        (),
        "WF100",
        "this is neither a workflow nor an app file",
        "a workflow has `name`, `trigger` and `steps`; "
        "an app file has `klasses`, `hooks`, `workflows`, `actions` or `triggers`",
    )
    return [problem_at(document, finding)]


def is_workflow(data: Json) -> bool:
    """Tell whether the data of a file are a bare workflow."""
    return isinstance(data, dict) and not WORKFLOW_KEYS.isdisjoint(data)


def is_app(data: Json) -> bool:
    """Tell whether the data of a file are an app file."""
    return isinstance(data, dict) and not is_workflow(data) and not APP_KEYS.isdisjoint(data)


def check_workflow(document: Document, at: JsonPath) -> list[Problem]:
    """Check the workflow at the path `at` of a document (`()`: all of it)."""
    workflow: Json = document.data
    for part in at:
        workflow = workflow[part]
    findings = [*shape_findings(WorkflowShape, workflow, at), *_workflow_findings(workflow, at)]
    return sorted(problem_at(document, finding) for finding in findings)


def check_app(document: Document) -> list[Problem]:
    """Check an app file with all workflows in it."""
    app = document.data
    findings = [*shape_findings(AppShape, app, ()), *app_rules(app)]
    for path, workflow in select(app, "workflows", "*"):
        findings += _workflow_findings(workflow, path)
    return sorted(problem_at(document, finding) for finding in findings)


def _workflow_findings(workflow: JsonObject, at: JsonPath) -> Iterator[Finding]:
    for finding in workflow_rules(workflow):
        yield _moved(finding, at)
    for path, condition in nested_conditions(workflow):
        yield from shape_findings(ConditionShape, condition, (*at, *path))


def shape_findings(shape: type[Shape], value: Json, at: JsonPath) -> Iterator[Finding]:
    """Yield what keeps a value, found at the path `at`, from having a shape."""
    try:
        shape.model_validate(value)
    except ValidationError as errors:
        for error in errors.errors(include_url=False):
            finding = finding_of(shape, error)
            if finding:
                yield _moved(finding, at)


def _moved(finding: Finding, at: JsonPath) -> Finding:
    """Make a path that begins at `at` one that begins at the top of the document."""
    return replace(finding, path=(*at, *finding.path))


def problem_at(document: Document, finding: Finding) -> Problem:
    """Give a finding as a problem of a document, at its place."""
    path = _real(document.data, finding.path)
    span = document.span(path, key=finding.on_key)
    return Problem(
        document.path, span, finding.code, finding.message, finding.hint, finding.severity
    )


def _real(data: Json, path: JsonPath) -> JsonPath:
    """Keep the parts of a path that lead on in the data: pydantic adds names of its own."""
    real: list[str | int] = []
    for part in path:
        if _leads_on(data, part):
            data = data[part]
            real.append(part)
    return tuple(real)


def _leads_on(data: Json, part: str | int) -> bool:
    if isinstance(data, dict):
        return part in data
    return isinstance(data, list) and isinstance(part, int) and part < len(data)
