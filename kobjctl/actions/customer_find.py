"""Customer: Lookup."""

from dataclasses import dataclass

from kobjctl.actions.base import World, action
from kobjctl.actions.outputs import CUSTOMER
from kobjctl.model.customer import Customer


@dataclass(frozen=True, slots=True)
class Params:
    """`identifier` is the customer's id."""

    identifier: str


@action("kustomer.customer.find", label="Customer: Lookup", output=CUSTOMER, lookup=True)
def perform(params: Params, world: World) -> Customer | None:
    """Find a customer by id; finding none is no error, the output is then empty."""
    return world.store.customers.get(params.identifier)
