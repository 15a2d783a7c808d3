"""Conversation: Lookup (By External Id)."""

from kobjctl.actions.base import World, action
from kobjctl.actions.core_outputs import CONVERSATION
from kobjctl.actions.params import Params
from kobjctl.model.kinds import CoreRecord


class Declared(Params):
    """`externalId` is the id that another system knows the conversation by."""

    external_id: str


@action(
    "kustomer.conversation.find-by-external-id",
    label="Conversation: Lookup (By External Id)",
    output=CONVERSATION,
    lookup=True,
)
def perform(params: Declared, world: World) -> CoreRecord | None:
    """Find a conversation by external id; finding none is no error, the output is then empty."""
    return world.store.records("conversation").find("externalId", params.external_id)
