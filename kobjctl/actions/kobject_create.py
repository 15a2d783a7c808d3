"""Custom Object (KObject): Create."""

from kobjctl.actions.base import Warned, World, action
from kobjctl.actions.kobject_fields import NewKObjectFields, create
from kobjctl.actions.outputs import KOBJECT
from kobjctl.actions.params import OptionalText
from kobjctl.model.values import MISSING


class Declared(NewKObjectFields):
    """`customer` and `company` are ids; both may be left out."""

    customer: OptionalText = MISSING
    company: OptionalText = MISSING


@action("kustomer.kobject.create", label="Custom Object (KObject): Create", output=KOBJECT)
def perform(params: Declared, world: World) -> Warned:
    """Create a KObject, on a customer's timeline if one is named."""
    return create(params, world)
