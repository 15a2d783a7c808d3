"""Customer: Lookup."""

from kobjctl.actions.base import World, action
from kobjctl.actions.outputs import CUSTOMER
from kobjctl.actions.params import Params
from kobjctl.model.customer import Customer


class Declared(Params):
    """`identifier` is the customer's id."""

    identifier: str


@action("kustomer.customer.find", label="Customer: Lookup", output=CUSTOMER, lookup=True)
def perform(params: Declared, world: World) -> Customer | None:
    """Find a customer by id; finding none is no error, the output is then empty."""
    return world.store.customers.get(params.identifier)
