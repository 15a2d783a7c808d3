"""WF605: a workflow that starts itself again and again."""

from collections.abc import Iterator

from kobjctl.lint.emissions import sure_events
from kobjctl.lint.project.project import Project
from kobjctl.lint.rule import Finding, RelatedPath, rule
from kobjctl.lint.subject import Subject
from kobjctl.model.run import CHAIN_LIMIT


@rule("WF605", "endless-start", severity="warning")
def endless_start(subject: Subject) -> Iterator[Finding]:
    """A workflow should not emit, in every run, the event that starts it.

    Each run then starts the next, at once and without end, directly or through other workflows;
    kobjctl stops such a chain after 50 runs (`manual/platform.md 2.4, 8.1`). A condition on the
    trigger, or anywhere before the step that emits the event, ends the chain and avoids this
    warning. A workflow that schedules itself is for WF608.

    Bad (-) and good (+):

          name: count
          trigger:
            eventName: kustomer.customer.update
            transitions:
              - target: mark
        +       condition: {op: dne, values: [/#steps.1.custom.seenBool]}
          steps:
            - id: mark
              action: kustomer.customer.update
              params: {id: /#steps.1.id, custom: {seenBool: true}}
              transitions: []
    """
    workflow = subject.workflow
    chain = _chain(subject)
    if not chain:
        return
    event, *others = chain
    step_id = sure_events(workflow)[event]
    place = next(index for index, step in enumerate(workflow.steps) if step.id == step_id)
    way = " -> ".join([workflow.name, *others, workflow.name])
    yield Finding(
        ("trigger", "eventName"),
        f"each run starts the next, without end: {way}",
        "add a condition to the trigger that doesn't hold in the next run",
        related=RelatedPath(("steps", place, "action"), f'this emits "{event}"'),
    )


def _chain(subject: Subject) -> list[str]:
    """Return the event by which a workflow starts itself, and the workflows in between.

    Empty when it doesn't; the shortest when there are several.
    """
    goal = subject.workflow.event_name
    # What sets off each event: the event before it, and the workflow that listens to that one.
    came = dict.fromkeys(sure_events(subject.workflow), ("", ""))
    level = [*came]
    for _ in range(CHAIN_LIMIT):
        if not level or goal in came:
            break
        level = list(_next_events(level, subject.project, came))
    return _back(goal, came) if goal in came else []


def _next_events(
    level: list[str], project: Project, came: dict[str, tuple[str, str]]
) -> Iterator[str]:
    for event in level:
        for known in project.listening.get(event, ()):
            for each in known.emits:
                if each not in came:
                    came[each] = (event, known.name)
                    yield each


def _back(event: str, came: dict[str, tuple[str, str]]) -> list[str]:
    names: list[str] = []
    while came[event][0]:
        event, name = came[event]
        names.append(name)
    return [event, *reversed(names)]
