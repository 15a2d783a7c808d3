"""An org with Klasses, customers, an order, a conversation and a workflow; actions on it.

The web of this org answers each request with the request itself, as JSON.
"""

import json

import pytest

from kobjctl.actions import ACTIONS
from kobjctl.actions.base import carry_out
from kobjctl.app.definitions import klasses
from kobjctl.model.web import Response
from kobjctl.model.workflow import Workflow
from kobjctl.records import services

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
                "makerId": {"target": "company"},
                "brandId": {"target": "brand"},
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
    "bob": {"emails": ["bob@example.com", "b@b.org"], "company": "$acme"},
    "eve": {"name": "Eve"},
    "fay": {
        "whatsapps": ["whatsapp:+4915"],
        "socials": [
            {"type": "twitter", "username": "fay", "userid": "t-42"},
            {"type": "facebook", "username": "fay", "userid": "f-42"},
            {"type": "instagram", "username": "fay", "userid": "i-42"},
            {"type": "pinterest", "username": "fay"},
        ],
    },
}
ACME = {"name": "Acme Inc", "externalId": "acme-1", "tags": ["b2b"], "custom": {"sizeStr": "big"}}
SUPPORT = {"name": "Support", "displayName": "Help", "icon": "lifebuoy", "externalId": "t-1"}
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
# What the conversation of Eve is made of, in this order.
TALK = {
    "vip": ("tag.create", {"name": "vip", "color": "gold"}),
    "grace": ("user.create", {"name": "Grace Hopper", "email": "Grace@Example.com"}),
    "talk": (
        "conversation.create",
        {
            "customer": "$eve",
            "name": "Late parcel",
            "externalId": "talk-1",
            "tags": ["vip"],
            "custom": {"reasonStr": "late"},
        },
    ),
    "asked": (
        "message.create",
        {
            "conversation": "$talk",
            "channel": "email",
            "app": "postmark",
            "direction": "in",
            "subject": "My parcel",
            "preview": "Where is my parcel?",
            "externalId": "mail-1",
        },
    ),
    "told": (
        "message.create",
        {
            "conversation": "$talk",
            "channel": "chat",
            "app": "chat",
            "direction": "out",
            "preview": "On its way.",
        },
    ),
    "memo": (
        "note.create",
        {"conversation": "$talk", "body": "Called the carrier", "externalId": "memo-1"},
    ),
}


def echo(request):
    """Answer a request with itself, without the headers that are the same in each."""
    headers = {key: value for key, value in request.headers if key != "user-agent"}
    body = {
        "sent": f"{request.method} {request.address}",
        "headers": headers,
        "body": request.body.decode(),
    }
    return Response(200, (("X-Echo", "yes"),), json.dumps(body).encode())


@pytest.fixture
def perform(outside, engine):
    """Perform an action by its name, without `kustomer.`; give its output and warnings."""
    outside.http = echo

    def perform(action, params):
        with engine.org.store.transaction():
            return carry_out(ACTIONS[f"kustomer.{action}"], params, engine.context(0, 1))

    return perform


@pytest.fixture
def org(engine, perform):
    """Fill the org; give the ids of what is in it by their short names."""
    klasses.create(engine.org, KLASSES)
    ids = {}

    def make(name, action, params):
        given = {
            key: ids[value[1:]] if isinstance(value, str) and value[:1] == "$" else value
            for key, value in params.items()
        }
        ids[name] = perform(action, given)[0]["id"]

    make("acme", "company.create", ACME)
    ids["support"] = services.create(engine.org, "team", SUPPORT)[0].id
    for name, given in PEOPLE.items():
        make(name, "customer.create", given)
    make("order", "kobject.create-with-customer", {**ORDER, "customer": "$ada"})
    for name, (action, params) in TALK.items():
        make(name, action, params)
    with engine.org.store.transaction():
        engine.org.store.workflows.add(
            Workflow.from_document(CALLEE, workflow_id=CALLEE["id"]), NOON
        )
    return {**ids, "callee": CALLEE["id"]}
