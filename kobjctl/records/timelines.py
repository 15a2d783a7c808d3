"""The timeline of a customer (`manual/platform.md 9.12`)."""

from typing import TYPE_CHECKING, NamedTuple

from kobjctl.model.customer import Customer
from kobjctl.model.kinds import CORE_KINDS
from kobjctl.model.kinds.core_record import CoreRecord
from kobjctl.model.kobject import KObject
from kobjctl.records import lookup
from kobjctl.records.details import RecordDetails, details

if TYPE_CHECKING:
    from kobjctl.store.store import Store


class Timeline(NamedTuple):
    """A customer, and its KObjects, conversations and notes that are in no conversation, the
    last changed first.
    """

    customer: Customer
    items: tuple[KObject | RecordDetails, ...]


def timeline(store: "Store", reference: str, limit: int) -> Timeline:
    """Return a customer's timeline, its last `limit` items; raises UnknownNameError."""
    customer = lookup.customer(store, reference)
    records = [
        record
        for kind in CORE_KINDS.values()
        if kind.on_timeline
        for record in store.records(kind.name).last_changed(customer.id, limit)
    ]
    items: list[KObject | CoreRecord] = [
        *store.kobjects.of_customer(customer.id, limit),
        *records,
    ]
    items.sort(key=lambda item: item.updated_at, reverse=True)
    return Timeline(
        customer,
        tuple(
            item if isinstance(item, KObject) else details(store, item) for item in items[:limit]
        ),
    )
