"""WF602: a schedule of a workflow that nothing defines."""

from collections.abc import Iterator

from kobjctl.lint.callees import scheduled
from kobjctl.lint.rule import Finding, rule
from kobjctl.lint.subject import Subject
from kobjctl.model.errors import did_you_mean
from kobjctl.model.klass import is_reference


@rule("WF602", "unknown-workflow", severity="error", mixed=True, about=("schedules",))
def unknown_workflow(subject: Subject) -> Iterator[Finding]:
    """A step must schedule a workflow that exists and is callable.

    Otherwise the step fails. `workflowId` is the `id` or the name of the workflow. An id of 24 hex
    characters may belong to a workflow of another app, so it is only a warning
    (`manual/platform.md 2.5, 2.6`).

    Bad:

        name: remind
        trigger:
          eventName: kustomer.customer.create
          transitions:
            - target: later
        steps:
          - id: later
            action: kustomer.app.scheduler.schedule-workflow
            params:
              workflowId: 673e81eb496bbd0347073e76
              runAt: {type: relative, value: 86400}
            transitions: []

    Good:

        workflows:
          - name: remind
            trigger:
              eventName: kustomer.customer.create
              transitions:
                - target: later
            steps:
              - id: later
                action: kustomer.app.scheduler.schedule-workflow
                params:
                  workflowId: 673e81eb496bbd0347073e76
                  runAt: {type: relative, value: 86400}
                transitions: []
          - id: 673e81eb496bbd0347073e76
            name: tell
            trigger:
              callable: true
              transitions: []
            steps: []
    """
    for path, workflow_id, _, callee, _ in scheduled(subject):
        place = (*path, "workflowId")
        if workflow_id in subject.project.broken:
            continue
        if callee is None:
            workflows = subject.project.workflows
            names = [*workflows, *(each.name for each in workflows.values())]
            yield Finding(
                place,
                f'no workflow has the id "{workflow_id}"',
                did_you_mean(workflow_id, names) or "write the `id` of a callable workflow",
                severity="warning" if is_reference(workflow_id) else None,
            )
        elif callee.schema is None:
            yield Finding(
                place,
                f'the workflow "{callee.name}" is not callable',
                "write `callable: true` in its trigger",
            )
