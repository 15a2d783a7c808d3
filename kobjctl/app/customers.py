"""Customers: find one by whatever identifies it, make one, and give all that is known of it."""

from collections.abc import Iterable

from kobjctl.actions import ACTIONS
from kobjctl.actions.base import World
from kobjctl.model.customer import Customer, normalize_email, normalize_phone
from kobjctl.model.errors import BadParamError, UnknownNameError
from kobjctl.model.values import JsonObject


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


def create(world: World, fields: JsonObject) -> Customer:
    """Make a customer as the action Customer: Create does; raises what that raises."""
    with world.store.transaction():
        output, _ = ACTIONS["kustomer.customer.create"].perform(fields, world)
    return find(world, output["id"])


def known(world: World, customer: Customer) -> tuple[Customer, JsonObject, str]:
    """Give a customer with its resource and the name of its company, empty if it has none."""
    company = world.store.records("company").get(customer.company) if customer.company else None
    return customer, resource(world, customer), company.given["name"] if company else ""


def resource(world: World, customer: Customer) -> JsonObject:
    """Give what the platform's API answers of a customer."""
    klasses: Iterable[str] = world.store.kobjects.klasses_of(customer.id)
    return customer.resource(world.store.org_id, klasses)
