"""Conversation: Lookup (By Id)."""

from kobjctl.actions.base import World, action
from kobjctl.actions.core_outputs import CONVERSATION
from kobjctl.actions.params import Params
from kobjctl.model.kinds import CoreRecord


class Declared(Params):
    """`id` of the conversation."""

    id: str


@action(
    "kustomer.conversation.find-by-id",
    label="Conversation: Lookup (By Id)",
    output=CONVERSATION,
    lookup=True,
)
def perform(params: Declared, world: World) -> CoreRecord | None:
    """Find a conversation by id; finding none is no error, the output is then empty."""
    return world.store.records("conversation").get(params.id)
