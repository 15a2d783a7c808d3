"""WF203: transitions that lead back to a step that has run."""

from collections.abc import Iterator

from kobjctl.lint.places import transitions
from kobjctl.lint.rule import Finding, rule
from kobjctl.lint.subject import Subject
from kobjctl.lint.words import cut_short
from kobjctl.model.graph import find_cycles
from kobjctl.model.values import JsonPath


@rule("WF203", "cycle", severity="error")
def cycle(subject: Subject) -> Iterator[Finding]:
    """Transitions and error cases must not lead back to a step that has run.

    The platform refuses to save a workflow with a loop, whatever its conditions are
    (`manual/platform.md 1.5`).

    Bad:

        name: wait-for-parcel
        trigger:
          eventName: kustomer.kobject.order.create
          transitions:
            - target: ask
        steps:
          - id: ask
            action: kustomer.kobject.find
            params: {klassName: order, id: /#steps.1.id}
            transitions:
              - target: wait
          - id: wait
            transitions:
              - target: ask

    Good:

        id: 673e81eb496bbd0347073e76
        name: ask-for-parcel
        trigger:
          callable: true
          schema: {properties: {order: {type: string}}, required: [order]}
          transitions:
            - target: ask
        steps:
          - id: ask
            action: kustomer.kobject.find
            params: {klassName: order, id: /#steps.1.order}
            transitions:
              - target: later
                condition: {op: dne, values: [/#steps.ask.custom.parcelStr]}
          - id: later
            action: kustomer.app.scheduler.schedule-workflow
            params:
              runAt: {type: relative, value: 3600}
              workflowId: 673e81eb496bbd0347073e76
              inputs: {order: /#steps.1.order}
            transitions: []
    """
    places: dict[tuple[str, str], JsonPath] = {}
    for path, source, way in transitions(subject.workflow):
        places.setdefault((source.id, way.target), path)
    for loop in find_cycles(subject.workflow):
        shown = cut_short(loop, _SHOWN, _SHOWN - 1)
        # The last way is the one that a run takes back.
        yield Finding(
            (*places[loop[-1], loop[0]], "target"),
            f"these steps form a loop: {' -> '.join([*shown, loop[0]])}",
            "the platform refuses loops; to repeat steps, let the workflow schedule itself",
        )


_SHOWN = 8
