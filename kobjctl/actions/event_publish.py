"""Event: Publish."""

from kobjctl.actions.base import Output, Warned, World, action
from kobjctl.actions.params import OptionalObject, Params
from kobjctl.model.values import MISSING, JsonObject

OUTPUT: Output = {"eventName": "text"}


class Declared(Params):
    """`eventName` names the event, `data` is what those that listen find at step `1`."""

    event_name: str
    data: OptionalObject = MISSING


@action("kustomer.event.publish", label="Event: Publish", output=OUTPUT)
def perform(params: Declared, world: World) -> Warned:
    """Publish an event: the workflows that listen to it start once this run is over.

    The names of the parameters are a reading; public sources show only the action's id.
    """
    name = params.event_name
    warnings = []
    if world.outbox.hears(name):
        data: JsonObject = params.data or {}
        world.outbox.add(name, data)
    else:
        warnings.append(f'no enabled workflow listens to "{name}"')
    return Warned({"eventName": name}, warnings)
