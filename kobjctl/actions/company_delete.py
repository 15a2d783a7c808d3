"""Company: Delete."""

from kobjctl.actions.base import Result, World, action
from kobjctl.actions.core_records import delete
from kobjctl.actions.outputs import DELETED
from kobjctl.actions.params import Params


class Declared(Params):
    """`id` of the company."""

    id: str


@action("kustomer.company.delete", label="Company: Delete", output=DELETED, confirmed=False)
def perform(params: Declared, world: World) -> Result:
    """Delete a company; its customers and KObjects stay, in no company. The output has its id."""
    world.store.customers.leave(params.id)
    world.store.kobjects.leave(params.id)
    return delete("company", params.id, world)
