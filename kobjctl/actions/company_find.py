"""Company: Lookup."""

from kobjctl.actions.base import World, action
from kobjctl.actions.core_outputs import COMPANY
from kobjctl.actions.params import Params
from kobjctl.model.kinds import CoreRecord


class Declared(Params):
    """`identifier` is the company's id."""

    identifier: str


@action("kustomer.company.find", label="Company: Lookup", output=COMPANY, lookup=True)
def perform(params: Declared, world: World) -> CoreRecord | None:
    """Find a company by id; finding none is no error, the output is then empty."""
    return world.store.records("company").get(params.identifier)
