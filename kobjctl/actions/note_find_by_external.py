"""Note: Lookup (By External Id)."""

from kobjctl.actions.base import World, action
from kobjctl.actions.core_outputs import NOTE
from kobjctl.actions.params import Params
from kobjctl.model.kinds import CoreRecord


class Declared(Params):
    """`externalId` is the id that another system knows the note by."""

    external_id: str


@action(
    "kustomer.note.find-by-external",
    label="Note: Lookup (By External Id)",
    output=NOTE,
    lookup=True,
)
def perform(params: Declared, world: World) -> CoreRecord | None:
    """Find a note by external id; finding none is no error, the output is then empty."""
    return world.store.records("note").find("externalId", params.external_id)
