"""Company: Update."""

from typing import Annotated

from kobjctl.actions.base import Warned, World, action
from kobjctl.actions.company_fields import NAME, CompanyFields, read_body
from kobjctl.actions.core_outputs import COMPANY
from kobjctl.actions.core_records import change, find
from kobjctl.actions.params import given_fields
from kobjctl.model.values import MISSING, Missing


class Declared(CompanyFields):
    """`id` is the company's; only the fields that are given change."""

    id: str
    name: Annotated[str, NAME] | Missing = MISSING


@action("kustomer.company.update", label="Company: Update", output=COMPANY)
def perform(params: Declared, world: World) -> Warned:
    """Change a company: given fields replace the old ones, `custom` is merged, null clears."""
    given = given_fields(params)
    company = find("company", given.pop("id"), world)
    body, warnings = read_body(given, world)
    return Warned(change(company, body, world), warnings)
