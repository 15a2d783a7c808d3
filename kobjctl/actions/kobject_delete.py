"""Custom Object (KObject): Delete."""

from dataclasses import dataclass

from kobjctl.actions.base import World, action
from kobjctl.actions.kobject_fields import find
from kobjctl.actions.outputs import DELETED
from kobjctl.model.values import JsonObject


@dataclass(frozen=True, slots=True)
class Params:
    """`klassName` and `id` of the KObject."""

    klass_name: str
    id: str


@action("kustomer.kobject.delete", label="Custom Object (KObject): Delete", output=DELETED)
def perform(params: Params, world: World) -> JsonObject:
    """Delete a KObject; the output has its id."""
    kobject = find(params.klass_name, params.id, world)
    world.store.kobjects.remove(kobject.id)
    return {"id": kobject.id}
