"""Company: Create."""

from typing import Annotated

from kobjctl.actions.base import Warned, World, action
from kobjctl.actions.company_fields import NAME, CompanyFields, read_body
from kobjctl.actions.core_outputs import COMPANY
from kobjctl.actions.core_records import make
from kobjctl.actions.params import given_fields


class Declared(CompanyFields):
    """The fields of the new company."""

    name: Annotated[str, NAME]


@action("kustomer.company.create", label="Company: Create", output=COMPANY)
def perform(params: Declared, world: World) -> Warned:
    """Create a company; fails when its external id is another company's."""
    body, warnings = read_body(given_fields(params), world)
    return Warned(make("company", body, world), warnings)
