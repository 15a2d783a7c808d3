"""WF504: what an action of an app gives, and the platform's that performs it can't take."""

from collections.abc import Iterator
from typing import Final

from kobjctl.engine.app_action import PERFORMED_BY
from kobjctl.lint.project.project import ProjectSubject
from kobjctl.lint.rule import ProjectFinding, rule
from kobjctl.lint.rules.workflow.unfit_value import unfit_value
from kobjctl.lint.subject import Subject
from kobjctl.model.values import JsonObject
from kobjctl.model.workflow import TRIGGER_ID, Step, Workflow

# Of `steps`, the number of a step, and `params`.
_PARAMS: Final = 3
_NO_DOCUMENT: Final[JsonObject] = {"trigger": {}, "steps": []}


@rule("WF504", "unfit-value", severity="error", explained=False, about=("actions",))
def unfit_template(subject: ProjectSubject) -> Iterator[ProjectFinding]:
    """What an app's `inputTemplate` gives is judged as the params of a step are."""
    for part in subject.files.parts("actions"):
        performed_by = PERFORMED_BY.get(part.body.get("type", ""))
        template = part.body.get("inputTemplate")
        if not performed_by or not isinstance(template, dict):
            continue
        step = Step("performed", (), performed_by, template)
        workflow = Workflow(
            id="",
            name="",
            event_name="",
            trigger=Step(TRIGGER_ID, ()),
            steps=(step,),
            document=_NO_DOCUMENT,
        )
        for finding in unfit_value.check(Subject(workflow, subject.project)):
            # What stands before is the way to the params of the step.
            place = part.at("inputTemplate", *finding.path[_PARAMS:])
            yield ProjectFinding(place, finding.message, finding.hint, severity=finding.severity)
