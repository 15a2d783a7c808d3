"""WF607: a field of a workflow's response that no step gives."""

from collections.abc import Iterator

from kobjctl.actions.schema import properties_of
from kobjctl.lint.rule import Finding, rule
from kobjctl.lint.shape import Shape, shape_of
from kobjctl.lint.subject import Subject
from kobjctl.lint.words import listed
from kobjctl.model.errors import did_you_mean
from kobjctl.model.workflow import TRIGGER_ID, is_responding

_SHOWN = 6


@rule("WF607", "response-not-given", severity="warning", about=("responses",))
def response_not_given(subject: Subject) -> Iterator[Finding]:
    """Each field of the response should be an output of some step.

    A callable workflow responds with the `outputs` of a step that responds. Without such a step,
    kobjctl fills each property of `response.schema` from the last step that has an output of that
    name; public sources don't confirm this.

    Bad (-) and good (+):

          name: look-up
          trigger:
            callable: true
            schema: {properties: {customer: {type: string}}, required: [customer]}
            transitions: [{target: find}]
          steps:
            - id: find
              action: kustomer.customer.find
              params: {identifier: /#steps.1.customer}
              transitions: []
        - response: {schema: {properties: {id: {type: string}, nmae: {type: string}}}}
        + response: {schema: {properties: {id: {type: string}, name: {type: string}}}}
    """
    response = subject.workflow.document.get("response")
    schema = response.get("schema") if isinstance(response, dict) else None
    properties = properties_of(schema) if isinstance(schema, dict) else {}
    given = _outputs(subject) or [
        shape
        for step_id, shape in subject.outputs.items()
        if step_id != TRIGGER_ID and step_id in subject.flow.reachable
    ]
    if not all(map(_is_known, given)):
        return
    known = list(dict.fromkeys(name for shape in given for name in shape.fields or ()))
    for name in properties:
        if name not in known:
            there = f"the outputs are {listed(known, _SHOWN)}" if known else "no step has an output"
            yield Finding(
                ("response", "schema", "properties", name),
                f'no step has an output "{name}"',
                did_you_mean(name, known) or there,
                key=True,
            )


def _outputs(subject: Subject) -> list[Shape]:
    """Return what the steps give that respond."""
    return [
        shape_of(step.params.get("outputs"), "")
        for step in subject.steps.values()
        if is_responding(step.action)
    ]


def _is_known(shape: Shape) -> bool:
    return shape.kind == "object" and shape.fields is not None and not shape.open
