"""Tag: Lookup (By Name)."""

from kobjctl.actions.base import World, action
from kobjctl.actions.core_outputs import TAG
from kobjctl.actions.params import Params
from kobjctl.model.kinds import CoreRecord


class Declared(Params):
    """`name` of the tag; case counts."""

    name: str


@action(
    "kustomer.tag.find-by-name",
    label="Tag: Lookup (By Name)",
    output=TAG,
    lookup=True,
    confirmed=False,
)
def perform(params: Declared, world: World) -> CoreRecord | None:
    """Find a tag by name; finding none is no error, the output is then empty."""
    return world.store.records("tag").find("name", params.name)
