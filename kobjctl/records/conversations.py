"""Conversations: the fields that one has, and how one is made, changed and tagged.

Source: the body of the platform's conversation API, and `platform/workflows.md` 4.2.
"""

from typing import Annotated, Final

from kobjctl.model.customer import Customer
from kobjctl.model.errors import BadParamError
from kobjctl.model.kinds import CoreRecord
from kobjctl.model.values import MISSING, Json, JsonObject, MissingValue
from kobjctl.records import core
from kobjctl.records.activity import note_conversation
from kobjctl.records.context import World
from kobjctl.records.conversation_tags import joined, known_tag_ids, tag_ids
from kobjctl.records.fields import (
    Fields,
    IntegerRange,
    Length,
    OneOf,
    OptionalAny,
    OptionalList,
    OptionalObject,
    OptionalText,
)

DIRECTION: Final = OneOf(("in", "out"))


class ConversationFields(Fields):
    """The optional fields of a conversation."""

    name: Annotated[str, Length(256)] | MissingValue | None = MISSING
    external_id: Annotated[str, Length(256)] | MissingValue | None = MISSING
    priority: Annotated[float, IntegerRange(1, 5)] | MissingValue = MISSING
    direction: Annotated[str, DIRECTION] | MissingValue = MISSING
    reply_channel: Annotated[str, Length(256)] | MissingValue | None = MISSING
    sub_status: OptionalText = MISSING
    default_lang: Annotated[str, Length(100)] | MissingValue | None = MISSING
    tags: OptionalList = MISSING
    assigned_users: OptionalList = MISSING
    assigned_teams: OptionalList = MISSING
    queue: OptionalAny = MISSING
    custom: OptionalObject = MISSING


class NewConversation(ConversationFields):
    """`customer` is the id of the one whose conversation it is; a new one is open or done."""

    customer: str
    status: Annotated[str, OneOf(("open", "done"))] | MissingValue = MISSING


class ConversationChanges(ConversationFields):
    """The fields that change."""

    status: Annotated[str, OneOf(("open", "snoozed", "done"))] | MissingValue = MISSING
    snooze: OptionalObject = MISSING
    spam: bool | MissingValue = MISSING
    locked: bool | MissingValue = MISSING
    ended: bool | MissingValue = MISSING
    ended_reason: OptionalText = MISSING


def create(attributes: JsonObject, context: World) -> tuple[CoreRecord, list[str]]:
    """Write a new conversation of a customer; return it with warnings.

    `given` has the fields of `NewConversation` by their platform names. Raises BadParamError,
    and NotFoundError for a customer that isn't there.
    """
    attributes = dict(attributes)
    customer = core.related_customer(attributes.pop("customer"), context)
    body, warnings = _read(attributes, context)
    return start(customer, body, context), warnings


def start(customer: Customer, body: JsonObject, context: World) -> CoreRecord:
    """Write a new conversation, note it on its customer, and return it."""
    body = {"lastActivityAt": context.now(), **body}
    conversation = core.make("conversation", body, context, {"customer": customer.id})
    note_conversation(customer, None, conversation, context)
    return conversation


def update(
    conversation: CoreRecord, attributes: JsonObject, context: World
) -> tuple[CoreRecord, list[str]]:
    """Write the fields of a conversation that are given; return it with warnings, as `create`.

    `tags` are replaced as a whole; one that is not there yet is made.
    """
    body, warnings = _read(attributes, context)
    return _change(conversation, body, context), warnings


def append_tags(
    conversation: CoreRecord, tags: Json, context: World
) -> tuple[CoreRecord, list[str]]:
    """Return tags to a conversation, by ids or names; return it with warnings."""
    ids, warnings = tag_ids(tags, context)
    body = {"tags": joined(conversation.attributes["tags"], ids)}
    return _change(conversation, body, context), warnings


def remove_tags(
    conversation: CoreRecord, tags: Json, context: World
) -> tuple[CoreRecord, list[str]]:
    """Take tags from a conversation, by ids or names; return it with warnings."""
    ids, warnings = known_tag_ids(tags, context)
    body = {"tags": [each for each in conversation.attributes["tags"] if each not in ids]}
    return _change(conversation, body, context), warnings


def queue_id(queue: Json) -> str | None:
    """Return the id of a queue that is given as the API takes it, `{"id": ...}`, or as the id."""
    found = queue.get("id") if isinstance(queue, dict) else queue
    if found is None or isinstance(found, str):
        return found
    raise BadParamError("queue takes the id of a queue", parameter="queue")


def _read(attributes: JsonObject, context: World) -> tuple[JsonObject, list[str]]:
    """Return the attributes as the platform stores them, and warnings.

    Tags may be ids or names, the queue an id or an object with one. Raises BadParamError.
    """
    body = dict(attributes)
    warnings = [
        *core.check_assigned(body, context),
        *core.check_custom_in("conversation", body, context),
    ]
    if "queue" in body:
        body["queue"] = queue_id(body["queue"])
    for name in ("assignedUsers", "assignedTeams", "tags"):
        if name in body:
            body[name] = body[name] or []
    if "tags" in body:
        ids, about_tags = tag_ids(body["tags"], context)
        body["tags"] = joined([], ids)
        warnings += about_tags
    return body, warnings


def _change(conversation: CoreRecord, body: JsonObject, context: World) -> CoreRecord:
    customer = core.related_customer(conversation.relations["customer"], context)
    changed = core.change(conversation, body, context)
    note_conversation(customer, conversation, changed, context)
    return changed
