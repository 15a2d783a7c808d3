"""Customer: Lookup (By External Id)."""

from dataclasses import dataclass

from kobjctl.actions.base import World, action
from kobjctl.actions.outputs import CUSTOMER
from kobjctl.model.customer import Customer


@dataclass(frozen=True, slots=True)
class Params:
    """`externalId` is the id that another system knows the customer by."""

    external_id: str


@action(
    "kustomer.customer.find-by-external-id",
    label="Customer: Lookup (By External Id)",
    output=CUSTOMER,
    lookup=True,
)
def perform(params: Params, world: World) -> Customer | None:
    """Find a customer by external id; finding none is no error, the output is then empty."""
    return world.store.customers.find("externalIds", params.external_id)
