"""Conversation: Append Tags."""

from kobjctl.actions.base import Warned, World, action
from kobjctl.actions.conversation_fields import update
from kobjctl.actions.conversation_tags import TagParams, joined, tag_ids
from kobjctl.actions.core_outputs import CONVERSATION


class Declared(TagParams):
    """The conversation, and the tags that it gets."""


@action(
    "kustomer.conversation.append-tags",
    label="Conversation: Append Tags",
    output=CONVERSATION,
)
def perform(params: Declared, world: World) -> Warned:
    """Add tags to a conversation, by ids or names; a tag that is not there yet is made.

    The names of the parameters are a reading: public sources have the name of the action alone.
    """
    conversation = params.find(world)
    ids, warnings = tag_ids(params.tags, world)
    tags = joined(conversation.attributes["tags"], ids)
    return Warned(update(conversation, {"tags": tags}, world), warnings)
