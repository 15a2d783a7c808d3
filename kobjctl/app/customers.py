"""Customers: find one by whatever identifies it, make one, and see its timeline."""

from collections.abc import Iterable
from typing import NamedTuple

from kobjctl.actions import ACTIONS
from kobjctl.actions.base import World
from kobjctl.model.customer import Customer, normalize_email, normalize_phone
from kobjctl.model.errors import BadParamError, UnknownNameError
from kobjctl.model.kobject import KObject
from kobjctl.model.values import JsonObject


class Timeline(NamedTuple):
    """A customer, and its KObjects, the last changed first."""

    customer: Customer
    kobjects: tuple[KObject, ...]


def find(world: World, reference: str) -> Customer:
    """Give a customer by id, email, phone number or external id; raises UnknownNameError."""
    store = world.store.customers
    customer = store.get(reference)
    for kind, normalize in (("emails", normalize_email), ("phones", normalize_phone)):
        if customer is None:
            try:
                customer = store.find(kind, normalize(reference))
            except BadParamError:
                continue
    customer = customer or store.find("externalIds", reference)
    if customer is None:
        raise UnknownNameError(
            "customer",
            reference,
            store.identity_values(),
            otherwise="name one by id, email, phone number or external id;"
            " kobjctl customer list shows them",
        )
    return customer


def timeline(world: World, reference: str, limit: int) -> Timeline:
    """Give a customer's timeline; raises UnknownNameError."""
    customer = find(world, reference)
    return Timeline(customer, tuple(world.store.kobjects.of_customer(customer.id, limit)))


def create(world: World, fields: JsonObject) -> Customer:
    """Make a customer as the action Customer: Create does; raises what that raises."""
    with world.store.transaction():
        output, _ = ACTIONS["kustomer.customer.create"].perform(fields, world)
    return find(world, output["id"])


def resource(world: World, customer: Customer) -> JsonObject:
    """Give what the platform's API answers of a customer."""
    klasses: Iterable[str] = world.store.kobjects.klasses_of(customer.id)
    return customer.resource(world.store.org_id, klasses)
