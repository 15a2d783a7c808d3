"""Messages: the fields that one has, and how one is made and changed.

Source: the body of the platform's message API.
"""

from typing import Annotated, Final

from kobjctl.model.errors import BadParamError
from kobjctl.model.instants import parse_instant
from kobjctl.model.kinds import CoreRecord
from kobjctl.model.values import MISSING, JsonObject, MissingValue
from kobjctl.records import conversations, core
from kobjctl.records.activity import note_message
from kobjctl.records.context import World
from kobjctl.records.fields import (
    Fields,
    Length,
    OneOf,
    OptionalAny,
    OptionalList,
    OptionalObject,
    OptionalText,
)

_MAX_NAME: Final = 256
_CHANNEL: Final = OneOf(
    (
        "email",
        "sms",
        "chat",
        "facebook",
        "twitter-dm",
        "twitter-tweet",
        "voice",
        "instagram",
        "whatsapp",
    )
)


class MessageFields(Fields):
    """The optional fields of a message."""

    external_id: Annotated[str, Length(256)] | MissingValue | None = MISSING
    direction: Annotated[str, conversations.DIRECTION] | MissingValue = MISSING
    subject: Annotated[str, Length(256)] | MissingValue | None = MISSING
    preview: Annotated[str, Length(10240)] | MissingValue | None = MISSING
    status: Annotated[str, OneOf(("sent", "received", "error"))] | MissingValue | None = MISSING
    sent_at: str | MissingValue = MISSING
    auto: bool | MissingValue = MISSING
    source: OptionalText = MISSING
    related: OptionalText = MISSING
    lang: Annotated[str, Length(100)] | MissingValue | None = MISSING
    size: float | MissingValue = MISSING
    meta: JsonObject | MissingValue = MISSING
    custom: OptionalObject = MISSING
    sentiment: OptionalObject = MISSING
    location: OptionalObject = MISSING
    attachments: OptionalList = MISSING
    shortcuts: OptionalList = MISSING
    error: OptionalObject = MISSING
    error_at: OptionalText = MISSING
    queue: OptionalAny = MISSING


class NewMessage(MessageFields):
    """`conversation` is the id of the one that gets the message, or `customer` whose new one."""

    needs_one = ("conversation", "customer")

    channel: Annotated[str, _CHANNEL]
    app: str
    conversation: OptionalText = MISSING
    customer: OptionalText = MISSING


class MessageChanges(MessageFields):
    """The fields that change."""

    channel: Annotated[str, _CHANNEL] | MissingValue = MISSING
    app: str | MissingValue = MISSING


def create(attributes: JsonObject, context: World) -> tuple[CoreRecord, list[str]]:
    """Write a new message in a conversation, or in a new one of a customer; nothing is sent.

    Return it with warnings. `given` has the fields of `NewMessage` by their platform names. The
    conversation counts the message and gets its channel, and is open again when the customer
    wrote. Raises BadParamError, and NotFoundError for an owner that isn't there.
    """
    attributes = dict(attributes)
    customer, conversation = core.owners(attributes, context)
    body, warnings = _read(attributes, context)
    if conversation is None:
        name = body.get("subject") or body.get("preview") or ""
        conversation = conversations.start(customer, {"name": name[:_MAX_NAME]}, context)
        customer = core.related_customer(customer.id, context)
    relations = {"customer": customer.id, "conversation": conversation.id}
    message = core.make("message", {"sentAt": context.now(), **body}, context, relations)
    note_message(customer, conversation, message, context)
    return message, warnings


def update(
    message: CoreRecord, attributes: JsonObject, context: World
) -> tuple[CoreRecord, list[str]]:
    """Write the fields of a message that are given; return it with warnings, as `create` does."""
    body, warnings = _read(attributes, context)
    return core.change(message, body, context), warnings


def _read(attributes: JsonObject, context: World) -> tuple[JsonObject, list[str]]:
    body = dict(attributes)
    if "queue" in body:
        body["queue"] = conversations.queue_id(body["queue"])
    for name in ("sentAt", "errorAt"):
        if body.get(name) is not None and parse_instant(body[name]) is None:
            raise BadParamError(
                f"{name} takes a date and time such as 2026-01-02T03:04:05Z", parameter=name
            )
    return body, core.check_custom_in("message", body, context)
