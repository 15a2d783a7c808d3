"""Customers: how one is made, changed and deleted (`manual/platform.md 9.9`)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from kobjctl.model.custom import merge_custom
from kobjctl.model.customer import Customer
from kobjctl.model.errors import NotFoundError
from kobjctl.model.kinds import IN_ORDER_OF_NEED, KINDS
from kobjctl.model.kinds.identities import IDENTITIES, identity_items
from kobjctl.model.phone import other_spellings
from kobjctl.model.values import Json, JsonObject
from kobjctl.records import events
from kobjctl.records.context import RunContext
from kobjctl.records.relations import check_custom_of, check_related

if TYPE_CHECKING:
    from kobjctl.store.store import Store

# What a single value goes into.
MERGED: Final = {each.name: each.into for each in KINDS["customer"].fields if each.into}


def create(attributes: JsonObject, context: RunContext) -> tuple[Customer, list[str]]:
    """Write a new customer; return it with warnings.

    Raises BadParamError, and ConflictError for an email, phone number or external id that is
    another customer's.
    """
    body, warnings = _read(attributes, context.org.store)
    warnings += _alike(body.get("phones"), "", context.org.store)
    now = context.org.now()
    customer = Customer(
        id=context.org.new_id(),
        given={key: value for key, value in body.items() if value is not None},
        created_at=now,
        updated_at=now,
        modified_at=now,
        last_activity_at=now,
        company=attributes.get("company"),
    )
    context.org.store.customers.add(customer)
    events.created(context, "customer", customer)
    return customer, warnings


def update(
    customer: Customer, attributes: JsonObject, context: RunContext
) -> tuple[Customer, list[str]]:
    """Write the fields of a customer that are given; return it with warnings, as `create` does.

    `custom` is merged, the rest replaces; a single email or phone number joins those that the
    customer has.
    """
    attributes = dict(attributes)
    for single, kind in MERGED.items():
        if single in attributes:
            attributes.setdefault(kind, customer.given.get(kind))
    body, warnings = _read(attributes, context.org.store)
    warnings += _alike(body.get("phones"), customer.id, context.org.store)
    if "custom" in body:
        body["custom"] = merge_custom(customer.given.get("custom"), body["custom"])
    now = context.org.now()
    changed = customer._replace(
        given=customer.given | body,
        company=attributes.get("company", customer.company),
        rev=customer.rev + 1,
        updated_at=now,
        modified_at=now,
        last_activity_at=now,
    )
    context.org.store.customers.replace(changed)
    events.updated(context, "customer", customer, changed)
    return changed, warnings


def append(
    customer: Customer, kind: str, value: str, context: RunContext
) -> tuple[Customer, list[str]]:
    """Add an email or a phone number to those of a customer; return it with warnings.

    One that it has already changes nothing. Raises as `update` does.
    """
    [new] = identity_items(kind, [value])
    items = customer.given.get(kind) or []
    key = IDENTITIES[kind].key
    if new[key] in {item[key] for item in items}:
        return customer, []
    return update(customer, {kind: [*items, new]}, context)


def delete(customer_id: str, context: RunContext) -> None:
    """Delete a customer with all that is on its timeline; raises NotFoundError."""
    store = context.org.store
    find(customer_id, store)
    for kind in reversed(IN_ORDER_OF_NEED):
        if "customer" in kind.relations and not kind.special:
            store.records(kind.name).remove_of("customer", customer_id)
    store.kobjects.remove_of(customer_id)
    store.customers.remove(customer_id)


def find(customer_id: str, store: "Store") -> Customer:
    """Return the customer with this id; raises NotFoundError."""
    customer = store.customers.get(customer_id)
    if customer is None:
        raise NotFoundError(f'no customer has the id "{customer_id}"', parameter="id")
    return customer


def _read(attributes: JsonObject, store: "Store") -> tuple[JsonObject, list[str]]:
    """Return the attributes as the platform stores them, and warnings.

    Single `email` and `phone` join their lists, `externalId` is mirrored in `externalIds`.
    Raises BadParamError for what the platform refuses.
    """
    body = {key: value for key, value in attributes.items() if key not in (*MERGED, *IDENTITIES)}
    _check_company(body.pop("company", None), store)
    for single, kind in MERGED.items():
        if attributes.get(single) is not None or kind in attributes:
            body[kind] = _identities(kind, attributes.get(single), attributes.get(kind))
    if "externalId" in attributes or "externalIds" in attributes:
        external_id, items = attributes.get("externalId"), attributes.get("externalIds")
        body["externalIds"] = _identities("externalIds", external_id, items)
    for kind in ("whatsapps", "socials"):
        if kind in attributes:
            body[kind] = attributes[kind] or []
    custom = body.get("custom")
    if not custom:
        return body, []
    return body, check_custom_of(store.klasses.get("customer"), custom, store)


def _alike(phones: list[JsonObject] | None, own_id: str, store: "Store") -> list[str]:
    """Tell of phone numbers without a `+` that may be those of other customers."""
    warnings = []
    for number in [item["phone"] for item in phones or []]:
        if number.startswith("+"):
            continue
        for spelling, other in with_other_spelling(number, store):
            if other.id != own_id:
                warnings.append(
                    f'the phone number "{number}" has no "+": it may be "{spelling}", which is'
                    f" customer {other.id}'s"
                )
    return warnings


def with_other_spelling(number: str, store: "Store") -> Iterator[tuple[str, Customer]]:
    """Yield the customers that have a phone number in another spelling, with that."""
    for spelling in other_spellings(number):
        found = store.customers.find("phones", spelling)
        if found:
            yield spelling, found


def _check_company(company: str | None, store: "Store") -> None:
    if company is not None:
        check_related("company", company, store)


def _identities(kind: str, single: str | None, items: list[Json] | None) -> list[JsonObject]:
    if single is None:
        return identity_items(kind, items or [])
    alone = identity_items(kind, [single])
    if not items:
        return alone
    key = IDENTITIES[kind].key
    stored = identity_items(kind, items)
    if alone[0][key] in {item[key] for item in stored}:
        return stored
    return identity_items(kind, [*alone, *items])
