"""WF504: what an action of an app gives, and the platform's that performs it can't take."""

from collections.abc import Iterator
from typing import Final

from kobjctl.engine.app_action import PERFORMED_BY
from kobjctl.lint.project.files import Definition, Place
from kobjctl.lint.project.project import Project, ProjectSubject
from kobjctl.lint.rule import ProjectFinding, rule
from kobjctl.lint.rules.workflow.unfit_value import unfit_value
from kobjctl.lint.subject import Subject
from kobjctl.model.values import JsonObject, JsonPath
from kobjctl.model.workflow import TRIGGER_ID, Step, Workflow

# Of `steps`, the number of a step, and `params`.
_PARAMS: Final = 3
_NO_DOCUMENT: Final[JsonObject] = {"trigger": {}, "steps": []}


@rule("WF504", "unfit-value", severity="error", explained=False, about=("actions",))
def unfit_template(subject: ProjectSubject) -> Iterator[ProjectFinding]:
    """What an app's `inputTemplate` gives is judged as the params of a step are."""
    for part in subject.files.parts("actions"):
        is_performed = part.body.get("type", "") in PERFORMED_BY
        if not is_performed or not isinstance(part.body.get("inputTemplate"), dict):
            continue
        for finding in unfit_value.check(template_subject(part, subject.project)):
            place = in_template(part, finding.path)
            yield ProjectFinding(place, finding.message, finding.hint, severity=finding.severity)


def template_subject(part: Definition, project: Project) -> Subject:
    """Return a workflow with one step, whose params are the template of an app's action."""
    performed_by = PERFORMED_BY.get(part.body.get("type", ""))
    step = Step("performed", (), performed_by, part.body["inputTemplate"])
    workflow = Workflow(
        id="",
        name="",
        event_name="",
        trigger=Step(TRIGGER_ID, ()),
        steps=(step,),
        document=_NO_DOCUMENT,
    )
    return Subject(workflow, project)


def in_template(part: Definition, path: JsonPath) -> Place:
    """Return the place in a template of what is at a path in such a workflow."""
    return part.at("inputTemplate", *path[_PARAMS:])
