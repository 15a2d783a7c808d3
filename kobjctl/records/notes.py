"""Notes: how one is made, changed and deleted."""

from typing import TYPE_CHECKING

from kobjctl.model.errors import BadParamError
from kobjctl.model.kinds.core_record import CoreRecord
from kobjctl.model.values import Json, JsonObject
from kobjctl.records import core
from kobjctl.records.activity import note_notes
from kobjctl.records.context import RunContext

if TYPE_CHECKING:
    from kobjctl.store.store import Store


def create(attributes: JsonObject, context: RunContext) -> tuple[CoreRecord, list[str]]:
    """Write a new note in a conversation or on a customer; return it with warnings.

    Raises BadParamError, and NotFoundError for an owner that isn't there.
    """
    attributes = dict(attributes)
    customer, conversation = core.owners(attributes, context.org.store)
    body, warnings = _read(attributes, context.org.store)
    relations = {"customer": customer.id}
    if conversation is not None:
        relations["conversation"] = conversation.id
    note = core.make("note", body, context, relations)
    note_notes(customer, conversation, 1, context)
    return note, warnings


def update(
    note: CoreRecord, attributes: JsonObject, context: RunContext
) -> tuple[CoreRecord, list[str]]:
    """Write the fields of a note that are given; return it with warnings, as `create` does."""
    body, warnings = _read(attributes, context.org.store)
    return core.change(note, body, context), warnings


def delete(note_id: str, context: RunContext) -> None:
    """Delete a note; raises NotFoundError."""
    note = core.find("note", note_id, context.org.store)
    customer, conversation = core.owners(dict(note.relations), context.org.store)
    core.delete("note", note.id, context)
    note_notes(customer, conversation, -1, context)


def _read(attributes: JsonObject, store: "Store") -> tuple[JsonObject, list[str]]:
    if "userMentions" not in attributes:
        return attributes, []
    mentions = [_mention(each) for each in attributes["userMentions"] or ()]
    warnings = [
        warning
        for each in mentions
        for kind, record_id in each.items()
        for warning in core.unknown_ids(kind, [record_id], store)
    ]
    return {**attributes, "userMentions": mentions}, warnings


def _mention(item: Json) -> JsonObject:
    """Return a mention as `{user}` or `{team}`; the bare id of a user is read as well."""
    mention = {"user": item} if isinstance(item, str) else item
    if not isinstance(mention, dict) or not mention or mention.keys() - {"user", "team"}:
        raise _no_mention()
    if not all(isinstance(each, str) for each in mention.values()):
        raise _no_mention()
    return mention


def _no_mention() -> BadParamError:
    return BadParamError(
        'userMentions must be a list of {"user": "<id>"}', parameter="userMentions"
    )
