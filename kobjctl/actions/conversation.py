"""The actions on conversations."""

from typing import TYPE_CHECKING, Final

from kobjctl.actions.base import Output, ResultWithWarnings, action
from kobjctl.actions.factories import RecordActions
from kobjctl.model.kinds.core_record import CoreRecord
from kobjctl.model.values import MISSING, JsonObject
from kobjctl.records import conversations, core
from kobjctl.records.context import RunContext
from kobjctl.records.fields import Fields, OptionalText

if TYPE_CHECKING:
    from kobjctl.store.store import Store

_EVERY_MESSAGE: Final = -1
_BODY: Final[Output] = {"id": "text", "body": "text"}
_CONVERSATION = RecordActions("conversation")
_OUTPUT: Final = _CONVERSATION.kind.output

find_by_id = _CONVERSATION.lookup("id")
find_by_external_id = _CONVERSATION.lookup("externalId")


class ConversationIdParams(Fields):
    """The id of a conversation."""

    id: str


@action(
    "kustomer.conversation.find-body", label="Conversation: Find Body", output=_BODY, lookup=True
)
def find_body(params: ConversationIdParams, context: RunContext) -> JsonObject:
    """Give what was written in a conversation: the texts of its messages, the oldest first.

    Each is a line of `body`. What the action takes and gives is not confirmed: public sources have
    its name alone. Finding no conversation is no error, the output is then empty.
    """
    if not context.org.store.records("conversation").exists(params.id):
        return {}
    messages = context.org.store.records("message").last_created(
        "conversation", params.id, _EVERY_MESSAGE
    )
    texts = [message.given.get("preview") for message in reversed(messages)]
    return {"id": params.id, "body": "\n".join(text for text in texts if text)}


create = _CONVERSATION.create(
    "Create a conversation on a customer's timeline; a tag that is not there yet is made."
)
update = _CONVERSATION.update("`tags` are replaced as a whole; one that is not there yet is made.")


class ConversationTagParams(Fields):
    """The conversation, as `id` or `conversation`, and the `tags`, by ids or names."""

    needs_one = ("id", "conversation")

    tags: object
    id: OptionalText = MISSING
    conversation: OptionalText = MISSING

    def find(self, store: "Store") -> CoreRecord:
        """Return the conversation; raises NotFoundError."""
        named = next(each for each in (self.id, self.conversation) if isinstance(each, str))
        return core.find("conversation", named, store)


@action("kustomer.conversation.append-tags", label="Conversation: Append Tags", output=_OUTPUT)
def append_tags(params: ConversationTagParams, context: RunContext) -> ResultWithWarnings:
    """Add tags to a conversation, by ids or names; a tag that is not there yet is made.

    The names of the parameters are not confirmed: public sources have the name of the action alone.
    """
    conversation = params.find(context.org.store)
    return ResultWithWarnings(*conversations.append_tags(conversation, params.tags, context))


@action("kustomer.conversation.remove-tags", label="Conversation: Remove Tags", output=_OUTPUT)
def remove_tags(params: ConversationTagParams, context: RunContext) -> ResultWithWarnings:
    """Take tags from a conversation, by ids or names; those it does not have are no error.

    The names of the parameters are not confirmed: public sources have the name of the action alone.
    """
    conversation = params.find(context.org.store)
    return ResultWithWarnings(*conversations.remove_tags(conversation, params.tags, context))
