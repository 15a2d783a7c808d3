"""Customer: Create."""

from kobjctl.actions import events
from kobjctl.actions.base import Warned, World, action
from kobjctl.actions.customer_fields import CustomerFields, read_body
from kobjctl.actions.outputs import CUSTOMER
from kobjctl.actions.params import given_fields
from kobjctl.model.customer import Customer


class Declared(CustomerFields):
    """The fields of the new customer; none is required."""


@action("kustomer.customer.create", label="Customer: Create", output=CUSTOMER)
def perform(params: Declared, world: World) -> Warned:
    """Create a customer.

    Fails when an email, phone number or external id is another customer's.
    """
    given = given_fields(params)
    body, warnings = read_body(given, world)
    now = world.now()
    customer = Customer(
        id=world.new_id(),
        given={key: value for key, value in body.items() if value is not None},
        created_at=now,
        updated_at=now,
        modified_at=now,
        last_activity_at=now,
        company=given.get("company"),
    )
    world.store.customers.add(customer)
    events.created(world, "customer", customer)
    return Warned(customer, warnings)
