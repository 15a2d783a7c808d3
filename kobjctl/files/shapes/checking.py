"""Check that what a document defines has the shape of a workflow, a klass or an app.

All findings of a file come at once, each with its place. What is not good at first sight is
judged by pydantic, in `faults`.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

from kobjctl.files.document import Document
from kobjctl.files.reader import is_scenario_file
from kobjctl.files.shapes.finding import ShapeFinding, once
from kobjctl.files.shapes.forms import (
    APP_KEYS,
    WORKFLOW_KEYS,
    Form,
    at_path,
    forms,
    is_app,
    is_stubs,
    is_workflow,
)
from kobjctl.files.shapes.quick import fits
from kobjctl.files.shapes.rules import (
    app_rules,
    klass_rules,
    nested_conditions,
    select,
    workflow_rules,
)
from kobjctl.model.errors import closest, did_you_mean
from kobjctl.model.problem import Problem
from kobjctl.model.values import Json, JsonObject, JsonPath


class FileShape(NamedTuple):
    """What is wrong with the shapes of a file, and the paths of what has an error in its shape.

    These lead to an object, or of an app also to one of its keys.
    """

    problems: list[Problem]
    broken: frozenset[JsonPath]


def check_shape(document: Document) -> list[Problem]:
    """Check all that a file defines, by the forms that it has.

    Gives WF100 where it is none of them. The problems that were found while reading
    (`Document.problems`) are not among them.
    """
    return file_shape(document).problems


def file_shape(document: Document) -> FileShape:
    """Check a file as `check_shape` does, and tell what in it nobody can work with."""
    problems: list[Problem] = []
    broken: set[JsonPath] = set()
    for form in forms(document.data):
        for finding in once(_form_findings(document, form)):
            problems.append(problem_at(document, finding))
            if finding.severity == "error":
                broken.add(_broken_at(form, finding.path))
    return FileShape(sorted(problems), frozenset(broken))


def _form_findings(document: Document, form: Form) -> Iterator[ShapeFinding]:
    if form.path != form.item:
        envelope = at_path(document.data, form.path[:-1])
        yield from shape_findings("Envelope", envelope, form.path[:-1])
    check = _CHECKS.get(form.kind)
    if check:
        yield from check(at_path(document.data, form.path), form.path)
    else:
        yield _unknown_form(document, form.path)


def _broken_at(form: Form, path: JsonPath) -> JsonPath:
    """Return what an error at a path spoils: of an app one of its objects, else the whole form."""
    size = len(form.path)
    if form.kind == "apps" and path[size : size + 1] and path[size] in (*APP_KEYS, "settings"):
        return path[: size + 2]
    return form.path


def _workflow_findings(workflow: Json, at: JsonPath) -> Iterator[ShapeFinding]:
    yield from shape_findings("Workflow", workflow, at)
    yield from _inner_findings(workflow, at)


def _inner_findings(workflow: Json, at: JsonPath) -> Iterator[ShapeFinding]:
    yield from _moved(workflow_rules(workflow), at)
    for path, condition in nested_conditions(workflow):
        yield from shape_findings("Condition", condition, (*at, *path))


def _app_findings(app: Json, at: JsonPath) -> Iterator[ShapeFinding]:
    if "app" in app:
        yield from shape_findings("App", app, at)
    else:
        yield from shape_findings("AppFile", app, at)
        yield from _slips(app, at)
    yield from _moved(app_rules(app), at)
    for path, workflow in select(app, "workflows", "*"):
        yield from _inner_findings(workflow, (*at, *path))


def _slips(app: JsonObject, at: JsonPath) -> Iterator[ShapeFinding]:
    """Tell of sections that nobody reads, as their names have a slip."""
    for key in sorted(app.keys() - APP_KEYS):
        if meant := closest(key, APP_KEYS):
            message, hint = f"a file has no key `{key}`", f'did you mean "{meant}"?'
            path = (*at, key)
            yield ShapeFinding(path, "WF102", message, hint, "warning", on_key=True, keys=(meant,))


def _klass_findings(klass: Json, at: JsonPath) -> Iterator[ShapeFinding]:
    yield from shape_findings("Klass", klass, at)
    yield from _moved(klass_rules(klass), at)


_CHECKS: Final[dict[str, Callable[[Json, JsonPath], Iterator[ShapeFinding]]]] = {
    "workflows": _workflow_findings,
    "apps": _app_findings,
    "klasses": _klass_findings,
}


def shape_findings(name: str, value: Json, at: JsonPath = ()) -> Iterator[ShapeFinding]:
    """Yield what keeps a value at a path from having the shape of a name."""
    if not fits(name, value):
        from kobjctl.files.shapes.faults import faults  # noqa: PLC0415 - see above

        yield from _moved(faults(name, value), at)


def _moved(findings: Iterable[ShapeFinding], at: JsonPath) -> Iterator[ShapeFinding]:
    """Make paths that begin at `at` ones that begin at the top of the document."""
    return (finding._replace(path=(*at, *finding.path)) for finding in findings)


def _unknown_form(document: Document, at: JsonPath) -> ShapeFinding:
    message = "this is neither a workflow nor an app file"
    hint = (
        "a workflow has `name`, `trigger` and `steps`; "
        "an app file has `app` and `version`, or any of `klasses`, `hooks`, `workflows`, `actions`"
        " and `triggers`"
    )
    is_yaml = document.path.lower().endswith((".yaml", ".yml"))
    if not is_yaml and not at and _looks_like_payload(document.data):
        hint = f"if it is a payload, send it with kobjctl hook send {document.path}"
    if is_scenario_file(document.path):
        hint = f"it is a scenario file: run it with kobjctl test {document.path}"
    inner = _within_a_key(at_path(document.data, at))
    if inner:
        hint = f"remove the key `{inner}` around it"
    if is_stubs(at_path(document.data, at)):
        hint = f"it is a stub file: use it with --stubs {document.path}"
    return ShapeFinding(at, "WF100", message, hint)


def _within_a_key(value: Json) -> str:
    """Return the one key of an object that a workflow or an app stands under; empty for any
    other.
    """
    if not isinstance(value, dict) or len(value) != 1:
        return ""
    [(key, inner)] = value.items()
    return key if is_workflow(inner) or is_app(inner) else ""


def _looks_like_payload(value: Json) -> bool:
    """Return whether a value has nothing to do with workflows, not even misspelled."""
    if isinstance(value, dict):
        return not any(did_you_mean(key, WORKFLOW_KEYS | APP_KEYS) for key in value)
    return isinstance(value, list) and bool(value)


def problem_at(document: Document, finding: ShapeFinding) -> Problem:
    """Return a finding as a problem of a document, at its place."""
    span = document.span(finding.path, key=finding.on_key)
    return Problem(
        file=document.path,
        span=span,
        code=finding.code,
        message=finding.message,
        hint=finding.hint,
        severity=finding.severity,
    )
