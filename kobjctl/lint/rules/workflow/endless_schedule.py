"""WF608: a workflow that schedules itself and hardly ever stops."""

from collections.abc import Iterator

from kobjctl.actions import ACTIONS
from kobjctl.lint.callees import scheduled
from kobjctl.lint.comparing import constant
from kobjctl.lint.places import PlacedTransition, transition_lists
from kobjctl.lint.rule import Finding, RelatedPath, rule
from kobjctl.lint.subject import Subject
from kobjctl.model.graph import ancestors
from kobjctl.model.values import Json, JsonPath
from kobjctl.model.workflow import Workflow

_EMPTINESS = ("exists", "dne")


@rule("WF608", "endless-schedule", severity="warning", about=("schedules",))
def endless_schedule(subject: Subject) -> Iterator[Finding]:
    """A workflow that schedules itself needs an end of its own.

    Without a path that avoids the step that schedules it, each run starts another for ever. Where
    only an empty response of another system ends it, a system that answers each time keeps it
    running. Count the runs in an input, and stop at a number (`manual/platform.md 2.6`).

    Bad (-) and good (+):

          workflows:
            - id: 673e81eb496bbd0347073e76
              name: fetch
              trigger:
                callable: true
                schema: {properties: {page: {type: number}}}
                transitions:
                  - target: ask
              steps:
                - id: ask
                  action: kustomer.rest-api.json
                  params: {uri: "https://api.example.com/orders?page={{steps.1.page}}"}
                  transitions:
                    - target: next
        -             condition: {op: exists, values: [/#steps.ask.body.items]}
        +             condition: {op: gt, values: [100, /#steps.1.page]}
                - id: next
                  action: kustomer.app.scheduler.schedule-workflow
                  params:
                    workflowId: 673e81eb496bbd0347073e76
                    runAt: {type: relative, value: 60}
                    inputs: {page: "{{math steps.1.page '+' 1}}"}
                  transitions: []
    """
    workflow = subject.workflow
    for call in scheduled(subject):
        itself = call.workflow_id == workflow.name or (
            call.callee is not None and call.callee.name == workflow.name
        )
        if not itself or call.step.id not in subject.flow.reachable:
            continue
        ends = [*_ends(workflow, {call.step.id, *ancestors(workflow, call.step.id)})]
        if all(_asks_for_response(end.transition.condition, workflow) for end in ends):
            yield _finding((*call.path, "workflowId"), ends)


def _finding(path: JsonPath, ends: list[PlacedTransition]) -> Finding:
    if not ends:
        return Finding(
            path,
            "each run schedules the next, without end",
            "add a path that doesn't lead here, such as for a number of runs",
            related=RelatedPath(("trigger",), "every run leads from here to this step"),
        )
    return Finding(
        path,
        "each run schedules the next, until another system has an empty response",
        "count the runs in an input, and stop at a number",
        related=RelatedPath((*ends[0].path, "condition"), "only this ends it"),
    )


def _ends(workflow: Workflow, before: set[str]) -> Iterator[PlacedTransition]:
    """Yield the conditions that decide whether a run gets on to a step; `before` has the ids of
    the steps from which it can.
    """
    for ways in transition_lists(workflow):
        source = ways[0].source
        if source.id not in before or ways[0].path[-2] == "errorCases":
            continue
        always = [constant(way.transition.condition) is True for way in ways]
        leads = [way.transition.target in before for way in ways]
        taken = leads[: always.index(True) + 1] if any(always) else [*leads, False]
        if not all(taken):
            yield from (way for way, sure in zip(ways, always, strict=True) if not sure)


def _asks_for_response(condition: Json, workflow: Workflow) -> bool:
    """Return whether a condition only asks whether the response of another system has something."""
    if not isinstance(condition, dict) or condition.get("op") not in _EMPTINESS:
        return False
    value = next(iter(condition.get("values") or ()), None)
    if not isinstance(value, str) or not value.startswith("/#steps."):
        return False
    asked = value.split(".")[1]
    actions = {step.id: ACTIONS.get(step.action or "") for step in workflow.steps}
    action = actions.get(asked)
    return action is not None and action.remote
