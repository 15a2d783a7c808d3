"""The fields that Conversation: Create and Conversation: Update have in common.

Source: the body of the platform's conversation API, and `platform/workflows.md` 4.2.
"""

from typing import Annotated, Final

from kobjctl.actions.activity import note_conversation
from kobjctl.actions.base import Warned, World
from kobjctl.actions.conversation_tags import joined, tag_ids
from kobjctl.actions.core_records import (
    change,
    check_assigned,
    check_custom_in,
    make,
    related_customer,
)
from kobjctl.actions.params import (
    Length,
    OneOf,
    OptionalAny,
    OptionalList,
    OptionalObject,
    OptionalText,
    Params,
    Whole,
)
from kobjctl.model.customer import Customer
from kobjctl.model.errors import BadParamError
from kobjctl.model.kinds import CoreRecord
from kobjctl.model.values import MISSING, Json, JsonObject, Missing

DIRECTION: Final = OneOf(("in", "out"))


class ConversationFields(Params):
    """The optional fields of a conversation, new or changed."""

    name: Annotated[str, Length(256)] | Missing | None = MISSING
    external_id: Annotated[str, Length(256)] | Missing | None = MISSING
    priority: Annotated[float, Whole(1, 5)] | Missing = MISSING
    direction: Annotated[str, DIRECTION] | Missing = MISSING
    reply_channel: Annotated[str, Length(256)] | Missing | None = MISSING
    sub_status: OptionalText = MISSING
    default_lang: Annotated[str, Length(100)] | Missing | None = MISSING
    tags: OptionalList = MISSING
    assigned_users: OptionalList = MISSING
    assigned_teams: OptionalList = MISSING
    queue: OptionalAny = MISSING
    custom: OptionalObject = MISSING


def read_body(given: JsonObject, world: World) -> tuple[JsonObject, list[str]]:
    """Give the attributes as the platform stores them, and warnings.

    Tags may be ids or names, the queue an id or an object with one. Raises BadParamError.
    """
    body = dict(given)
    warnings = [*check_assigned(body, world), *check_custom_in("conversation", body, world)]
    if "queue" in body:
        body["queue"] = queue_id(body["queue"])
    for name in ("assignedUsers", "assignedTeams", "tags"):
        if name in body:
            body[name] = body[name] or []
    if "tags" in body:
        ids, told = tag_ids(body["tags"], world)
        body["tags"] = joined([], ids)
        warnings += told
    return body, warnings


def queue_id(queue: Json) -> str | None:
    """Give the id of a queue that is given as the API takes it, `{"id": ...}`, or as the id."""
    found = queue.get("id") if isinstance(queue, dict) else queue
    if found is None or isinstance(found, str):
        return found
    raise BadParamError("queue takes the id of a queue", parameter="queue")


def create(customer: Customer, given: JsonObject, world: World) -> Warned:
    """Create a conversation of a customer; raises what `read_body` raises."""
    body, warnings = read_body(given, world)
    return Warned(start(customer, body, world), warnings)


def start(customer: Customer, body: JsonObject, world: World) -> CoreRecord:
    """Write a new conversation, note it on its customer, and give it."""
    body = {"lastActivityAt": world.now(), **body}
    conversation = make("conversation", body, world, {"customer": customer.id})
    note_conversation(customer, None, conversation, world)
    return conversation


def update(conversation: CoreRecord, body: JsonObject, world: World) -> CoreRecord:
    """Write a changed conversation, note it on its customer, and give it as it is then."""
    customer = related_customer(conversation.relations["customer"], world)
    changed = change(conversation, body, world)
    note_conversation(customer, conversation, changed, world)
    return changed
