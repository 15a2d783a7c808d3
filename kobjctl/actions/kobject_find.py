"""Custom Object (KObject): Lookup."""

from dataclasses import dataclass

from kobjctl.actions.base import World, action
from kobjctl.actions.outputs import KOBJECT
from kobjctl.model.kobject import KObject


@dataclass(frozen=True, slots=True)
class Params:
    """`klassName` and `id` of the KObject."""

    klass_name: str
    id: str


@action(
    "kustomer.kobject.find", label="Custom Object (KObject): Lookup", output=KOBJECT, lookup=True
)
def perform(params: Params, world: World) -> KObject | None:
    """Find a KObject by id; finding none of this Klass is no error, the output is then empty."""
    kobject = world.store.kobjects.get(params.id)
    return kobject if kobject and kobject.klass == params.klass_name else None
