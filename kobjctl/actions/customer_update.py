"""Customer: Update."""

from kobjctl.actions import events
from kobjctl.actions.base import Warned, World, action
from kobjctl.actions.customer_fields import MERGED, CustomerFields, read_body
from kobjctl.actions.outputs import CUSTOMER
from kobjctl.actions.params import given_fields
from kobjctl.model.custom import merge_custom
from kobjctl.model.errors import NotFoundError


class Declared(CustomerFields):
    """`id` is the customer's; only the fields that are given change."""

    id: str


@action("kustomer.customer.update", label="Customer: Update", output=CUSTOMER)
def perform(params: Declared, world: World) -> Warned:
    """Change a customer: given fields replace the old ones, `custom` is merged, null clears."""
    customer = world.store.customers.get(params.id)
    if customer is None:
        raise NotFoundError(f'no customer has the id "{params.id}"', parameter="id")
    given = given_fields(params)
    del given["id"]
    for single, kind in MERGED.items():
        # A single value joins those that the customer has; only a list replaces them.
        if single in given:
            given.setdefault(kind, customer.given.get(kind))
    body, warnings = read_body(given, world)
    if "custom" in body:
        body["custom"] = merge_custom(customer.given.get("custom"), body["custom"])
    now = world.now()
    changed = customer._replace(
        given=customer.given | body,
        company=given.get("company", customer.company),
        rev=customer.rev + 1,
        updated_at=now,
        modified_at=now,
        last_activity_at=now,
    )
    world.store.customers.replace(changed)
    events.updated(world, "customer", customer, changed)
    return Warned(changed, warnings)
