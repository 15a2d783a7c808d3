"""Customer: Lookup (By Email)."""

from kobjctl.actions.base import NOTHING_FOUND, Warned, World, action
from kobjctl.actions.outputs import CUSTOMER
from kobjctl.actions.params import Params
from kobjctl.model.customer import Customer, normalize_email
from kobjctl.model.errors import BadParamError


class Declared(Params):
    """`email` is compared without regard to case."""

    email: str


@action(
    "kustomer.customer.find-by-email",
    label="Customer: Lookup (By Email)",
    output=CUSTOMER,
    lookup=True,
)
def perform(params: Declared, world: World) -> Customer | Warned | None:
    """Find a customer by email; finding none is no error, the output is then empty."""
    try:
        email = normalize_email(params.email)
    except BadParamError as error:
        return Warned(None, [f"{error.message}: {NOTHING_FOUND}"])
    return world.store.customers.find("emails", email)
