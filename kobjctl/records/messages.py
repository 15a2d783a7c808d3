"""Messages: how one is made."""

from typing import Final

from kobjctl.model.kinds.core_record import CoreRecord
from kobjctl.model.values import JsonObject
from kobjctl.records import conversations, core
from kobjctl.records.activity import note_message
from kobjctl.records.context import RunContext

_MAX_NAME: Final = 256


def create(attributes: JsonObject, context: RunContext) -> tuple[CoreRecord, list[str]]:
    """Write a new message in a conversation, or in a new one of a customer; nothing is sent.

    Return it with warnings. The conversation counts the message and gets its channel, and is open
    again when the customer wrote. Raises BadParamError, and NotFoundError for an owner that isn't
    there.
    """
    attributes = dict(attributes)
    customer, conversation = core.owners(attributes, context.org.store)
    body, warnings = core.checked("message", attributes, context.org.store)
    if conversation is None:
        name = body.get("subject") or body.get("preview") or ""
        conversation = conversations.start(customer, {"name": name[:_MAX_NAME]}, context)
        customer = core.related_customer(customer.id, context.org.store)
    relations = {"customer": customer.id, "conversation": conversation.id}
    given = {name: value for name, value in body.items() if value is not None}
    facts = _facts(conversation, body, context.org.now())
    message = core.make("message", facts | given, context, relations)
    note_message(customer, conversation, message, context)
    return message, warnings


def _facts(conversation: CoreRecord, body: JsonObject, at: str) -> JsonObject:
    """Return what the platform says of a new message by where and when it goes."""
    direction = body.get("direction", "in")
    turn = "followup" if conversation.attributes["messageCount"] else "initial"
    return {
        "sentAt": at,
        "directionType": f"{turn}-{direction}",
        "status": "received" if direction == "in" else "sent",
    }
