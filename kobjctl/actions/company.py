"""The actions on companies."""

from kobjctl.actions.base import ResultWithWarnings, action
from kobjctl.actions.core_outputs import COMPANY
from kobjctl.actions.factories import (
    ExternalIdParams,
    IdentifierParams,
    delete_by_id,
    find_by,
    record_by,
)
from kobjctl.records import companies, core
from kobjctl.records.companies import CompanyChanges, NewCompany
from kobjctl.records.context import World
from kobjctl.records.fields import given_fields

find = find_by(
    "kustomer.company.find",
    IdentifierParams,
    record_by("company", "id"),
    sentence="Find a company by id",
    label="Company: Lookup",
    output=COMPANY,
)
find_by_external_id = find_by(
    "kustomer.company.find-by-external-id",
    ExternalIdParams,
    record_by("company", "externalId"),
    sentence="Find a company by external id",
    label="Company: Lookup (By External Id)",
    output=COMPANY,
)


@action("kustomer.company.create", label="Company: Create", output=COMPANY)
def create(params: NewCompany, context: World) -> ResultWithWarnings:
    """Create a company; fails when its external id is another company's."""
    return ResultWithWarnings(*companies.create(given_fields(params), context))


class UpdateCompanyParams(CompanyChanges):
    """`id` is the company's; only the fields that are given change."""

    id: str


@action("kustomer.company.update", label="Company: Update", output=COMPANY)
def update(params: UpdateCompanyParams, context: World) -> ResultWithWarnings:
    """Change a company: given fields replace the old ones, `custom` is merged, null clears."""
    given = given_fields(params)
    company = core.find("company", given.pop("id"), context)
    return ResultWithWarnings(*companies.update(company, given, context))


delete = delete_by_id(
    "kustomer.company.delete",
    companies.delete,
    label="Company: Delete",
    explanation=(
        "Delete a company; its customers and KObjects stay, in no company. The output has its id."
    ),
)
