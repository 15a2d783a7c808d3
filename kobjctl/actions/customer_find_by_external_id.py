"""Customer: Lookup (By External Id)."""

from kobjctl.actions.base import World, action
from kobjctl.actions.outputs import CUSTOMER
from kobjctl.actions.params import Params
from kobjctl.model.customer import Customer


class Declared(Params):
    """`externalId` is the id that another system knows the customer by."""

    external_id: str


@action(
    "kustomer.customer.find-by-external-id",
    label="Customer: Lookup (By External Id)",
    output=CUSTOMER,
    lookup=True,
)
def perform(params: Declared, world: World) -> Customer | None:
    """Find a customer by external id; finding none is no error, the output is then empty."""
    return world.store.customers.find("externalIds", params.external_id)
