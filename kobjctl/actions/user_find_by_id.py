"""User: Lookup (By Id)."""

from kobjctl.actions.base import World, action
from kobjctl.actions.core_outputs import USER
from kobjctl.actions.params import Params
from kobjctl.model.kinds import CoreRecord


class Declared(Params):
    """`id` of the user."""

    id: str


@action("kustomer.user.find-by-id", label="User: Lookup (By Id)", output=USER, lookup=True)
def perform(params: Declared, world: World) -> CoreRecord | None:
    """Find a user by id; finding none is no error, the output is then empty."""
    return world.store.records("user").get(params.id)
