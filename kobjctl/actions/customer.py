"""The actions on customers."""

from kobjctl.actions.factories import RecordActions

_CUSTOMER = RecordActions("customer")

find = _CUSTOMER.lookup("id", verb="find", param="identifier")
find_by_email = _CUSTOMER.lookup("email")
find_by_phone = _CUSTOMER.lookup("phone")
find_by_external_id = _CUSTOMER.lookup("externalId")
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
