"""The actions on customers."""

from kobjctl.actions.base import ResultWithWarnings, action
from kobjctl.actions.factories import (
    EmailParams,
    ExternalIdParams,
    IdentifierParams,
    PhoneParams,
    delete_by_id,
    find_by,
)
from kobjctl.actions.outputs import CUSTOMER
from kobjctl.model.customer import normalize_email, normalize_phone
from kobjctl.records import customers
from kobjctl.records.context import World
from kobjctl.records.customers import CustomerFields
from kobjctl.records.fields import given_fields

find = find_by(
    "kustomer.customer.find",
    IdentifierParams,
    lambda context, value: context.store.customers.get(value),
    sentence="Find a customer by id",
    label="Customer: Lookup",
    output=CUSTOMER,
)
find_by_email = find_by(
    "kustomer.customer.find-by-email",
    EmailParams,
    lambda context, value: context.store.customers.find("emails", value),
    normalize=normalize_email,
    sentence="Find a customer by email",
    label="Customer: Lookup (By Email)",
    output=CUSTOMER,
)
find_by_phone = find_by(
    "kustomer.customer.find-by-phone",
    PhoneParams,
    lambda context, value: context.store.customers.find("phones", value),
    normalize=normalize_phone,
    sentence="Find a customer by phone number",
    label="Customer: Lookup (By Phone)",
    output=CUSTOMER,
)
find_by_external_id = find_by(
    "kustomer.customer.find-by-external-id",
    ExternalIdParams,
    lambda context, value: context.store.customers.find("externalIds", value),
    sentence="Find a customer by external id",
    label="Customer: Lookup (By External Id)",
    output=CUSTOMER,
)


@action("kustomer.customer.create", label="Customer: Create", output=CUSTOMER)
def create(params: CustomerFields, context: World) -> ResultWithWarnings:
    """Create a customer.

    Fails when an email, phone number or external id is another customer's.
    """
    return ResultWithWarnings(*customers.create(given_fields(params), context))


class UpdateCustomerParams(CustomerFields):
    """`id` is the customer's; only the fields that are given change."""

    id: str


@action("kustomer.customer.update", label="Customer: Update", output=CUSTOMER)
def update(params: UpdateCustomerParams, context: World) -> ResultWithWarnings:
    """Change a customer: given fields replace the old ones, `custom` is merged, null clears."""
    given = given_fields(params)
    customer = customers.find(given.pop("id"), context)
    return ResultWithWarnings(*customers.update(customer, given, context))


delete = delete_by_id(
    "kustomer.customer.delete",
    customers.delete,
    label="Customer: Delete",
    explanation="""Delete a customer with all that is on its timeline; the output has the id.

    Conversations with their messages, notes and KObjects go with it. That they do is a reading:
    public sources leave it open.
    """,
)
