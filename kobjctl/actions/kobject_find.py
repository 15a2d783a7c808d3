"""Custom Object (KObject): Lookup."""

from kobjctl.actions.base import World, action
from kobjctl.actions.outputs import KOBJECT
from kobjctl.actions.params import Params
from kobjctl.model.kobject import KObject


class Declared(Params):
    """`klassName` and `id` of the KObject."""

    klass_name: str
    id: str


@action(
    "kustomer.kobject.find", label="Custom Object (KObject): Lookup", output=KOBJECT, lookup=True
)
def perform(params: Declared, world: World) -> KObject | None:
    """Find a KObject by id; finding none of this Klass is no error, the output is then empty."""
    kobject = world.store.kobjects.get(params.id)
    return kobject if kobject and kobject.klass == params.klass_name else None
