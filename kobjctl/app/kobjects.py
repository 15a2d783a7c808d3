"""KObjects: find one, list them."""

from kobjctl.actions.base import World
from kobjctl.app import klasses
from kobjctl.model.errors import UnknownNameError
from kobjctl.model.kobject import KObject


def get(world: World, reference: str) -> KObject:
    """Give a KObject by its id, or by `KLASS/EXTERNAL-ID`; raises UnknownNameError."""
    kobject = world.store.kobjects.get(reference)
    klass, slash, external_id = reference.partition("/")
    if kobject is None and slash:
        kobject = world.store.kobjects.find(klass, external_id)
    if kobject is None:
        raise UnknownNameError(
            "KObject",
            reference,
            (),
            otherwise="name one by id or by KLASS/EXTERNAL-ID; kobjctl kobject list shows them",
        )
    return kobject


def newest(world: World, klass_name: str | None, limit: int) -> list[KObject]:
    """Give the newest KObjects, of one Klass if named; raises UnknownNameError."""
    if klass_name is None:
        return world.store.kobjects.all(limit)
    return world.store.kobjects.of_klass(klasses.get(world, klass_name).name, limit)
