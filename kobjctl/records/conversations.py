"""Conversations: how one is made, changed and tagged.

One keeps the ids of its tags, and takes ids and names: the platform's conversations have the ids
(`manual/platform.md 7.6`), and a tag that is named and not there yet is made.
"""

from typing import TYPE_CHECKING

from kobjctl.model.customer import Customer
from kobjctl.model.errors import BadParamError
from kobjctl.model.kinds import KINDS
from kobjctl.model.kinds.core_record import CoreRecord
from kobjctl.model.klass import is_reference
from kobjctl.model.record import MAX_TAGS, read_tags
from kobjctl.model.values import MISSING, Json, JsonObject
from kobjctl.records import core
from kobjctl.records.activity import note_conversation
from kobjctl.records.context import RunContext
from kobjctl.records.core import make

if TYPE_CHECKING:
    from kobjctl.store.store import Store


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


def assign(
    conversation: CoreRecord, kind: str, assignees: Json, context: RunContext
) -> tuple[CoreRecord, list[str]]:
    """Assign a conversation to a team or a user, or to a list of them, and to no other.

    Return it with warnings; raises BadParamError for what can't be their ids.
    """
    ids = assignees if isinstance(assignees, list) else [assignees]
    name = f"assigned{kind.capitalize()}s"
    for limit in KINDS["conversation"].by_name[name].limits:
        limit.check(kind, ids)
    return update(conversation, {name: ids}, context)


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


def tag_ids(tags: Json, context: RunContext) -> tuple[list[str], list[str]]:
    """Return the ids of tags by ids and names (one alone may be no list), and warnings.

    A name that no tag has makes one. An exported workflow names the tags of its own org: an id
    that this org has not is taken. Raises BadParamError for what can't be a tag.
    """
    named = read_tags(tags)
    ids: list[str] = []
    warnings: list[str] = []
    for each in named:
        if is_reference(each):
            if not context.org.store.records("tag").exists(each):
                warnings.append(f'no tag in this org has the id "{each}"; it was kept anyway')
            ids.append(each)
            continue
        tag = context.org.store.records("tag").find("name", each)
        if tag is None:
            tag = make("tag", {"name": each}, context)
            warnings.append(f'the tag "{each}" did not exist; it was created')
        ids.append(tag.id)
    return ids, warnings


def joined(present: list[str], added: list[str]) -> list[str]:
    """Return the tags with those that are new after them; raises BadParamError for too many."""
    tags = list(dict.fromkeys([*present, *added]))
    if len(tags) > MAX_TAGS:
        raise BadParamError(f"tags must be at most {MAX_TAGS} and unique", parameter="tags")
    return tags


def known_tag_ids(tags: Json, store: "Store") -> tuple[list[str], list[str]]:
    """Return the ids of tags as `tag_ids` does, but make none: names that no tag has are told."""
    ids: list[str] = []
    warnings: list[str] = []
    for each in tags if isinstance(tags, list) else [tags]:
        tag = None if is_reference(each) else store.records("tag").find("name", str(each))
        if is_reference(each):
            ids.append(each)
        elif tag:
            ids.append(tag.id)
        else:
            warnings.append(f'no tag is called "{each}"; none was removed')
    return ids, warnings
