"""The actions on conversations."""

from typing import TYPE_CHECKING, Final

from kobjctl.actions.base import Output, ResultWithWarnings, action
from kobjctl.actions.factories import MergeParams, RecordActions
from kobjctl.model.kinds.core_record import CoreRecord
from kobjctl.model.values import MISSING, JsonObject
from kobjctl.records import conversations, core
from kobjctl.records.context import RunContext
from kobjctl.records.conversation_merge import merge_conversations
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
    "kustomer.conversation.find-body",
    label="Conversation: Find Body",
    output=_BODY,
    lookup=True,
    params_confirmed=False,
)
def find_body(params: ConversationIdParams, context: RunContext) -> JsonObject:
    """Return what was written in a conversation: the texts of its messages, the oldest first.

    Each is a line of `body`. What the action gives is not confirmed. Finding no conversation is no
    error, the output is then empty.
    """
    if not context.org.store.records("conversation").exists(params.id):
        return {}
    messages = context.org.store.records("message").last_created(
        "conversation", params.id, _EVERY_MESSAGE
    )
    texts = [message.given.get("preview") for message in reversed(messages)]
    return {"id": params.id, "body": "\n".join(text for text in texts if text)}


create = _CONVERSATION.create(
    "Create a conversation on a customer's timeline; a tag that does not exist is created."
)
update = _CONVERSATION.update("`tags` replaces all tags; a tag that doesn't exist is created.")


class NamedConversationParams(Fields):
    """The conversation, as `id` or `conversation`."""

    needs_one = ("id", "conversation")

    id: OptionalText = MISSING
    conversation: OptionalText = MISSING

    def find(self, store: "Store") -> CoreRecord:
        """Return the conversation; raises NotFoundError."""
        named = next(each for each in (self.id, self.conversation) if isinstance(each, str))
        return core.find("conversation", named, store)


class ConversationTagParams(NamedConversationParams):
    """The conversation, and the `tags`, by ids or names."""

    tags: object


@action(
    "kustomer.conversation.append-tags",
    label="Conversation: Append Tags",
    output=_OUTPUT,
    params_confirmed=False,
)
def append_tags(params: ConversationTagParams, context: RunContext) -> ResultWithWarnings:
    """Add tags to a conversation, by ids or names; a tag that does not exist is created."""
    conversation = params.find(context.org.store)
    return ResultWithWarnings(*conversations.append_tags(conversation, params.tags, context))


@action(
    "kustomer.conversation.remove-tags",
    label="Conversation: Remove Tags",
    output=_OUTPUT,
    params_confirmed=False,
)
def remove_tags(params: ConversationTagParams, context: RunContext) -> ResultWithWarnings:
    """Take tags from a conversation, by ids or names; those it does not have are ignored."""
    conversation = params.find(context.org.store)
    return ResultWithWarnings(*conversations.remove_tags(conversation, params.tags, context))


class AssignTeamParams(NamedConversationParams):
    """The conversation, and the `team`: its id, or a list of ids."""

    team: object


@action(
    "kustomer.conversation.assign-team",
    label="Conversation: Assign Team",
    output=_OUTPUT,
    params_confirmed=False,
)
def assign_team(params: AssignTeamParams, context: RunContext) -> ResultWithWarnings:
    """Assign a conversation to a team, or to several, in place of those that it had.

    That others are replaced is not confirmed.
    """
    conversation = params.find(context.org.store)
    return ResultWithWarnings(*conversations.assign(conversation, "team", params.team, context))


class AssignUserParams(NamedConversationParams):
    """The conversation, and the `user`: the id, or a list of ids."""

    user: object


@action(
    "kustomer.conversation.assign-user",
    label="Conversation: Assign User",
    output=_OUTPUT,
    params_confirmed=False,
)
def assign_user(params: AssignUserParams, context: RunContext) -> ResultWithWarnings:
    """Assign a conversation to a user, or to several, in place of those that it had.

    That others are replaced is not confirmed.
    """
    conversation = params.find(context.org.store)
    return ResultWithWarnings(*conversations.assign(conversation, "user", params.user, context))


@action(
    "kustomer.conversation.merge",
    label="Conversation: Merge",
    output=_OUTPUT,
    params_confirmed=False,
)
def merge(params: MergeParams, context: RunContext) -> CoreRecord:
    """Put the messages and notes of a conversation into another of the same customer.

    The `source` is deleted, and the output is the `target`, which keeps its name, status and
    assignees. That it does, and that both must be of one customer, is not confirmed.
    """
    return merge_conversations(params.source, params.target, context)
