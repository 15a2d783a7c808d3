"""An org with Klasses, customers, an order and a callable workflow; actions performed on it."""

import pytest

from kobjctl.actions import ACTIONS
from kobjctl.app import klasses
from kobjctl.model.workflow import Workflow

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
CALLEE = {
    "id": "673e81eb496bbd0347073e76",
    "name": "callee",
    "trigger": {
        "callable": True,
        "schema": {"properties": {"email": {"type": "string"}}, "required": ["email"]},
        "transitions": [],
    },
    "steps": [],
}
NOON = "2026-01-02T12:00:00.000Z"


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
    with world.store.transaction():
        world.store.workflows.add(Workflow.from_document(CALLEE, workflow_id=CALLEE["id"]), NOON)
    return {**ids, "order": order["id"], "callee": CALLEE["id"]}
