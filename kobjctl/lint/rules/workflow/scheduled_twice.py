"""WF609: two paths that both end by scheduling the same workflow."""

from collections.abc import Iterator

from kobjctl.lint.callees import ScheduledCall, scheduled
from kobjctl.lint.rule import Finding, RelatedPath, rule
from kobjctl.lint.subject import Subject
from kobjctl.model.graph import descendants


@rule("WF609", "scheduled-twice", severity="warning", about=("schedules",))
def scheduled_twice(subject: Subject) -> Iterator[Finding]:
    """Two paths of a workflow should not each end in a step that schedules the same workflow.

    The time and the inputs then stand in two places, and a change of one is soon forgotten in the
    other. Let both paths lead to one step (`manual/platform.md 2.5`); where they differ on purpose,
    silence this.

    Bad (-) and good (+):

          workflows:
            - name: order
              trigger:
                eventName: kustomer.customer.create
                transitions:
                  - target: greet
                    condition: {op: exists, values: [/#steps.1.name]}
        -         - target: remind-unknown
        +         - target: remind
              steps:
                - id: greet
                  action: kustomer.customer.update
                  params: {id: /#steps.1.id, locale: en_us}
                  transitions:
                    - target: remind
                - id: remind
                  action: kustomer.app.scheduler.schedule-workflow
                  params:
                    workflowId: 673e81eb496bbd0347073e76
                    runAt: {type: relative, value: 3600}
                    inputs: {customer: /#steps.1.id}
                  transitions: []
        -       - id: remind-unknown
        -         action: kustomer.app.scheduler.schedule-workflow
        -         params:
        -           workflowId: 673e81eb496bbd0347073e76
        -           runAt: {type: relative, value: 3600}
        -           inputs: {customer: /#steps.1.id}
        -         transitions: []
            - id: 673e81eb496bbd0347073e76
              name: remind
              trigger:
                callable: true
                schema: {properties: {customer: {type: string}}}
                transitions: []
              steps: []
    """
    first: dict[str, ScheduledCall] = {}
    below = descendants(subject.workflow)
    for call in scheduled(subject):
        if call.step.transitions or call.step.id not in subject.flow.reachable:
            continue
        earlier = first.setdefault(call.workflow_id, call)
        if earlier is call or call.step.id in below.get(earlier.step.id, ()):
            continue
        yield Finding(
            (*call.path, "workflowId"),
            f'step "{earlier.step.id}" schedules the same workflow at the end of another path',
            "let both paths lead to one step, unless their times or inputs differ on purpose",
            related=RelatedPath((*earlier.path, "workflowId"), "the other step is here"),
        )
