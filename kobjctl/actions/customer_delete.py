"""Customer: Delete."""

from kobjctl.actions.base import World, action
from kobjctl.actions.outputs import DELETED
from kobjctl.actions.params import Params
from kobjctl.model.errors import NotFoundError
from kobjctl.model.values import JsonObject


class Declared(Params):
    """`id` of the customer."""

    id: str


@action("kustomer.customer.delete", label="Customer: Delete", output=DELETED, confirmed=False)
def perform(params: Declared, world: World) -> JsonObject:
    """Delete a customer with all that is on its timeline; the output has the id.

    Conversations with their messages, notes and KObjects go with it. That they do is a reading:
    public sources leave it open.
    """
    store = world.store
    if not store.customers.exists(params.id):
        raise NotFoundError(f'no customer has the id "{params.id}"', parameter="id")
    for kind in ("message", "note", "conversation"):
        store.records(kind).remove_of("customer", params.id)
    store.kobjects.remove_of(params.id)
    store.customers.remove(params.id)
    return {"id": params.id}
