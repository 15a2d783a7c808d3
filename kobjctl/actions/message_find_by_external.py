"""Message: Lookup (By External Id)."""

from kobjctl.actions.base import World, action
from kobjctl.actions.core_outputs import MESSAGE
from kobjctl.actions.params import Params
from kobjctl.model.kinds import CoreRecord


class Declared(Params):
    """`externalId` is the id that another system knows the message by."""

    external_id: str


@action(
    "kustomer.message.find-by-external",
    label="Message: Lookup (By External Id)",
    output=MESSAGE,
    lookup=True,
)
def perform(params: Declared, world: World) -> CoreRecord | None:
    """Find a message by external id; finding none is no error, the output is then empty."""
    return world.store.records("message").find("externalId", params.external_id)
