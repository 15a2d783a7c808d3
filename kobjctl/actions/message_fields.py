"""The fields that Message: Create and Message: Update have in common.

Source: the body of the platform's message API.
"""

from typing import Annotated, Final

from kobjctl.actions.base import World
from kobjctl.actions.conversation_fields import DIRECTION, queue_id
from kobjctl.actions.core_records import check_custom_in
from kobjctl.actions.params import (
    Length,
    OneOf,
    OptionalAny,
    OptionalList,
    OptionalObject,
    OptionalText,
    Params,
)
from kobjctl.model.errors import BadParamError
from kobjctl.model.instants import parse_instant
from kobjctl.model.values import MISSING, JsonObject, Missing

CHANNEL: Final = OneOf(
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


class MessageFields(Params):
    """The optional fields of a message, new or changed."""

    external_id: Annotated[str, Length(256)] | Missing | None = MISSING
    direction: Annotated[str, DIRECTION] | Missing = MISSING
    subject: Annotated[str, Length(256)] | Missing | None = MISSING
    preview: Annotated[str, Length(10240)] | Missing | None = MISSING
    status: Annotated[str, OneOf(("sent", "received", "error"))] | Missing | None = MISSING
    sent_at: str | Missing = MISSING
    auto: bool | Missing = MISSING
    source: OptionalText = MISSING
    related: OptionalText = MISSING
    lang: Annotated[str, Length(100)] | Missing | None = MISSING
    size: float | Missing = MISSING
    meta: JsonObject | Missing = MISSING
    custom: OptionalObject = MISSING
    sentiment: OptionalObject = MISSING
    location: OptionalObject = MISSING
    attachments: OptionalList = MISSING
    shortcuts: OptionalList = MISSING
    error: OptionalObject = MISSING
    error_at: OptionalText = MISSING
    queue: OptionalAny = MISSING


def read_body(given: JsonObject, world: World) -> tuple[JsonObject, list[str]]:
    """Give the attributes as the platform stores them, and warnings; raises BadParamError."""
    body = dict(given)
    if "queue" in body:
        body["queue"] = queue_id(body["queue"])
    for name in ("sentAt", "errorAt"):
        if body.get(name) is not None and parse_instant(body[name]) is None:
            raise BadParamError(
                f"{name} takes a date and time such as 2026-01-02T03:04:05Z", parameter=name
            )
    return body, check_custom_in("message", body, world)
