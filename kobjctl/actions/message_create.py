"""Message: Create."""

from typing import Annotated, Final

from kobjctl.actions.activity import note_message
from kobjctl.actions.base import Warned, World, action
from kobjctl.actions.conversation_fields import start
from kobjctl.actions.core_outputs import MESSAGE
from kobjctl.actions.core_records import make, owners, related_customer
from kobjctl.actions.message_fields import CHANNEL, MessageFields, read_body
from kobjctl.actions.params import OptionalText, given_fields
from kobjctl.model.values import MISSING

_MAX_NAME: Final = 256


class Declared(MessageFields):
    """`conversation` is the id of the one that gets the message, or `customer` whose new one."""

    needs_one = ("conversation", "customer")

    channel: Annotated[str, CHANNEL]
    app: str
    conversation: OptionalText = MISSING
    customer: OptionalText = MISSING


@action("kustomer.message.create", label="Message: Create", output=MESSAGE)
def perform(params: Declared, world: World) -> Warned:
    """Record a message in a conversation, or in a new one of a customer; nothing is sent.

    The conversation counts it and gets its channel, and is open again when the customer wrote.
    """
    given = given_fields(params)
    customer, conversation = owners(given, world)
    body, warnings = read_body(given, world)
    if conversation is None:
        name = body.get("subject") or body.get("preview") or ""
        conversation = start(customer, {"name": name[:_MAX_NAME]}, world)
        customer = related_customer(customer.id, world)
    relations = {"customer": customer.id, "conversation": conversation.id}
    message = make("message", {"sentAt": world.now(), **body}, world, relations)
    note_message(customer, conversation, message, world)
    return Warned(message, warnings)
