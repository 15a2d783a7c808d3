"""The resources that the platform answers with, key for key, and their flattened form."""

import json

import pytest

from kobjctl.model.customer import Customer, display_name
from kobjctl.model.errors import BadParamError, ConflictError, NotFoundError
from kobjctl.model.event import Event
from kobjctl.model.hook import API_HOST, Hook, hook_event_name
from kobjctl.model.kinds.identities import identity_items
from kobjctl.model.klass import Attribute, Klass
from kobjctl.model.kobject import KObject
from kobjctl.model.record import check_tags, flatten

ORG = "581392b55ac7a2110099d9c8"
THEN = "2020-10-01T12:06:20.291Z"
LATER = "2020-10-02T00:00:00.000Z"
CUSTOMER_ID = "5f75c63cd5c0384ad82a17aa"
KOBJECT_ID = "5f75c63cd5c0384ad82a17ae"
ORG_RELATION = {"links": {"self": f"/v1/orgs/{ORG}"}, "data": {"type": "org", "id": ORG}}
AUTHOR = "ffffffffffffffffffffffff"
AUTHORS = {
    name: {"links": {"self": f"/v1/users/{AUTHOR}"}, "data": {"type": "user", "id": AUTHOR}}
    for name in ("createdBy", "modifiedBy")
}

# manual/platform.md 9.10: what is always present on a new record.
CUSTOMER_KEYS = [
    "displayName",
    "displayColor",
    "displayIcon",
    "externalIds",
    "sharedExternalIds",
    "emails",
    "sharedEmails",
    "phones",
    "sharedPhones",
    "whatsapps",
    "sharedWhatsapps",
    "facebookIds",
    "instagramIds",
    "socials",
    "sharedSocials",
    "urls",
    "locations",
    "activeUsers",
    "watchers",
    "recentLocation",
    "createdAt",
    "updatedAt",
    "modifiedAt",
    "lastActivityAt",
    "deleted",
    "lastConversation",
    "conversationCounts",
    "preview",
    "tags",
    "progressiveStatus",
    "verified",
    "rev",
    "recentItems",
    "satisfactionLevel",
    "roleGroupVersions",
    "accessOverride",
    "name",
    "locale",
    "gender",
]


def customer(**fields):
    given = fields.pop("given", {})
    return Customer(
        **{
            "id": CUSTOMER_ID,
            "given": given,
            "created_at": THEN,
            "updated_at": THEN,
            "modified_at": THEN,
            "last_activity_at": THEN,
            **fields,
        }
    )


def attributes(**fields):
    return customer(**fields).resource(ORG)["attributes"]


def emails(*values):
    return {"emails": identity_items("emails", list(values))}


def test_a_blank_customer_has_every_attribute_that_is_always_there():
    resource = customer().resource(ORG)

    assert ["type", "id", "attributes", "relationships", "links"] == list(resource)
    assert "customer" == resource["type"]
    assert {"self": f"/v1/customers/{CUSTOMER_ID}"} == resource["links"]
    assert set(CUSTOMER_KEYS) == resource["attributes"].keys()


@pytest.mark.parametrize("given", [{"name": "Ada"}, emails("a@b.c"), {"custom": {"aStr": "x"}}])
def test_every_new_customer_has_the_attributes_that_are_always_there(given):
    assert set(CUSTOMER_KEYS) <= attributes(given=given).keys()


def test_a_blank_customer_has_the_values_of_a_blank_customer():
    expected = {
        "recentLocation": {"updatedAt": THEN},
        "createdAt": THEN,
        "updatedAt": THEN,
        "modifiedAt": THEN,
        "lastActivityAt": THEN,
        "deleted": False,
        "lastConversation": {"channels": [], "tags": []},
        "conversationCounts": {"done": 0, "open": 0, "snoozed": 0, "all": 0},
        "preview": {},
        "tags": [],
        "progressiveStatus": None,
        "verified": False,
        "rev": 1,
        "recentItems": [],
        "satisfactionLevel": {
            "firstSatisfaction": {"sentByTeams": []},
            "lastSatisfaction": {"sentByTeams": []},
        },
        "roleGroupVersions": [],
        "accessOverride": [],
    }
    lists = CUSTOMER_KEYS[CUSTOMER_KEYS.index("externalIds") : CUSTOMER_KEYS.index("watchers") + 1]
    actual = attributes()

    # As JSON: false is not 0.
    assert json.dumps(expected) == json.dumps({key: actual[key] for key in expected})
    assert [[]] * len(lists) == [actual[key] for key in lists]


def test_a_customer_with_no_data_is_named_after_a_colour_and_a_thing():
    actual = attributes()
    color, icon = actual["displayName"].split()

    assert (color.lower(), icon.lower()) == (actual["displayColor"], actual["displayIcon"])
    assert actual == attributes()


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ({"name": "Ada Lovelace", **emails("a@b.c")}, "Ada Lovelace"),
        (emails("first@b.c", "second@b.c"), "first@b.c"),
        ({"name": "", **emails("a@b.c")}, "a@b.c"),
        ({"name": None, **emails("a@b.c")}, "a@b.c"),
        ({"name": "Ada", "emails": []}, "Ada"),
        ({"phones": identity_items("phones", ["12345"])}, ""),
        ({}, ""),
    ],
)
def test_a_customer_is_shown_by_name_else_by_first_email(given, shown):
    assert shown == display_name(given)
    assert (shown or attributes(given=given)["displayName"]) == attributes(given=given)[
        "displayName"
    ]


def test_a_customer_with_contact_data_is_verified():
    assert attributes(given=emails("a@b.c"))["verified"] is True
    assert attributes(given={"phones": identity_items("phones", ["12345"])})["verified"] is True
    assert attributes(given={"emails": []})["verified"] is False
    assert attributes(given={"name": "Ada"})["verified"] is False


def test_what_was_written_takes_the_place_of_what_is_blank():
    actual = attributes(
        given={"tags": ["vip"], "externalId": "x", "custom": {"aStr": "b"}, **emails("a@b.c")},
        rev=3,
        updated_at=LATER,
        last_customer_activity_at=LATER,
        recent=({"type": "kobject", "id": KOBJECT_ID},),
    )

    assert ["vip"] == actual["tags"]
    assert "x" == actual["externalId"]
    assert {"aStr": "b"} == actual["custom"]
    assert 3 == actual["rev"]
    assert (THEN, LATER, LATER) == (
        actual["modifiedAt"],
        actual["updatedAt"],
        actual["lastCustomerActivityAt"],
    )
    assert [{"type": "kobject", "id": KOBJECT_ID}] == actual["recentItems"]


def test_what_never_happened_is_absent():
    absent = {
        "custom",
        "firstName",
        "externalId",
        "companyId",
        "lastCustomerActivityAt",
        "lastSeenAt",
    }

    assert set() == absent & attributes().keys()


def test_a_customer_has_relationships_to_its_org_its_messages_and_each_klass():
    relationships = customer(company="5f75c63cd5c0384ad82a17ab").resource(ORG, ["nps", "order"])

    assert {
        "org": ORG_RELATION,
        **AUTHORS,
        "messages": {"links": {"self": f"/v1/customers/{CUSTOMER_ID}/messages"}},
        "company": {
            "links": {"self": "/v1/companies/5f75c63cd5c0384ad82a17ab"},
            "data": {"type": "company", "id": "5f75c63cd5c0384ad82a17ab"},
        },
        "npss": {
            "links": {"self": f"/v1/customers/{CUSTOMER_ID}/klasses/npss"},
            "meta": {"kobject": True},
        },
        "orders": {
            "links": {"self": f"/v1/customers/{CUSTOMER_ID}/klasses/orders"},
            "meta": {"kobject": True},
        },
    } == relationships["relationships"]


def test_a_flattened_customer_has_its_id_attributes_and_related_ids():
    resource = customer(company="5f75c63cd5c0384ad82a17ab").resource(ORG, ["order"])
    flat = flatten(resource)

    assert CUSTOMER_ID == flat["id"]
    assert ORG == flat["org"]
    assert "5f75c63cd5c0384ad82a17ab" == flat["company"] == flat["companyId"]
    assert {"id", "org", "company", *AUTHORS, *resource["attributes"]} == flat.keys()


def test_a_flattened_record_has_the_ids_of_several_and_its_attribute_before_a_relation():
    resource = {
        "id": KOBJECT_ID,
        "attributes": {"sla": {"breached": True}},
        "relationships": {
            "sla": {"data": {"type": "sla", "id": CUSTOMER_ID}},
            "attachments": {"data": [{"type": "attachment", "id": CUSTOMER_ID}, {"type": "x"}]},
            "messages": {"links": {"self": "/v1/conversations/x/messages"}},
        },
    }

    assert {
        "id": KOBJECT_ID,
        "sla": {"breached": True},
        "attachments": [CUSTOMER_ID],
    } == flatten(resource)


def test_a_kobject_is_the_recorded_response_key_for_key():
    custom = {
        "orderIdNum": 1,
        "orderCreatedAt": "2020-10-01T12:06:19.825Z",
        "orderNumberStr": "R11111111",
    }
    kobject = KObject(
        id=KOBJECT_ID,
        klass="order",
        given={"title": "Order", "icon": "shopping", "custom": custom},
        created_at=THEN,
        updated_at=THEN,
        customer=CUSTOMER_ID,
    )

    assert {
        "type": "kobject.order",
        "id": KOBJECT_ID,
        "attributes": {
            "title": "Order",
            "icon": "shopping",
            "images": [],
            "custom": custom,
            "tags": [],
            "updatedAt": THEN,
            "createdAt": THEN,
            "rev": 1,
            "roleGroupVersions": [],
        },
        "relationships": {
            "org": ORG_RELATION,
            "klass": {
                "link": {"self": "/v1/klasses/order"},
                "data": {"type": "klass", "id": "order"},
            },
            "customer": {
                "links": {"self": f"/v1/customers/{CUSTOMER_ID}"},
                "data": {"type": "customer", "id": CUSTOMER_ID},
            },
        },
        "links": {"self": f"/v1/klasses/orders/{KOBJECT_ID}"},
    } == kobject.resource(ORG)


def test_a_kobject_of_nobody_has_no_relationship_to_a_customer():
    kobject = KObject(KOBJECT_ID, "Calendly_App-event", {"title": "x"}, THEN, THEN)
    resource = kobject.resource(ORG)

    assert ["org", "klass"] == list(resource["relationships"])
    assert "kobject.Calendly_App-event" == resource["type"]
    assert {"self": f"/v1/klasses/Calendly_App-events/{KOBJECT_ID}"} == resource["links"]


def test_a_flattened_kobject_names_its_klass_customer_and_company():
    kobject = KObject(
        id=KOBJECT_ID,
        klass="order",
        given={"title": "x", "data": {"a": 1}, "tags": ["vip"], "externalId": "7"},
        created_at=THEN,
        updated_at=LATER,
        rev=2,
        customer=CUSTOMER_ID,
        company="5f75c63cd5c0384ad82a17ab",
    )

    assert {
        "id": KOBJECT_ID,
        "images": [],
        "custom": {},
        "tags": ["vip"],
        "title": "x",
        "data": {"a": 1},
        "externalId": "7",
        "updatedAt": LATER,
        "createdAt": THEN,
        "rev": 2,
        "roleGroupVersions": [],
        "org": ORG,
        "klass": "order",
        "customer": CUSTOMER_ID,
        "company": "5f75c63cd5c0384ad82a17ab",
    } == flatten(kobject.resource(ORG))


def test_a_cleared_field_comes_back_as_null():
    kobject = KObject(KOBJECT_ID, "order", {"title": "x", "description": None}, THEN, THEN)

    assert None is kobject.resource(ORG)["attributes"]["description"]


def klass(**fields):
    definition = {"name": "order", **fields}
    return Klass.from_definition(definition, klass_id=KOBJECT_ID, created_at=THEN, updated_at=LATER)


def test_a_klass_is_the_documented_response_key_for_key():
    full = klass(displayName="Order", icon="basket", color="#64943E", mixins=["assignable"])

    assert {
        "type": "klass",
        "id": KOBJECT_ID,
        "attributes": {
            "name": "order",
            "displayName": "Order",
            "icon": "basket",
            "color": "#64943E",
            "appDisabled": False,
            "status": "enabled",
            "mixins": ["assignable"],
            "updatedAt": LATER,
            "createdAt": THEN,
        },
        "relationships": {
            "org": ORG_RELATION,
            "kobjects": {"links": {"self": "/v1/klasses/orders"}},
        },
        "links": {"self": f"/v1/klasses/{KOBJECT_ID}"},
    } == full.resource(ORG)


def test_optional_fields_of_a_klass_are_absent_until_they_are_set():
    bare = klass().resource(ORG)["attributes"]

    assert set() == {"icon", "color", "mixins"} & bare.keys()
    assert ("enabled", "Order") == (bare["status"], bare["displayName"])


def test_a_klass_is_its_own_definition():
    definition = {
        "name": "customer",
        "displayName": "Customer",
        "icon": "account",
        "status": "disabled",
        "mixins": ["commentable"],
        "metadata": {
            "standard": True,
            "properties": {
                "sizeStr": {
                    "type": "string",
                    "displayName": "Size",
                    "enumeration": ["small", "large"],
                    "modifiedAt": THEN,
                },
                "countNum": {"type": "number", "displayName": "How many"},
                "vipBool": {"type": "boolean", "displayName": "VIP"},
                "ordersId": {
                    "type": "string",
                    "displayName": "Orders",
                    "target": "kobject.order",
                    "multi": True,
                },
                "reasonTree": {
                    "type": "string",
                    "displayName": "Reason",
                    "tree": {"children": [{"id": "a"}]},
                },
            },
        },
    }

    assert definition == klass(**definition).definition()


def test_the_metadata_of_an_attribute_may_leave_everything_out():
    assert {"type": "number", "displayName": "Total Orders"} == Attribute.from_json(
        "totalOrdersNum", {}
    ).as_json()
    assert {"type": "string", "displayName": "Created"} == Attribute.from_json(
        "createdAt", {"displayName": None, "enumeration": None, "target": None, "multi": None}
    ).as_json()


def test_a_form_transaction_is_the_guides_example_key_for_key_in_its_order():
    body = {"orderId": "1234", "price": "$10.25", "quantity": 2, "email": "test@example.com"}
    event = Event(
        name="kustomer.hooks.form.5a345109e578360010eaa1ad.receive",
        id="a5c3694a5d1ab8ffee5b2b0e",
        number=1,
        hook_id="5a345109e578360010eaa1ad",
        hook_type="form",
        org_id="581392b55ac7a2110099d9c8",
        data=body,
        created_at="2017-12-22T05:23:02.138Z",
    )
    guide = {
        "id": "a5c3694a5d1ab8ffee5b2b0e",
        "type": "transaction",
        "attributes": {"createdAt": "2017-12-22T05:23:02.138Z", "data": body},
        "relationships": {
            "org": {
                "data": {"type": "org", "id": "581392b55ac7a2110099d9c8"},
                "links": {"self": "/v1/org/581392b55ac7a2110099d9c8"},
            },
            "hook": {
                "data": {"type": "form_hook", "id": "5a345109e578360010eaa1ad"},
                "links": {"self": "/v1/hooks/form/5a345109e578360010eaa1ad"},
            },
        },
    }

    assert json.dumps(guide) == json.dumps(event.output())


@pytest.mark.parametrize("kind", ["web", "email"])
def test_other_transactions_name_their_kind_of_hook(kind):
    event = Event(KOBJECT_ID, 1, "a.name", None, THEN, ORG, CUSTOMER_ID, kind)
    resource = event.transaction()

    assert {
        "data": {"type": f"{kind}_hook", "id": CUSTOMER_ID},
        "links": {"self": f"/v1/hooks/{kind}/{CUSTOMER_ID}"},
    } == resource["relationships"]["hook"]
    assert {"createdAt": THEN, "data": None} == resource["attributes"]


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("form", f"{API_HOST}/v1/hooks/form/{ORG}/{'ab' * 32}"),
        ("web", f"{API_HOST}/v1/hooks/web/{'ab' * 32}"),
        ("email", f"{'ab' * 32}@hooks.kustomerapp.com"),
    ],
)
def test_a_hook_has_the_address_of_its_kind(kind, address):
    hook = Hook(KOBJECT_ID, "orders", kind, "event", "ab" * 32, THEN, THEN)

    assert address == hook.address(ORG)


def test_the_event_of_a_hook_names_its_kind_and_id():
    assert "kustomer.hooks.form.63d19dea07506a356d06d3e6.receive" == hook_event_name(
        "form", "63d19dea07506a356d06d3e6"
    )


def test_errors_have_the_observed_shape():
    assert {
        "status": 404,
        "code": "notfound",
        "title": "no klass is called x",
        "source": {"parameter": "name"},
    } == NotFoundError("no klass is called x", parameter="name").as_json()
    assert {
        "status": 400,
        "code": "badparam",
        "title": "why",
        "source": {"parameter": "aStr"},
        "detail": "/properties/custom/aStr",
    } == BadParamError("why", parameter="aStr", detail="/properties/custom/aStr").as_json()
    assert {"status": 409, "code": "conflict", "title": "taken"} == ConflictError("taken").as_json()


@pytest.mark.parametrize(
    "tags",
    [
        [],
        ["vip"],
        ["a" * 64],
        ["Größe 2", "a/b", "<x>", "_", ".", "-", "0"],
        [f"tag{n}" for n in range(20)],
    ],
)
def test_tags_that_the_platform_takes(tags):
    assert tags == check_tags(tags)


@pytest.mark.parametrize(
    "tags",
    [
        [""],
        ["a" * 65],
        [" vip"],
        ["a,b"],
        ["vip\n"],
        ["vip", "vip"],
        ["😀"],
        [None],
        [5],
        [{"name": "vip"}],
        [["vip"]],
        [f"tag{n}" for n in range(21)],
    ],
)
def test_tags_that_the_platform_refuses(tags):
    with pytest.raises(BadParamError) as caught:
        check_tags(tags)

    assert "tags" == caught.value.parameter
