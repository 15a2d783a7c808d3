"""WF603: inputs that don't fit the schema of the workflow they are for."""

from collections.abc import Iterator

from kobjctl.actions.schema import fit_value, properties_of, required_by
from kobjctl.lint.callees import ScheduledCall, scheduled
from kobjctl.lint.operands import is_literal
from kobjctl.lint.rule import Finding, rule
from kobjctl.lint.subject import Subject
from kobjctl.model.errors import BadParamError, closest
from kobjctl.model.values import JsonObject


@rule("WF603", "wrong-inputs", severity="error", mixed=True, about=("schedules",))
def wrong_inputs(subject: Subject) -> Iterator[Finding]:
    """The inputs of a scheduled workflow must fit the schema of its trigger.

    A required input must be set, and every input must be of its declared type. An undeclared input
    is a warning, or an error if the schema forbids it (`manual/platform.md 2.5`).

    Bad (-) and good (+):

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
        -           inputs: {costumer: /#steps.1.id}
        +           inputs: {customer: /#steps.1.id}
                  transitions: []
            - id: 673e81eb496bbd0347073e76
              name: tell
              trigger:
                callable: true
                schema: {properties: {customer: {type: string}}, required: [customer]}
                transitions: []
              steps: []
    """
    for call in scheduled(subject):
        if call.callee is not None and call.callee.schema is not None and call.inputs is not None:
            yield from _judge(call, call.inputs, call.callee.name, call.callee.schema)


def _judge(
    call: ScheduledCall, inputs: JsonObject, callee: str, schema: JsonObject
) -> Iterator[Finding]:
    properties = properties_of(schema)
    missing = [name for name in required_by(schema) if inputs.get(name) is None]
    meant = {
        name: closest(name, missing) or closest(name, properties)
        for name in inputs
        if properties and name not in properties
    }
    for name, close in meant.items():
        forbidden = schema.get("additionalProperties") is False or close in missing
        yield Finding(
            (*call.path, "inputs", name),
            f'the workflow "{callee}" has no input "{name}"',
            f'did you mean "{close}"?' if close else f"its inputs are {', '.join(properties)}",
            key=True,
            severity=None if forbidden else "warning",
        )
    for name in missing:
        if name not in meant.values():
            place = (*call.path, "inputs") if inputs else (*call.path, "workflowId")
            yield Finding(place, f'the workflow "{callee}" requires the input "{name}"')
    yield from _misfits(call, inputs, properties)


def _misfits(call: ScheduledCall, inputs: JsonObject, properties: JsonObject) -> Iterator[Finding]:
    for name, value in inputs.items():
        if name not in properties or value is None or not is_literal(value):
            continue
        try:
            fit_value(name, properties[name], value)
        except BadParamError as error:
            yield Finding((*call.path, "inputs", name), error.message)
