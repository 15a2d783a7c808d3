"""What is wrong with a scenario file: its shape, and what it says to send."""

from collections.abc import Iterator
from typing import Final

from kobjctl.files.document import Document
from kobjctl.files.shapes.checking import problem_at, shape_findings
from kobjctl.files.shapes.finding import ShapeFinding
from kobjctl.files.shapes.forms import is_app, is_workflow
from kobjctl.files.shapes.rules import select
from kobjctl.model.errors import closest
from kobjctl.model.problem import Problem
from kobjctl.model.values import Json, JsonObject, JsonPath

# The key that says what is sent, and those that go with it.
FORMS: Final = {
    "payload": ("hook",),
    "file": ("hook",),
    "event": ("data",),
    "call": ("inputs",),
    "advance": (),
}
# How the names of files that are sent end.
SENT_FILES: Final = (".json", ".eml")
_FORMS_HINT: Final = "an entry must have one of payload, file, event, call and advance"
# A warning of the reader about YAML 1.1 is for files that others read, too.
_FOR_OTHERS: Final = "WF003"


def check_scenarios(document: Document) -> list[Problem]:
    """Check that a document has the shape of a scenario file; what was found while reading it is
    among what is given. A misspelled key is an error here: nobody else adds keys.
    """
    data = document.data
    found = [*document.problems]
    if isinstance(data, dict) and "scenarios" not in data and (is_workflow(data) or is_app(data)):
        hint = f"kobjctl test init {document.path}"
        findings = [ShapeFinding((), "", "this file defines workflows, not scenarios", hint)]
    elif isinstance(data, dict):
        findings = [*shape_findings("ScenarioFile", data), *_rules(data)]
    else:
        hint = "its keys are `workflow`, `given` and `scenarios`"
        findings = [ShapeFinding((), "", "a scenario file must be an object", hint)]
    found += [problem_at(document, finding) for finding in findings]
    return sorted(
        problem._replace(code="", severity="error") for problem in found if not _is_quiet(problem)
    )


def _is_quiet(problem: Problem) -> bool:
    return problem.code == _FOR_OTHERS


def _rules(data: JsonObject) -> Iterator[ShapeFinding]:
    """Judge what goes beyond single keys."""
    for path, given in [*select(data, "given"), *select(data, "scenarios", "*", "given")]:
        if isinstance(given, dict):
            yield from _given_rules(path, given)
    if data.get("scenarios") == []:
        yield ShapeFinding(("scenarios",), "", "`scenarios` is empty")
    first: dict[str, int] = {}
    for path, scenario in select(data, "scenarios", "*"):
        if not isinstance(scenario, dict):
            continue
        yield from _scenario_rules(path, scenario)
        name = scenario.get("name")
        if isinstance(name, str) and first.setdefault(name, int(path[1])) != path[1]:
            message = f'another scenario is called "{name}"'
            yield ShapeFinding(
                (*path, "name"),
                "",
                message,
                "rename one of them: scenarios are found by their names",
            )


def _given_rules(path: JsonPath, given: JsonObject) -> Iterator[ShapeFinding]:
    apps = given.get("apps")
    names = apps if isinstance(apps, list) else [apps]
    if apps is not None and not all(isinstance(each, str) and each for each in names):
        yield ShapeFinding((*path, "apps"), "", "`apps` must be a file, or a list of files")


def _scenario_rules(path: JsonPath, scenario: JsonObject) -> Iterator[ShapeFinding]:
    if "send" not in scenario:
        yield ShapeFinding(path, "", "a scenario needs `send`")
    elif isinstance(scenario["send"], list):
        if not scenario["send"]:
            yield ShapeFinding((*path, "send"), "", "`send` is empty", _FORMS_HINT)
        for index, entry in enumerate(scenario["send"]):
            yield from _form_rules((*path, "send", index), entry)
    elif _form_of(scenario["send"]):
        message = "this can be read as a payload or as an entry of `send`"
        hint = (
            "put it into a list to send what it says, `send: [{...}]`;"
            " a payload that looks so is written [{payload: {...}}]"
        )
        yield ShapeFinding((*path, "send"), "", message, hint)


def _form_of(entry: Json) -> str:
    """Return the form that an entry has with all its keys; empty where it has none."""
    if not isinstance(entry, dict):
        return ""
    for form, others in FORMS.items():
        if form in entry and entry.keys() <= {form, *others}:
            return form
    return ""


def _form_rules(path: JsonPath, entry: Json) -> Iterator[ShapeFinding]:
    if not isinstance(entry, dict):
        if not is_sent_file(entry):
            hint = "a list is sent entry by entry; any other payload is written {payload: ...}"
            yield ShapeFinding(
                path, "", "an entry of `send` must be an object or the name of a file", hint
            )
        return
    forms = [form for form in FORMS if form in entry]
    if not forms:
        close = next(filter(None, (closest(key, FORMS) for key in entry)), "")
        if close:
            hint = f'did you mean "{close}"? a payload that looks so is written {{payload: ...}}'
            yield ShapeFinding(
                path, "", "this can be read as a payload or as an entry of `send`", hint
            )
        return
    if len(forms) > 1:
        message = f"this entry has both {forms[0]} and {forms[1]}"
        yield ShapeFinding(path, "", message, _FORMS_HINT)
        return
    [form] = forms
    for key in entry.keys() - {form, *FORMS[form]}:
        known = closest(key, FORMS[form])
        hint = f'did you mean "{known}"?' if known else ""
        yield ShapeFinding(
            (*path, key), "", f"an entry with {form} has no key `{key}`", hint, on_key=True
        )
    yield from _value_rules(path, form, entry)


def is_sent_file(entry: Json) -> bool:
    """Return whether what is sent is the name of a file."""
    return isinstance(entry, str) and entry.lower().endswith(SENT_FILES)


def _value_rules(path: JsonPath, form: str, entry: JsonObject) -> Iterator[ShapeFinding]:
    if form != "payload" and not (isinstance(entry[form], str) and entry[form]):
        yield ShapeFinding((*path, form), "", f"`{form}` must be text")
    if not isinstance(entry.get("hook", ""), str):
        yield ShapeFinding((*path, "hook"), "", "`hook` must be the name of a hook")
    for key in ("data", "inputs"):
        if not isinstance(entry.get(key, {}), dict):
            yield ShapeFinding((*path, key), "", f"`{key}` must be an object")
