"""Conversation: Find Body."""

from typing import Final

from kobjctl.actions.base import Output, World, action
from kobjctl.actions.params import Params
from kobjctl.model.values import JsonObject

_EVERY_MESSAGE: Final = -1
_OUTPUT: Final[Output] = {"id": "text", "body": "text"}


class Declared(Params):
    """`id` of the conversation."""

    id: str


@action(
    "kustomer.conversation.find-body",
    label="Conversation: Find Body",
    output=_OUTPUT,
    lookup=True,
)
def perform(params: Declared, world: World) -> JsonObject:
    """Give what was written in a conversation: the texts of its messages, the oldest first.

    Each is a line of `body`. What the action takes and gives is a reading: public sources have
    its name alone. Finding no conversation is no error, the output is then empty.
    """
    if not world.store.records("conversation").exists(params.id):
        return {}
    messages = world.store.records("message").last_created(
        "conversation", params.id, _EVERY_MESSAGE
    )
    texts = [message.given.get("preview") for message in reversed(messages)]
    return {"id": params.id, "body": "\n".join(text for text in texts if text)}
