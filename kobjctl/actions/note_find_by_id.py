"""Note: Lookup (By Id)."""

from kobjctl.actions.base import World, action
from kobjctl.actions.core_outputs import NOTE
from kobjctl.actions.params import Params
from kobjctl.model.kinds import CoreRecord


class Declared(Params):
    """`id` of the note."""

    id: str


@action("kustomer.note.find-by-id", label="Note: Lookup (By Id)", output=NOTE, lookup=True)
def perform(params: Declared, world: World) -> CoreRecord | None:
    """Find a note by id; finding none is no error, the output is then empty."""
    return world.store.records("note").get(params.id)
