"""Tag: Lookup (By Id)."""

from kobjctl.actions.base import World, action
from kobjctl.actions.core_outputs import TAG
from kobjctl.actions.params import Params
from kobjctl.model.kinds import CoreRecord


class Declared(Params):
    """`id` of the tag."""

    id: str


@action(
    "kustomer.tag.find-by-id", label="Tag: Lookup (By Id)", output=TAG, lookup=True, confirmed=False
)
def perform(params: Declared, world: World) -> CoreRecord | None:
    """Find a tag by id; finding none is no error, the output is then empty."""
    return world.store.records("tag").get(params.id)
