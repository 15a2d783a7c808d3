"""Company: Lookup (By External Id)."""

from kobjctl.actions.base import World, action
from kobjctl.actions.core_outputs import COMPANY
from kobjctl.actions.params import Params
from kobjctl.model.kinds import CoreRecord


class Declared(Params):
    """`externalId` is the id that another system knows the company by."""

    external_id: str


@action(
    "kustomer.company.find-by-external-id",
    label="Company: Lookup (By External Id)",
    output=COMPANY,
    lookup=True,
)
def perform(params: Declared, world: World) -> CoreRecord | None:
    """Find a company by external id; finding none is no error, the output is then empty."""
    return world.store.records("company").find("externalId", params.external_id)
