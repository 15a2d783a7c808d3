"""Tag: Delete."""

from kobjctl.actions.base import Result, World, action
from kobjctl.actions.core_records import delete
from kobjctl.actions.outputs import DELETED
from kobjctl.actions.params import Params


class Declared(Params):
    """`id` of the tag."""

    id: str


@action("kustomer.tag.delete", label="Tag: Delete", output=DELETED, confirmed=False)
def perform(params: Declared, world: World) -> Result:
    """Delete a tag; conversations that have it keep its id. The output has the id."""
    return delete("tag", params.id, world)
