"""What actions leave in the org, beyond what they give."""

import pytest

from kobjctl.model.errors import PlatformError

NOON = "2026-01-02T12:00:00.000Z"
LATER = "2026-01-02T13:00:00.000Z"
ORDER = {"klassName": "order", "title": "Order", "data": {}}


@pytest.fixture
def later(outside, engine, org):
    """An hour after the org was filled."""
    outside.now = lambda: LATER
    return outside


def find(perform, customer_id):
    return perform("customer.find", {"identifier": customer_id})[0]


def item(kobject_id, klass="order", at=LATER):
    return {
        "meta": {"klassName": klass},
        "updatedAt": at,
        "type": "kobject",
        "id": kobject_id,
    }


@pytest.mark.parametrize("action", ["kobject.create", "kobject.create-with-customer"])
def test_a_new_kobject_is_noted_on_its_customer(action, perform, org, later):
    before = find(perform, org["ada"])

    created, _ = perform(action, {**ORDER, "customer": org["ada"]})

    assert {
        **before,
        "updatedAt": LATER,
        "lastActivityAt": LATER,
        "lastCustomerActivityAt": LATER,
        "rev": before["rev"] + 1,
        "recentItems": [item(created["id"]), item(org["order"], at=NOON)],
    } == find(perform, org["ada"])
    assert NOON == before["modifiedAt"]


def test_a_new_kobject_touches_no_other_customer(perform, org, later):
    before = find(perform, org["bob"])

    perform("kobject.create-with-customer", {**ORDER, "customer": org["ada"]})
    perform("kobject.create", ORDER)

    assert before == find(perform, org["bob"])


def test_the_items_of_a_customer_stand_newest_first(perform, org, later):
    second, _ = perform("kobject.create-with-customer", {**ORDER, "customer": org["ada"]})
    third, _ = perform(
        "kobject.create-with-customer", {**ORDER, "klassName": "nps", "customer": org["ada"]}
    )
    later.now = lambda: "2026-01-02T14:00:00.000Z"
    perform("kobject.update", {"klassName": "order", "id": org["order"], "title": "Newest"})

    assert [org["order"], third["id"], second["id"]] == [
        each["id"] for each in find(perform, org["ada"])["recentItems"]
    ]


def test_a_deleted_kobject_is_gone_everywhere(perform, org):
    perform("kobject.delete", {"klassName": "order", "id": org["order"]})

    assert ({}, []) == perform("kobject.find", {"klassName": "order", "id": org["order"]})
    assert ({}, []) == perform(
        "kobject.find-by-external-id", {"klassName": "order", "externalId": "o-1"}
    )
    assert [] == find(perform, org["ada"])["recentItems"]
    with pytest.raises(PlatformError, match=org["order"]):
        perform("kobject.delete", {"klassName": "order", "id": org["order"]})


@pytest.mark.parametrize(
    "free",
    [
        lambda perform, org: perform("kobject.delete", {"klassName": "order", "id": org["order"]}),
        lambda perform, org: perform(
            "kobject.update", {"klassName": "order", "id": org["order"], "externalId": None}
        ),
        lambda perform, org: perform(
            "kobject.update", {"klassName": "order", "id": org["order"], "externalId": "other"}
        ),
    ],
)
def test_an_external_id_that_was_freed_can_be_taken(free, perform, org):
    free(perform, org)

    created, _ = perform("kobject.create", {**ORDER, "externalId": "o-1"})

    found, _ = perform("kobject.find-by-external-id", {"klassName": "order", "externalId": "o-1"})
    assert created == found


def test_an_updated_kobject_keeps_its_birth_and_gets_a_new_rev(perform, org, later):
    changed, _ = perform("kobject.update", {"klassName": "order", "id": org["order"]})

    assert (NOON, LATER, 2) == (changed["createdAt"], changed["updatedAt"], changed["rev"])
    assert (changed, []) == perform("kobject.find", {"klassName": "order", "id": org["order"]})


def test_a_kobject_that_moves_is_on_one_timeline(perform, org, later):
    perform("kobject.update", {"klassName": "order", "id": org["order"], "customer": org["bob"]})

    assert [] == find(perform, org["ada"])["recentItems"]
    assert [item(org["order"])] == find(perform, org["bob"])["recentItems"]


def test_an_updated_customer_keeps_its_birth_and_gets_a_new_rev(perform, org, later):
    before = find(perform, org["ada"])

    changed, _ = perform("customer.update", {"id": org["ada"], "name": "Ada King"})

    assert before["rev"] + 1 == changed["rev"]
    assert (NOON, LATER, LATER) == (
        changed["createdAt"],
        changed["updatedAt"],
        changed["modifiedAt"],
    )
    assert changed == find(perform, org["ada"])


def test_a_created_customer_is_found_as_it_was_given(perform, org):
    created, _ = perform(
        "customer.create",
        {"email": "New@Example.com", "phone": "+49 30 123456", "externalId": "shop-3"},
    )

    for action, params in (
        ("customer.find", {"identifier": created["id"]}),
        ("customer.find-by-email", {"email": "new@example.com"}),
        ("customer.find-by-phone", {"phone": "+4930123456"}),
        ("customer.find-by-external-id", {"externalId": "shop-3"}),
    ):
        assert (created, []) == perform(action, params)


@pytest.mark.parametrize(
    ("changes", "lookup", "params"),
    [
        ({"emails": ["king@example.com"]}, "find-by-email", {"email": "ada@example.com"}),
        ({"emails": []}, "find-by-email", {"email": "ada@example.com"}),
        ({"emails": None}, "find-by-email", {"email": "ada@example.com"}),
        ({"phones": None}, "find-by-phone", {"phone": "+15551234567"}),
        ({"externalIds": []}, "find-by-external-id", {"externalId": "shop-1"}),
        ({"externalId": "shop-2"}, "find-by-external-id", {"externalId": "shop-1"}),
        ({"externalId": None}, "find-by-external-id", {"externalId": "shop-1"}),
    ],
)
def test_what_identified_a_customer_no_longer_finds_it(changes, lookup, params, perform, org):
    perform("customer.update", {"id": org["ada"], **changes})

    assert ({}, []) == perform(f"customer.{lookup}", params)
    perform("customer.create", {name: value for name, value in params.items() if name != "phone"})


def test_a_new_email_finds_the_customer(perform, org):
    perform("customer.update", {"id": org["ada"], "email": "King@Example.com"})

    found, _ = perform("customer.find-by-email", {"email": "king@example.com"})
    assert org["ada"] == found["id"]


@pytest.mark.parametrize(
    ("given", "clash"),
    [
        ({"whatsapps": ["whatsapp:+1555"]}, "whatsapps"),
        ({"socials": [{"type": "twitter", "username": "ada"}]}, "socials"),
    ],
)
def test_whatsapps_and_socials_are_one_customers_too(given, clash, perform, org):
    perform("customer.create", given)

    with pytest.raises(PlatformError) as caught:
        perform("customer.create", given)

    assert (409, clash) == (caught.value.status, caught.value.parameter)


def test_a_shared_email_finds_nobody_and_clashes_with_nobody(perform, org):
    perform("customer.create", {"sharedEmails": [{"email": "family@example.com"}]})
    perform("customer.create", {"sharedEmails": [{"email": "family@example.com"}]})

    assert ({}, []) == perform("customer.find-by-email", {"email": "family@example.com"})


def test_a_refused_update_changes_nothing(perform, org):
    before = find(perform, org["bob"])

    with pytest.raises(PlatformError):
        perform("customer.update", {"id": org["bob"], "name": "Bob", "emails": ["ada@example.com"]})

    assert before == find(perform, org["bob"])


def test_customers_need_no_klass_to_have_custom_values(engine, perform):
    output, warnings = perform("customer.create", {"custom": {"tierStr": "gold"}})

    assert {"tierStr": "gold"} == output["custom"]
    assert 1 == len(warnings)
    assert '"tierStr" is not declared' in warnings[0]


def test_a_klass_that_was_changed_is_checked_as_it_is_now(engine, perform, org):
    order = engine.org.store.klasses.get("order")
    changed = {
        **order.attributes,
        "sizeStr": order.attributes["sizeStr"]._replace(options=("huge",)),
    }
    engine.org.store.klasses.replace(order._replace(attributes=changed))

    perform("kobject.create", {**ORDER, "custom": {"sizeStr": "huge"}})
    with pytest.raises(PlatformError, match="its options are huge"):
        perform("kobject.create", {**ORDER, "custom": {"sizeStr": "small"}})


def test_a_kobject_over_the_size_of_a_request_gets_a_warning(perform, org):
    _, none = perform("kobject.create", {**ORDER, "data": {"text": "x" * 90_000}})
    _, warnings = perform("kobject.create", {**ORDER, "data": {"text": "x" * 110_000}})

    assert [] == none
    assert 1 == len(warnings)
    assert "unsettled" in warnings[0]
