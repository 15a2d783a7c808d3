"""What conversations, messages and notes leave on the records around them."""

import pytest

from kobjctl.actions import ACTIONS
from kobjctl.model.errors import PlatformError
from kobjctl.model.kinds import KINDS
from kobjctl.model.workflow import Workflow

NOON = "2026-01-02T12:00:00.000Z"
LATER = "2026-01-02T13:00:00.000Z"
SMS = {"channel": "sms", "app": "twilio"}


@pytest.fixture
def later(outside, engine, org):
    """An hour after the org was filled."""
    outside.now = lambda: LATER
    return engine


@pytest.fixture
def look(perform, org):
    """Give a record of the org as it is now, by its short name or id."""
    lookups = {"acme": "company.find", "talk": "conversation.find-by-id", "memo": "note.find-by-id"}

    def look(name):
        action = lookups.get(name, "customer.find")
        key = "identifier" if action in ("company.find", "customer.find") else "id"
        return perform(action, {key: org.get(name, name)})[0]

    return look


def changed(before, after):
    """Give what is different afterwards."""
    return {key: value for key, value in after.items() if before.get(key) != value}


def test_a_customers_message_is_counted_by_its_conversation(perform, org, look, later):
    before = look("talk")

    sent, _ = perform("message.create", {**SMS, "conversation": org["talk"], "preview": "?"})

    summary = {
        "id": sent["id"],
        "sentAt": LATER,
        "createdAt": LATER,
        "channel": "sms",
        "directionType": "followup-in",
        "meta": {},
    }
    assert {
        "messageCount": 3,
        "inboundMessageCount": 2,
        "channels": ["email", "chat", "sms"],
        "lastMessageIn": summary,
        "lastMessageAt": LATER,
        "lastMessageDirection": "in",
        "lastActivityAt": LATER,
        "updatedAt": LATER,
        "rev": before["rev"] + 1,
    } == changed(before, look("talk"))


def test_an_answer_is_counted_apart(perform, org, look, later):
    before = look("talk")

    sent, _ = perform(
        "message.create",
        {
            **SMS,
            "channel": "chat",
            "conversation": org["talk"],
            "direction": "out",
            "sentAt": "2026-01-02T12:30:00Z",
        },
    )

    after = changed(before, look("talk"))
    assert (3, 2) == (after["messageCount"], after["outboundMessageCount"])
    assert "2026-01-02T12:30:00Z" == after["lastMessageAt"]
    assert sent["id"] == after["lastMessageOut"]["id"]
    assert set() == {"inboundMessageCount", "lastMessageIn", "channels"} & after.keys()


def test_a_message_is_noted_on_its_customer(perform, org, look, later):
    before = look("eve")

    sent, _ = perform("message.create", {**SMS, "conversation": org["talk"]})

    summary = {
        "id": sent["id"],
        "sentAt": LATER,
        "createdAt": LATER,
        "channel": "sms",
        "directionType": "followup-in",
        "meta": {},
    }
    talk = {"id": org["talk"], "channels": ["email", "chat", "sms"], "tags": [org["vip"]]}
    assert {
        "lastMessageIn": summary,
        "lastMessageAt": LATER,
        "lastConversation": talk,
        "updatedAt": LATER,
        "lastActivityAt": LATER,
        "lastCustomerActivityAt": LATER,
        "recentItems": [
            {"meta": {}, "updatedAt": LATER, "type": "conversation", "id": org["talk"]}
        ],
        "rev": before["rev"] + 1,
    } == changed(before, look("eve"))


def test_an_answer_is_no_activity_of_the_customer(perform, org, look, later):
    perform("message.create", {**SMS, "conversation": org["talk"], "direction": "out"})

    assert (LATER, NOON) == (look("eve")["lastActivityAt"], look("eve")["lastCustomerActivityAt"])


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (("done", "in"), "open"),
        (("snoozed", "in"), "open"),
        (("done", "out"), "done"),
        (("snoozed", "out"), "snoozed"),
        (("open", "in"), "open"),
    ],
)
def test_what_a_customer_writes_opens_the_conversation(written, expected, perform, org, look):
    status, direction = written
    perform("conversation.update", {"id": org["talk"], "status": status})

    perform("message.create", {**SMS, "conversation": org["talk"], "direction": direction})

    assert expected == look("talk")["status"]
    counts = {"done": 0, "open": 0, "snoozed": 0, "all": 1, expected: 1}
    assert counts == look("eve")["conversationCounts"]


def test_the_conversations_of_a_customer_are_counted_by_status(perform, org, look):
    for status in ("open", "done", "done"):
        perform("conversation.create", {"customer": org["bob"], "status": status})

    assert {"done": 2, "open": 1, "snoozed": 0, "all": 3} == look("bob")["conversationCounts"]


def test_a_message_to_nowhere_begins_a_conversation_that_is_named_after_it(perform, org, look):
    given = {**SMS, "customer": org["bob"], "direction": "out", "preview": "x" * 300}

    sent, _ = perform("message.create", given)

    talk = look("talk") | perform("conversation.find-by-id", {"id": sent["conversation"]})[0]
    assert (org["bob"], 1, "out", ["sms"]) == (
        talk["customer"],
        talk["messageCount"],
        talk["direction"],
        talk["channels"],
    )
    assert "x" * 256 == talk["name"]
    assert {"done": 0, "open": 1, "snoozed": 0, "all": 1} == look("bob")["conversationCounts"]
    titled, _ = perform("message.create", {**given, "subject": "A title"})
    titled_talk, _ = perform("conversation.find-by-id", {"id": titled["conversation"]})
    assert "A title" == titled_talk["name"]


def test_notes_are_counted_and_deleted_ones_no_longer(perform, org, look, later):
    perform("note.create", {"conversation": org["talk"], "body": "x"})
    with_one_more = look("talk")["noteCount"]
    perform("note.delete", {"id": org["memo"]})

    assert (2, 1) == (with_one_more, look("talk")["noteCount"])
    assert LATER == look("talk")["updatedAt"] == look("eve")["updatedAt"]
    assert {} == look("memo")


def test_a_note_on_a_customer_is_an_item_of_its_own(perform, org, look, later):
    on_customer, _ = perform("note.create", {"customer": org["ada"], "body": "x"})

    assert [("note", on_customer["id"]), ("kobject", org["order"])] == [
        (item["type"], item["id"]) for item in look("ada")["recentItems"]
    ]


def test_items_stand_newest_first_whatever_their_kind(outside, perform, org, look, engine):
    talk, _ = perform("conversation.create", {"customer": org["ada"]})
    outside.now = lambda: LATER
    perform("kobject.update", {"klassName": "order", "id": org["order"], "title": "x"})

    assert [org["order"], talk["id"]] == [item["id"] for item in look("ada")["recentItems"]]


def test_an_update_of_a_conversation_is_a_modification_a_message_is_none(perform, org, look, later):
    perform("message.create", {**SMS, "conversation": org["talk"]})
    after_message = look("talk")["modifiedAt"]
    perform("conversation.update", {"id": org["talk"], "priority": 1})

    assert (NOON, LATER) == (after_message, look("talk")["modifiedAt"])


def test_a_deleted_customer_takes_its_timeline_along_and_nothing_else(perform, org, engine):
    perform("note.create", {"customer": org["eve"], "body": "x"})
    perform(
        "kobject.create", {"klassName": "nps", "title": "x", "data": {}, "customer": org["eve"]}
    )

    perform("customer.delete", {"id": org["eve"]})

    tables = ("customers", "kobjects", "conversations", "messages", "notes", "tags", "users")
    counts = {
        table: engine.org.store.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
        for table in tables
    }
    assert {
        "customers": 3,
        "kobjects": 1,
        "conversations": 0,
        "messages": 0,
        "notes": 0,
        "tags": 1,
        "users": 1,
    } == counts
    perform("customer.create", {"email": "eve@example.com"})


def test_the_email_of_a_deleted_customer_is_free(perform, org):
    perform("customer.delete", {"id": org["ada"]})

    again, _ = perform("customer.create", {"email": "ada@example.com"})

    assert org["ada"] != again["id"]


def test_a_deleted_company_leaves_its_customers_and_kobjects(perform, org, look):
    which = {"klassName": "order", "id": org["order"]}
    perform("kobject.update", {**which, "company": org["acme"]})

    perform("company.delete", {"id": org["acme"]})

    assert "companyId" not in look("bob")
    assert "company" not in perform("kobject.find", which)[0]
    assert {} == look("acme")


def test_a_deleted_tag_stays_on_conversations_by_its_id(perform, org, look):
    perform("tag.delete", {"id": org["vip"]})

    assert [org["vip"]] == look("talk")["tags"]
    assert ({}, []) == perform("tag.find-by-name", {"name": "vip"})


def test_a_tag_that_was_made_by_name_is_found_by_it(perform, org):
    talk, _ = perform("conversation.append-tags", {"id": org["talk"], "tags": ["new one"]})

    found, _ = perform("tag.find-by-name", {"name": "new one"})
    assert [org["vip"], found["id"]] == talk["tags"]


def test_merged_customers_have_what_both_had(perform, org, look):
    before = look("eve")

    merged, _ = perform("customer.merge", {"source": org["ada"], "target": org["eve"]})

    assert {} == look("ada")
    assert merged == look("eve")
    assert ["ada@example.com"] == [each["email"] for each in merged["emails"]]
    assert ("Eve", "gold", "shop-1") == (
        merged["name"],
        merged["custom"]["tierStr"],
        merged["externalId"],
    )
    assert before["lastMessageIn"] == merged["lastMessageIn"]
    found, _ = perform("kobject.find", {"klassName": "order", "id": org["order"]})
    assert org["eve"] == found["customer"]
    assert merged == perform("customer.find-by-email", {"email": "ada@example.com"})[0]


def test_the_target_of_a_merge_comes_first(perform, org, look):
    perform("customer.update", {"id": org["bob"], "custom": {"tierStr": "silver"}, "locale": "de"})
    perform("customer.update", {"id": org["bob"], "tags": ["loyal"], "externalId": "shop-2"})
    perform("customer.update", {"id": org["ada"], "emails": ["ada@example.com"], "locale": "en"})

    merged, _ = perform("customer.merge", {"source": org["bob"], "target": org["ada"]})

    assert ["ada@example.com", "bob@example.com", "b@b.org"] == [
        each["email"] for each in merged["emails"]
    ]
    assert ["shop-1", "shop-2"] == [each["externalId"] for each in merged["externalIds"]]
    assert ["vip", "loyal"] == merged["tags"]
    assert ("en", "gold") == (merged["locale"], merged["custom"]["tierStr"])
    assert org["acme"] == merged["companyId"]


def test_a_merged_customer_is_as_old_as_the_older(perform, org, look, later):
    young, _ = perform("customer.create", {"name": "Young", "lastSeenAt": "2026-01-02T12:30:00Z"})

    merged, _ = perform("customer.merge", {"source": org["eve"], "target": young["id"]})

    assert (NOON, LATER, LATER) == (
        merged["createdAt"],
        merged["updatedAt"],
        merged["lastActivityAt"],
    )
    assert NOON == merged["lastCustomerActivityAt"]
    assert ("Young", 1) == (merged["name"], merged["conversationCounts"]["all"])
    assert "2026-01-02T12:30:00Z" == merged["lastSeenAt"]


def test_the_conversations_of_a_merged_customer_are_the_other_s(perform, org, look):
    perform("customer.merge", {"source": org["eve"], "target": org["bob"]})

    assert org["bob"] == look("talk")["customer"]
    assert org["bob"] == look("memo")["customer"]
    assert org["talk"] == look("bob")["lastConversation"]["id"]


def test_merged_conversations_have_what_was_in_both(perform, org, look, later):
    other, _ = perform("conversation.create", {"customer": org["eve"], "tags": ["late"]})
    sent, _ = perform("message.create", {**SMS, "conversation": other["id"], "direction": "in"})
    first = look("talk")["firstMessageIn"]

    merged, _ = perform("conversation.merge", {"source": org["talk"], "target": other["id"]})

    assert {} == look("talk")
    assert merged == perform("conversation.find-by-id", {"id": other["id"]})[0]
    assert (3, 1, 2, 1) == tuple(
        merged[f"{each}Count"] for each in ("message", "note", "inboundMessage", "outboundMessage")
    )
    assert ["sms", "email", "chat"] == merged["channels"]
    assert (first, sent["id"]) == (merged["firstMessageIn"], merged["lastMessageIn"]["id"])
    assert org["told"] == merged["lastMessageOut"]["id"]
    assert (LATER, "in") == (merged["lastMessageAt"], merged["lastMessageDirection"])
    assert {org["vip"]} < set(merged["tags"])
    assert other["id"] == look("memo")["conversation"]
    assert {"done": 0, "open": 1, "snoozed": 0, "all": 1} == look("eve")["conversationCounts"]


def test_conversations_of_two_customers_are_not_merged(perform, org):
    other, _ = perform("conversation.create", {"customer": org["bob"]})

    with pytest.raises(PlatformError, match="of two customers"):
        perform("conversation.merge", {"source": org["talk"], "target": other["id"]})


def test_a_refused_message_changes_nothing(perform, org, look):
    before = look("talk"), look("eve")

    with pytest.raises(PlatformError):
        perform("message.create", {**SMS, "conversation": org["talk"], "externalId": "mail-1"})

    assert before == (look("talk"), look("eve"))


def test_the_text_of_a_conversation_leaves_out_what_has_none(perform, org):
    talk, _ = perform("conversation.create", {"customer": org["bob"]})
    for given in ({"preview": "one"}, {}, {"preview": ""}, {"preview": "two"}):
        perform("message.create", {**SMS, "conversation": talk["id"], **given})

    assert {"id": talk["id"], "body": "one\ntwo"} == perform(
        "conversation.find-body", {"id": talk["id"]}
    )[0]
    empty, _ = perform("conversation.create", {"customer": org["bob"]})
    assert "" == perform("conversation.find-body", {"id": empty["id"]})[0]["body"]


@pytest.mark.parametrize(
    ("action", "key", "lookup"),
    [
        ("company.update", "acme", "company.find-by-external-id"),
        ("conversation.update", "talk", "conversation.find-by-external-id"),
        ("message.update", "asked", "message.find-by-external"),
        ("note.update", "memo", "note.find-by-external"),
    ],
)
def test_an_external_id_that_changed_finds_no_more(action, key, lookup, perform, org):
    perform(action, {"id": org[key], "externalId": "new"})

    assert org[key] == perform(lookup, {"externalId": "new"})[0]["id"]
    for old in ("acme-1", "talk-1", "mail-1", "memo-1"):
        assert org[key] != perform(lookup, {"externalId": old})[0].get("id")


@pytest.mark.parametrize(
    ("kind", "params"),
    [
        ("customer", {}),
        ("company", {"name": "Zeta"}),
        ("conversation", {"customer": "eve"}),
        ("message", {**SMS, "conversation": "talk"}),
        ("message", {**SMS, "customer": "eve"}),
        ("note", {"body": "x", "conversation": "talk"}),
        ("note", {"body": "x", "customer": "eve"}),
        ("kobject", {"klassName": "order", "title": "x", "data": {}, "customer": "eve"}),
        ("kobject", {"klassName": "order", "title": "x", "data": {}, "company": "acme"}),
    ],
)
def test_a_new_record_changes_what_its_kind_says(kind, params, engine, org):
    relations = {name: org[value] for name, value in params.items() if name in KINDS}
    for each in KINDS:
        trigger = {"eventName": f"kustomer.{each}.update", "transitions": []}
        document = {"name": each, "enabled": True, "trigger": trigger, "steps": []}
        with engine.org.store.transaction():
            engine.org.store.workflows.add(Workflow.from_document(document, workflow_id=each), NOON)
    context = engine.context(1, 1)

    with engine.org.store.transaction():
        ACTIONS[f"kustomer.{kind}.create"].perform({**params, **relations}, context)

    noted = {name for name, always in KINDS[kind].noted_on.items() if always or name in params}
    assert {f"kustomer.{name}.update" for name in noted} == {
        each.name for each in context.outbox.emissions
    }
