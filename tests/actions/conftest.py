"""An org with Klasses, two customers and an order, and a way to perform actions on it."""

import pytest

from kobjctl.actions import ACTIONS
from kobjctl.app import klasses

KLASSES = (
    {
        "name": "order",
        "icon": "cart",
        "color": "#64943E",
        "mixins": ["commentable"],
        "metadata": {
            "properties": {
                "orderIDStr": {"displayName": "Order ID"},
                "quantityNum": {},
                "sizeStr": {"enumeration": ["small", "large"]},
                "parentId": {"target": "kobject.order"},
                "buyerId": {"target": "customer"},
            }
        },
    },
    {"name": "nps"},
    {
        "name": "customer",
        "metadata": {
            "standard": True,
            "properties": {"tierStr": {"enumeration": ["gold", "silver"]}, "pointsNum": {}},
        },
    },
)
PEOPLE = {
    "ada": {
        "name": "Ada Lovelace",
        "email": "Ada@Example.com",
        "phone": "+1 (555) 123-4567",
        "externalId": "shop-1",
        "custom": {"tierStr": "gold", "pointsNum": 7},
        "tags": ["vip"],
    },
    "bob": {"emails": ["bob@example.com", "b@b.org"], "company": "5f75c63cd5c0384ad82a17ab"},
}
ORDER = {
    "klassName": "order",
    "title": "First",
    "data": {"price": 10.25},
    "externalId": "o-1",
    "description": "the first of all",
    "custom": {"orderIDStr": "1", "quantityNum": 2},
    "tags": ["new"],
}


@pytest.fixture
def perform(world):
    """Perform an action by its name, without `kustomer.`; give its output and warnings."""

    def perform(action, params):
        with world.store.transaction():
            return ACTIONS[f"kustomer.{action}"].perform(params, world)

    return perform


@pytest.fixture
def org(world, perform):
    """Fill the org; give the ids of what is in it by their short names."""
    klasses.create(world, KLASSES)
    ids = {name: perform("customer.create", given)[0]["id"] for name, given in PEOPLE.items()}
    order, _ = perform("kobject.create-with-customer", {**ORDER, "customer": ids["ada"]})
    return {**ids, "order": order["id"]}
