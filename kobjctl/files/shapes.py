"""Check that what a document defines has the shape of a workflow, a klass or an app.

All findings of a file come at once, each with its place. Only this module and its two
neighbours load pydantic, and only what takes files in needs them.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from pydantic import ValidationError

from kobjctl.files.document import Document
from kobjctl.files.forms import APP_KEYS, WORKFLOW_KEYS, Form, at_path, forms, is_stubs
from kobjctl.files.shape_models import (
    AppFileShape,
    AppShape,
    ConditionShape,
    EnvelopeShape,
    KlassShape,
    Shape,
    WorkflowShape,
)
from kobjctl.files.shape_rules import (
    app_rules,
    klass_rules,
    nested_conditions,
    select,
    workflow_rules,
)
from kobjctl.files.shape_words import Finding, finding_of
from kobjctl.model.errors import did_you_mean
from kobjctl.model.problem import Problem
from kobjctl.model.values import Json, JsonObject, JsonPath


def check_shape(document: Document) -> list[Problem]:
    """Check all that a file defines, by the forms that it has.

    Gives WF100 where it is none of them. The problems that were found while reading
    (`Document.problems`) are not among them.
    """
    return sorted(
        problem for form in forms(document.data) for problem in _check_form(document, form)
    )


def _check_form(document: Document, form: Form) -> Iterator[Problem]:
    if form.path != form.item:
        envelope = at_path(document.data, form.path[:-1])
        for finding in shape_findings(EnvelopeShape, envelope, form.path[:-1]):
            yield problem_at(document, finding)
    check = _CHECKS.get(form.kind)
    yield from check(document, form.path) if check else [_unknown_form(document, form.path)]


def check_workflow(document: Document, at: JsonPath) -> list[Problem]:
    """Check the workflow at the path `at` of a document (`()`: all of it)."""
    workflow = at_path(document.data, at)
    findings = [*shape_findings(WorkflowShape, workflow, at), *_workflow_findings(workflow, at)]
    return sorted(problem_at(document, finding) for finding in findings)


def check_app(document: Document, at: JsonPath = ()) -> list[Problem]:
    """Check an app file, or the one at a path of a document, with all workflows in it."""
    app = at_path(document.data, at)
    shape = AppShape if "app" in app else AppFileShape
    findings = [*shape_findings(shape, app, at)]
    findings += [_moved(finding, at) for finding in app_rules(app)]
    for path, workflow in select(app, "workflows", "*"):
        findings += _workflow_findings(workflow, (*at, *path))
    return sorted(problem_at(document, finding) for finding in findings)


def check_klass(document: Document, at: JsonPath) -> list[Problem]:
    """Check the klass at a path of a document."""
    klass = at_path(document.data, at)
    findings = [*shape_findings(KlassShape, klass, at)]
    findings += [_moved(finding, at) for finding in klass_rules(klass)]
    return sorted(problem_at(document, finding) for finding in findings)


_CHECKS: Final[dict[str, Callable[[Document, JsonPath], list[Problem]]]] = {
    "workflows": check_workflow,
    "apps": check_app,
    "klasses": check_klass,
}


def _unknown_form(document: Document, at: JsonPath) -> Problem:
    message = "this is neither a workflow nor an app file"
    hint = (
        "a workflow has `name`, `trigger` and `steps`; "
        "an app file has `klasses`, `hooks`, `workflows`, `actions` or `triggers`"
    )
    is_yaml = document.path.lower().endswith((".yaml", ".yml"))
    if not is_yaml and not at and _looks_like_payload(document.data):
        hint = f"is it a payload? kobjctl hook send {document.path}"
    if is_stubs(at_path(document.data, at)):
        hint = f"it is a stub file: --stubs {document.path} gives it to a command that runs"
    return problem_at(document, Finding(at, "WF100", message, hint))


def _looks_like_payload(value: Json) -> bool:
    """Tell whether a value has nothing to do with workflows, not even misspelled."""
    if isinstance(value, dict):
        return not any(did_you_mean(key, WORKFLOW_KEYS | APP_KEYS) for key in value)
    return isinstance(value, list) and bool(value)


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
