"""Find a record by whatever people name it by: its id, or what else is its own."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kobjctl.model.customer import Customer
from kobjctl.model.errors import BadParamError, UnknownNameError, UsageError
from kobjctl.model.kinds import KINDS
from kobjctl.model.kinds.core_record import CoreRecord
from kobjctl.model.kinds.identities import normalize_email
from kobjctl.model.klass import Klass
from kobjctl.model.kobject import KObject
from kobjctl.model.phone import normalize_phone

if TYPE_CHECKING:
    from kobjctl.store.store import Store


def customer(store: "Store", reference: str) -> Customer:
    """Return a customer by id, email, phone number or external id; raises UnknownNameError."""
    customers = store.customers
    found = customers.get(reference)
    for kind, normalize in (("emails", normalize_email), ("phones", normalize_phone)):
        if found is None:
            try:
                found = customers.find(kind, normalize(reference))
            except BadParamError:
                continue
    found = found or customers.find("externalIds", reference)
    if found is None:
        raise UnknownNameError(
            "customer",
            reference,
            customers.identity_values(),
            otherwise="name one by id, email, phone number or external id;"
            " kobjctl customer list shows them",
        )
    return found


def kobject(store: "Store", reference: str) -> KObject:
    """Return a KObject by its id, or by `KLASS/EXTERNAL-ID`; raises UnknownNameError."""
    found = store.kobjects.get(reference)
    klass_name, slash, external_id = reference.partition("/")
    if found is None and slash:
        found = store.kobjects.find(klass_name, external_id)
    if found is None:
        raise UnknownNameError(
            "KObject",
            reference,
            (),
            otherwise="name one by id or by KLASS/EXTERNAL-ID; kobjctl kobject list shows them",
        )
    return found


def klass(store: "Store", name: str) -> Klass:
    """Return a Klass by name; raises UnknownNameError."""
    found = store.klasses.get(name)
    if found is None:
        names = store.klasses.names()
        otherwise = (
            f"the klasses are {', '.join(names)}"
            if names
            else "create one: kobjctl klass create NAME"
        )
        raise UnknownNameError("klass", name, names, otherwise=otherwise)
    return found


def find(store: "Store", kind: str, reference: str) -> CoreRecord:
    """Return a record by its id, or by what else finds one of its kind.

    Raises UnknownNameError, and UsageError for a name that several have.
    """
    records = store.records(kind)
    if found := records.get(reference):
        return found
    found_by = KINDS[kind].found_by
    for attribute in found_by:
        try:
            value = KINDS[kind].by_name[attribute].read(reference)
        except BadParamError:
            continue
        several = records.named(attribute, value, 2)
        if len(several) > 1:
            raise UsageError(
                f'several {KINDS[kind].plural} have the {attribute} "{reference}"',
                hint=f"name one by its id: {', '.join(each.id for each in several)}",
            )
        if several:
            return several[0]
    raise UnknownNameError(
        kind,
        reference,
        records.names(),
        otherwise=f"name one by {KINDS[kind].ways}; kobjctl {kind} list shows them",
    )


def newest(store: "Store", kind: str, of: Mapping[str, str], limit: int) -> list[CoreRecord]:
    """Return the newest records of a kind; `of` names the customer or conversation they are of.

    Raises UnknownNameError, and UsageError when both are named.
    """
    records = store.records(kind)
    if not of:
        return records.all(limit)
    if len(of) > 1:
        raise UsageError(f"{' and '.join(of)} are both named", hint="use only one of them")
    [(relation, reference)] = of.items()
    return records.last_created(relation, related(store, relation, reference), limit)


def related(store: "Store", kind: str, reference: str) -> str:
    """Return the id of a customer or of another record that is named; raises UnknownNameError."""
    if kind == "customer":
        return customer(store, reference).id
    return find(store, kind, reference).id


def newest_kobjects(store: "Store", klass_name: str | None, limit: int) -> list[KObject]:
    """Return the newest KObjects, of one Klass if named; raises UnknownNameError."""
    if klass_name is None:
        return store.kobjects.all(limit)
    return store.kobjects.of_klass(klass(store, klass_name).name, limit)
