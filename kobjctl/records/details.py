"""A record with what people want to see of it: names in place of ids, its last entries, its
timeline (`manual/platform.md 9.12`).
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from kobjctl.model.customer import Customer, display_name
from kobjctl.model.kinds import CORE_KINDS, KINDS
from kobjctl.model.kinds.core_record import CoreRecord
from kobjctl.model.kobject import KObject
from kobjctl.model.values import JsonObject
from kobjctl.records import lookup

if TYPE_CHECKING:
    from kobjctl.store.store import Store

LAST: Final = 5


class RecordDetails(NamedTuple):
    """A record with what people want to see of it: the names of the records it refers to by their
    ids; a company's customers; a conversation's last messages and notes, the oldest first.
    """

    record: CoreRecord
    names: Mapping[str, str]
    customers: tuple[Customer, ...] = ()
    entries: tuple[CoreRecord, ...] = ()


class CustomerDetails(NamedTuple):
    """A customer with its resource, and the name of its company, empty if it has none."""

    customer: Customer
    resource: JsonObject
    company_name: str


def customer_details(store: "Store", customer: Customer) -> CustomerDetails:
    """Return a customer with all that is known of it."""
    company = store.records("company").get(customer.company) if customer.company else None
    name = company.given["name"] if company else ""
    return CustomerDetails(customer, customer_resource(store, customer), name)


def customer_resource(store: "Store", customer: Customer) -> JsonObject:
    """Return what the platform's API answers of a customer."""
    klasses = store.kobjects.klasses_of(customer.id)
    return customer.resource(store.org_id, klasses)


def details(store: "Store", record: CoreRecord, limit: int = LAST) -> RecordDetails:
    """Return a record with what belongs to it, of each at most `limit`."""
    customers_of = store.customers.of_company
    return RecordDetails(
        record,
        _names(store, record),
        tuple(customers_of(record.id, limit)) if record.kind == "company" else (),
        tuple(_entries(store, record, limit)) if record.kind == "conversation" else (),
    )


def _entries(store: "Store", conversation: CoreRecord, limit: int) -> list[CoreRecord]:
    entries = [
        entry
        for kind in KINDS.values()
        if "conversation" in kind.relations
        for entry in store.records(kind.name).last_created("conversation", conversation.id, limit)
    ]
    # Ids are in the order of time.
    entries.sort(key=lambda entry: (entry.created_at, entry.id))
    return entries[-limit:]


def _names(store: "Store", record: CoreRecord) -> dict[str, str]:
    names: dict[str, str] = {}
    if customer_id := record.relations.get("customer"):
        customer = store.customers.get(customer_id)
        names[customer_id] = display_name(customer.given) if customer else ""
    for attribute, kind in KINDS[record.kind].references.items():
        for each in record.attributes.get(attribute) or () if kind in KINDS else ():
            named = store.records(kind).get(each)
            names[each] = named.given["name"] if named else ""
    return {record_id: name for record_id, name in names.items() if name}


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
