"""Conversation: Update."""

from typing import Annotated

from kobjctl.actions.base import Warned, World, action
from kobjctl.actions.conversation_fields import ConversationFields, read_body, update
from kobjctl.actions.core_outputs import CONVERSATION
from kobjctl.actions.core_records import find
from kobjctl.actions.params import OneOf, OptionalObject, OptionalText, given_fields
from kobjctl.model.values import MISSING, Missing


class Declared(ConversationFields):
    """`id` is the conversation's; only the fields that are given change."""

    id: str
    status: Annotated[str, OneOf(("open", "snoozed", "done"))] | Missing = MISSING
    snooze: OptionalObject = MISSING
    spam: bool | Missing = MISSING
    locked: bool | Missing = MISSING
    ended: bool | Missing = MISSING
    ended_reason: OptionalText = MISSING


@action("kustomer.conversation.update", label="Conversation: Update", output=CONVERSATION)
def perform(params: Declared, world: World) -> Warned:
    """Change a conversation: given fields replace the old ones, `custom` is merged, null clears.

    `tags` are replaced as a whole; one that is not there yet is made.
    """
    given = given_fields(params)
    conversation = find("conversation", given.pop("id"), world)
    body, warnings = read_body(given, world)
    return Warned(update(conversation, body, world), warnings)
