"""Klass: Lookup (By Klass Name)."""

from kobjctl.actions.base import World, action
from kobjctl.actions.outputs import KLASS
from kobjctl.actions.params import Params
from kobjctl.model.klass import Klass


class Declared(Params):
    """`klassName` of the Klass; case counts."""

    klass_name: str


@action(
    "kustomer.klass.find-by-klassname",
    label="Klass: Lookup (By Klass Name)",
    output=KLASS,
    lookup=True,
)
def perform(params: Declared, world: World) -> Klass | None:
    """Find a Klass by name; finding none is no error, the output is then empty."""
    return world.store.klasses.get(params.klass_name)
