"""The action that publishes an event."""

from kobjctl.actions.base import Output, ResultWithWarnings, action
from kobjctl.model.values import MISSING, JsonObject
from kobjctl.records.context import RunContext
from kobjctl.records.fields import Fields, OptionalObject

OUTPUT: Output = {"eventName": "text"}


class PublishEventParams(Fields):
    """`eventName` names the event, `data` is what those that listen find at step `1`."""

    event_name: str
    data: OptionalObject = MISSING


@action("kustomer.event.publish", label="Event: Publish", output=OUTPUT, params_confirmed=False)
def publish(params: PublishEventParams, context: RunContext) -> ResultWithWarnings:
    """Publish an event: the workflows that listen to it start once this run is over."""
    name = params.event_name
    warnings = []
    if context.outbox.hears(name):
        data: JsonObject = params.data or {}
        context.outbox.add(name, data)
    else:
        warnings.append(f'no enabled workflow listens to "{name}"')
    return ResultWithWarnings({"eventName": name}, warnings)
