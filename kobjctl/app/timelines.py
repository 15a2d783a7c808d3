"""The timeline of a customer (`platform/data.md` section 6)."""

from typing import NamedTuple

from kobjctl.actions.base import World
from kobjctl.app import customers
from kobjctl.app.records import Around, around
from kobjctl.model.customer import Customer
from kobjctl.model.kinds import CoreRecord
from kobjctl.model.kobject import KObject


class Timeline(NamedTuple):
    """A customer, and its KObjects, conversations and notes that are in no conversation, the
    last changed first.
    """

    customer: Customer
    items: tuple[KObject | Around, ...]


def timeline(world: World, reference: str, limit: int) -> Timeline:
    """Give a customer's timeline, its last `limit` items; raises UnknownNameError."""
    customer = customers.find(world, reference)
    records = [
        record
        for kind in ("conversation", "note")
        for record in world.store.records(kind).last_changed(customer.id, limit)
    ]
    items: list[KObject | CoreRecord] = [
        *world.store.kobjects.of_customer(customer.id, limit),
        *records,
    ]
    items.sort(key=lambda item: item.updated_at, reverse=True)
    return Timeline(
        customer,
        tuple(item if isinstance(item, KObject) else around(world, item) for item in items[:limit]),
    )
