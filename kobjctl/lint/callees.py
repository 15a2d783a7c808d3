"""The workflows that steps schedule, each beside what is known of it."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from kobjctl.lint.operands import is_literal
from kobjctl.lint.places import steps
from kobjctl.lint.project.project import KnownWorkflow, Project
from kobjctl.lint.subject import Subject
from kobjctl.model.values import Json, JsonPath
from kobjctl.model.workflow import Step

SCHEDULE: Final = "kustomer.app.scheduler.schedule-workflow"


class ScheduledCall(NamedTuple):
    """A step's schedule: the path of its params, the workflow's id, its inputs, the workflow, and
    the step.

    `inputs` is None where only a run knows them, `callee` where nothing has the id or name.
    """

    path: JsonPath
    workflow_id: str
    inputs: dict[str, Json] | None
    callee: KnownWorkflow | None
    step: Step


def scheduled(subject: Subject) -> Iterator[ScheduledCall]:
    """Yield the schedules of workflows that are named in the file."""
    for path, step in steps(subject.workflow):
        workflow_id = step.params.get("workflowId") if step.action == SCHEDULE else None
        if isinstance(workflow_id, str) and is_literal(workflow_id):
            callee = _find(workflow_id, subject.project)
            inputs: Json = step.params.get("inputs", {})
            given = inputs if isinstance(inputs, dict) else None
            yield ScheduledCall((*path, "params"), workflow_id, given, callee, step)


def _find(name: str, project: Project) -> KnownWorkflow | None:
    """Return the workflow with an id, or else a name."""
    named = (known for known in project.workflows.values() if known.name == name)
    return project.workflows.get(name) or next(named, None)
