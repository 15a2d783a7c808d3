"""Message: Lookup (By Id)."""

from kobjctl.actions.base import World, action
from kobjctl.actions.core_outputs import MESSAGE
from kobjctl.actions.params import Params
from kobjctl.model.kinds import CoreRecord


class Declared(Params):
    """`id` of the message."""

    id: str


@action("kustomer.message.find-by-id", label="Message: Lookup (By Id)", output=MESSAGE, lookup=True)
def perform(params: Declared, world: World) -> CoreRecord | None:
    """Find a message by id; finding none is no error, the output is then empty."""
    return world.store.records("message").get(params.id)
