"""Conversations: how one is made, changed and tagged."""

from kobjctl.model.customer import Customer
from kobjctl.model.kinds.core_record import CoreRecord
from kobjctl.model.values import MISSING, Json, JsonObject
from kobjctl.records import core
from kobjctl.records.activity import note_conversation
from kobjctl.records.context import RunContext
from kobjctl.records.conversation_tags import joined, known_tag_ids, tag_ids


def create(attributes: JsonObject, context: RunContext) -> tuple[CoreRecord, list[str]]:
    """Write a new conversation of a customer; return it with warnings.

    Raises BadParamError, and NotFoundError for a customer that isn't there.
    """
    attributes = dict(attributes)
    customer = core.related_customer(attributes.pop("customer"), context.org.store)
    body, warnings = _read(attributes, context)
    return start(customer, body, context), warnings


def start(customer: Customer, body: JsonObject, context: RunContext) -> CoreRecord:
    """Write a new conversation, note it on its customer, and return it."""
    body = {"lastActivityAt": context.org.now(), **body}
    conversation = core.make("conversation", body, context, {"customer": customer.id})
    note_conversation(customer, None, conversation, context)
    return conversation


def update(
    conversation: CoreRecord, attributes: JsonObject, context: RunContext
) -> tuple[CoreRecord, list[str]]:
    """Write the fields of a conversation that are given; return it with warnings, as `create`.

    `tags` are replaced as a whole; one that is not there yet is made.
    """
    body, warnings = _read(attributes, context)
    return _change(conversation, body, context), warnings


def append_tags(
    conversation: CoreRecord, tags: Json, context: RunContext
) -> tuple[CoreRecord, list[str]]:
    """Return tags to a conversation, by ids or names; return it with warnings."""
    ids, warnings = tag_ids(tags, context)
    body = {"tags": joined(conversation.attributes["tags"], ids)}
    return _change(conversation, body, context), warnings


def remove_tags(
    conversation: CoreRecord, tags: Json, context: RunContext
) -> tuple[CoreRecord, list[str]]:
    """Take tags from a conversation, by ids or names; return it with warnings."""
    ids, warnings = known_tag_ids(tags, context.org.store)
    body = {"tags": [each for each in conversation.attributes["tags"] if each not in ids]}
    return _change(conversation, body, context), warnings


def _read(attributes: JsonObject, context: RunContext) -> tuple[JsonObject, list[str]]:
    """Return the attributes as the platform stores them, and warnings; raises BadParamError.

    Tags may be ids or names.
    """
    body = dict(attributes)
    tags = body.pop("tags", MISSING)
    body, warnings = core.checked("conversation", body, context.org.store)
    if tags is not MISSING:
        ids, about_tags = tag_ids(tags or [], context)
        body["tags"] = joined([], ids)
        warnings += about_tags
    return body, warnings


def _change(conversation: CoreRecord, body: JsonObject, context: RunContext) -> CoreRecord:
    customer = core.related_customer(conversation.relations["customer"], context.org.store)
    changed = core.change(conversation, body, context)
    note_conversation(customer, conversation, changed, context)
    return changed
