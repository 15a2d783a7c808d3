"""The actions on customers."""

from typing import TYPE_CHECKING

from kobjctl.actions.base import ResultWithWarnings, action
from kobjctl.actions.factories import MergeParams, RecordActions
from kobjctl.actions.stubbed import stubbed
from kobjctl.model.customer import Customer
from kobjctl.model.values import MISSING
from kobjctl.records import customers
from kobjctl.records.context import RunContext
from kobjctl.records.fields import Fields, OptionalText

if TYPE_CHECKING:
    from kobjctl.store.store import Store

_CUSTOMER = RecordActions("customer")

find = _CUSTOMER.lookup("id", verb="find", param="identifier")
find_by_email = _CUSTOMER.lookup("email")
find_by_phone = _CUSTOMER.lookup("phone")
find_by_external_id = _CUSTOMER.lookup("externalId")
find_by_facebook_id = _CUSTOMER.lookup("facebookId", params_confirmed=False)
find_by_instagram_id = _CUSTOMER.lookup("instagramId", params_confirmed=False)
find_by_twitter_id = _CUSTOMER.lookup("twitterId", params_confirmed=False)
find_by_whatsapp = _CUSTOMER.lookup("whatsapp", params_confirmed=False)
find_by_smooch_id = stubbed(
    "kustomer.customer.find-by-smooch-id",
    label="Customer: Lookup (By Smooch Id)",
    needs="what the platform knows of Smooch",
    explanation="Find a customer by smooch id",
)
create = _CUSTOMER.create(
    """Create a customer.

    Fails when an email, phone number or external id is another customer's.
    """
)
update = _CUSTOMER.update()
delete = _CUSTOMER.delete(
    """Delete a customer with all that is on its timeline; the output has the id.

    Conversations with their messages, notes and KObjects go with it. That they do is not confirmed:
    public sources leave it open.
    """
)


class NamedCustomerParams(Fields):
    """The customer, as `id` or `customer`."""

    needs_one = ("id", "customer")

    id: OptionalText = MISSING
    customer: OptionalText = MISSING

    def find(self, store: "Store") -> Customer:
        """Return the customer; raises NotFoundError."""
        named = next(each for each in (self.id, self.customer) if isinstance(each, str))
        return customers.find(named, store)


class AppendEmailParams(NamedCustomerParams):
    """The customer, and the `email` that it gets."""

    email: str


@action(
    "kustomer.customer.append-email",
    label="Customer: Append Email",
    output=_CUSTOMER.kind.output,
    params_confirmed=False,
)
def append_email(params: AppendEmailParams, context: RunContext) -> ResultWithWarnings:
    """Add an email to a customer; one that it has already is no error.

    Fails when the email is another customer's.
    """
    customer = params.find(context.org.store)
    return ResultWithWarnings(*customers.append(customer, "emails", params.email, context))


class AppendPhoneParams(NamedCustomerParams):
    """The customer, and the `phone` that it gets."""

    phone: str


@action(
    "kustomer.customer.append-phone",
    label="Customer: Append Phone",
    output=_CUSTOMER.kind.output,
    params_confirmed=False,
)
def append_phone(params: AppendPhoneParams, context: RunContext) -> ResultWithWarnings:
    """Add a phone number to a customer; one that it has already is no error.

    Fails when the number is another customer's.
    """
    customer = params.find(context.org.store)
    return ResultWithWarnings(*customers.append(customer, "phones", params.phone, context))


@action(
    "kustomer.customer.merge",
    label="Customer: Merge",
    output=_CUSTOMER.kind.output,
    params_confirmed=False,
)
def merge(params: MergeParams, context: RunContext) -> Customer:
    """Merge a customer into another, with its timeline.

    The `source` is deleted, and the output is the `target`: its values come first, lists are
    joined, and the newer of what has happened is kept. What the action gives is not confirmed.
    """
    from kobjctl.records.customer_merge import merge_customers  # noqa: PLC0415 - few workflows merge

    return merge_customers(params.source, params.target, context)
