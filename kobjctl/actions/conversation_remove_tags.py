"""Conversation: Remove Tags."""

from kobjctl.actions.base import Warned, World, action
from kobjctl.actions.conversation_fields import update
from kobjctl.actions.conversation_tags import TagParams, known_tag_ids
from kobjctl.actions.core_outputs import CONVERSATION


class Declared(TagParams):
    """The conversation, and the tags that it loses."""


@action(
    "kustomer.conversation.remove-tags",
    label="Conversation: Remove Tags",
    output=CONVERSATION,
)
def perform(params: Declared, world: World) -> Warned:
    """Take tags from a conversation, by ids or names; those it does not have are no error.

    The names of the parameters are a reading: public sources have the name of the action alone.
    """
    conversation = params.find(world)
    ids, warnings = known_tag_ids(params.tags, world)
    tags = [each for each in conversation.attributes["tags"] if each not in ids]
    return Warned(update(conversation, {"tags": tags}, world), warnings)
