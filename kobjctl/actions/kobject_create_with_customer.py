"""Custom Object (KObject): Create With Customer."""

from kobjctl.actions.base import Warned, World, action
from kobjctl.actions.kobject_fields import NewKObjectFields, create
from kobjctl.actions.outputs import KOBJECT


class Declared(NewKObjectFields):
    """`customer` is the id of the customer whose timeline gets the KObject."""

    customer: str


@action(
    "kustomer.kobject.create-with-customer",
    label="Custom Object (KObject): Create With Customer",
    output=KOBJECT,
)
def perform(params: Declared, world: World) -> Warned:
    """Create a KObject on a customer's timeline."""
    return create(params, world)
