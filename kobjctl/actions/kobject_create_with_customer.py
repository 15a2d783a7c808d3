"""Custom Object (KObject): Create With Customer."""

from dataclasses import dataclass

from kobjctl.actions.base import Warned, World, action
from kobjctl.actions.kobject_fields import NewKObjectFields, create
from kobjctl.actions.outputs import KOBJECT


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(NewKObjectFields):
    """`customer` is the id of the customer whose timeline gets the KObject."""

    customer: str


@action(
    "kustomer.kobject.create-with-customer",
    label="Custom Object (KObject): Create With Customer",
    output=KOBJECT,
)
def perform(params: Params, world: World) -> Warned:
    """Create a KObject on a customer's timeline."""
    return create(params, world)
