"""Custom Object (KObject): Lookup (By External Id)."""

from kobjctl.actions.base import World, action
from kobjctl.actions.outputs import KOBJECT
from kobjctl.actions.params import Params
from kobjctl.model.kobject import KObject


class Declared(Params):
    """`klassName`, and the `externalId` that is unique in it."""

    klass_name: str
    external_id: str


@action(
    "kustomer.kobject.find-by-external-id",
    label="Custom Object (KObject): Lookup (By External Id)",
    output=KOBJECT,
    lookup=True,
)
def perform(params: Declared, world: World) -> KObject | None:
    """Find a KObject by external id; finding none is no error, the output is then empty."""
    return world.store.kobjects.find(params.klass_name, params.external_id)
