"""Message: Update."""

from typing import Annotated

from kobjctl.actions.base import Warned, World, action
from kobjctl.actions.core_outputs import MESSAGE
from kobjctl.actions.core_records import change, find
from kobjctl.actions.message_fields import CHANNEL, MessageFields, read_body
from kobjctl.actions.params import given_fields
from kobjctl.model.values import MISSING, Missing


class Declared(MessageFields):
    """`id` is the message's; only the fields that are given change."""

    id: str
    channel: Annotated[str, CHANNEL] | Missing = MISSING
    app: str | Missing = MISSING


@action("kustomer.message.update", label="Message: Update", output=MESSAGE)
def perform(params: Declared, world: World) -> Warned:
    """Change a message: given fields replace the old ones, `custom` is merged, null clears."""
    given = given_fields(params)
    message = find("message", given.pop("id"), world)
    body, warnings = read_body(given, world)
    return Warned(change(message, body, world), warnings)
