"""Customer: Lookup (By Phone)."""

from kobjctl.actions.base import NOTHING_FOUND, Warned, World, action
from kobjctl.actions.outputs import CUSTOMER
from kobjctl.actions.params import Params
from kobjctl.model.customer import Customer, normalize_phone
from kobjctl.model.errors import BadParamError


class Declared(Params):
    """`phone` is compared without spaces, dashes and brackets."""

    phone: str


@action(
    "kustomer.customer.find-by-phone",
    label="Customer: Lookup (By Phone)",
    output=CUSTOMER,
    lookup=True,
)
def perform(params: Declared, world: World) -> Customer | Warned | None:
    """Find a customer by phone number; finding none is no error, the output is then empty."""
    try:
        phone = normalize_phone(params.phone)
    except BadParamError as error:
        return Warned(None, [f"{error.message}: {NOTHING_FOUND}"])
    return world.store.customers.find("phones", phone)
