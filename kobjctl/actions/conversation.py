"""The actions on conversations."""

from typing import Final

from kobjctl.actions.base import Output, ResultWithWarnings, action
from kobjctl.actions.core_outputs import CONVERSATION
from kobjctl.actions.factories import ExternalIdParams, IdParams, find_by, record_by
from kobjctl.model.kinds import CoreRecord
from kobjctl.model.values import MISSING, JsonObject
from kobjctl.records import conversations, core
from kobjctl.records.context import World
from kobjctl.records.conversations import ConversationChanges, NewConversation
from kobjctl.records.fields import Fields, OptionalText, given_fields

_EVERY_MESSAGE: Final = -1
_BODY: Final[Output] = {"id": "text", "body": "text"}

find_by_id = find_by(
    "kustomer.conversation.find-by-id",
    IdParams,
    record_by("conversation", "id"),
    sentence="Find a conversation by id",
    label="Conversation: Lookup (By Id)",
    output=CONVERSATION,
)
find_by_external_id = find_by(
    "kustomer.conversation.find-by-external-id",
    ExternalIdParams,
    record_by("conversation", "externalId"),
    sentence="Find a conversation by external id",
    label="Conversation: Lookup (By External Id)",
    output=CONVERSATION,
)


@action(
    "kustomer.conversation.find-body", label="Conversation: Find Body", output=_BODY, lookup=True
)
def find_body(params: IdParams, context: World) -> JsonObject:
    """Give what was written in a conversation: the texts of its messages, the oldest first.

    Each is a line of `body`. What the action takes and gives is a reading: public sources have
    its name alone. Finding no conversation is no error, the output is then empty.
    """
    if not context.store.records("conversation").exists(params.id):
        return {}
    messages = context.store.records("message").last_created(
        "conversation", params.id, _EVERY_MESSAGE
    )
    texts = [message.given.get("preview") for message in reversed(messages)]
    return {"id": params.id, "body": "\n".join(text for text in texts if text)}


@action("kustomer.conversation.create", label="Conversation: Create", output=CONVERSATION)
def create(params: NewConversation, context: World) -> ResultWithWarnings:
    """Create a conversation on a customer's timeline; a tag that is not there yet is made."""
    return ResultWithWarnings(*conversations.create(given_fields(params), context))


class UpdateConversationParams(ConversationChanges):
    """`id` is the conversation's; only the fields that are given change."""

    id: str


@action("kustomer.conversation.update", label="Conversation: Update", output=CONVERSATION)
def update(params: UpdateConversationParams, context: World) -> ResultWithWarnings:
    """Change a conversation: given fields replace the old ones, `custom` is merged, null clears.

    `tags` are replaced as a whole; one that is not there yet is made.
    """
    given = given_fields(params)
    conversation = core.find("conversation", given.pop("id"), context)
    return ResultWithWarnings(*conversations.update(conversation, given, context))


class ConversationTagParams(Fields):
    """The conversation, as `id` or `conversation`, and the `tags`, by ids or names."""

    needs_one = ("id", "conversation")

    tags: object
    id: OptionalText = MISSING
    conversation: OptionalText = MISSING

    def find(self, context: World) -> CoreRecord:
        """Return the conversation; raises NotFoundError."""
        named = next(each for each in (self.id, self.conversation) if isinstance(each, str))
        return core.find("conversation", named, context)


@action("kustomer.conversation.append-tags", label="Conversation: Append Tags", output=CONVERSATION)
def append_tags(params: ConversationTagParams, context: World) -> ResultWithWarnings:
    """Add tags to a conversation, by ids or names; a tag that is not there yet is made.

    The names of the parameters are a reading: public sources have the name of the action alone.
    """
    conversation = params.find(context)
    return ResultWithWarnings(*conversations.append_tags(conversation, params.tags, context))


@action("kustomer.conversation.remove-tags", label="Conversation: Remove Tags", output=CONVERSATION)
def remove_tags(params: ConversationTagParams, context: World) -> ResultWithWarnings:
    """Take tags from a conversation, by ids or names; those it does not have are no error.

    The names of the parameters are a reading: public sources have the name of the action alone.
    """
    conversation = params.find(context)
    return ResultWithWarnings(*conversations.remove_tags(conversation, params.tags, context))
