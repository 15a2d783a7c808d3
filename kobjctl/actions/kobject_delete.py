"""Custom Object (KObject): Delete."""

from kobjctl.actions.base import World, action
from kobjctl.actions.kobject_fields import find
from kobjctl.actions.outputs import DELETED
from kobjctl.actions.params import Params
from kobjctl.model.values import JsonObject


class Declared(Params):
    """`klassName` and `id` of the KObject."""

    klass_name: str
    id: str


@action("kustomer.kobject.delete", label="Custom Object (KObject): Delete", output=DELETED)
def perform(params: Declared, world: World) -> JsonObject:
    """Delete a KObject; the output has its id."""
    kobject = find(params.klass_name, params.id, world)
    world.store.kobjects.remove(kobject.id)
    return {"id": kobject.id}
