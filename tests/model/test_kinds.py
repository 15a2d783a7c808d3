"""The resources of companies, conversations, messages, notes, users and tags."""

import json

import pytest

from kobjctl.model.kinds import CORE_KINDS as KINDS
from kobjctl.model.kinds import STANDARD_KLASSES
from kobjctl.model.kinds.core_record import CoreRecord
from kobjctl.model.record import flatten

ORG = "581392b55ac7a2110099d9c8"
ID = "62a85b5df3cac1f924b02744"
CUSTOMER = "5f75c63cd5c0384ad82a17aa"
TALK = "5f75c63cd5c0384ad82a17ae"
THEN = "2022-06-14T09:56:45.152Z"
LATER = "2022-06-15T00:00:00.000Z"
AUTHOR = "ffffffffffffffffffffffff"
ORG_RELATION = {"links": {"self": f"/v1/orgs/{ORG}"}, "data": {"type": "org", "id": ORG}}


def record(kind, given=None, relations=None, **others):
    return CoreRecord(kind, ID, given or {}, relations or {}, THEN, THEN, THEN, **others)


def relation(kind, route, record_id):
    return {"links": {"self": f"/v1/{route}/{record_id}"}, "data": {"type": kind, "id": record_id}}


AUTHORS = {name: relation("user", "users", AUTHOR) for name in ("createdBy", "modifiedBy")}

# manual/platform.md 8.6: a recorded event, as far as a local org has its values.
CONVERSATION = {
    "name": "Late parcel",
    "channels": [],
    "status": "open",
    "messageCount": 0,
    "tags": [],
    "assignedUsers": [],
    "priority": 3,
    "defaultLang": "en_us",
    "rev": 1,
    "createdAt": THEN,
}


def test_a_new_conversation_is_the_recorded_one():
    resource = record("conversation", {"name": "Late parcel"}, {"customer": CUSTOMER}).resource(ORG)

    # As JSON: false is not 0.
    assert json.dumps(CONVERSATION) == json.dumps(
        {key: resource["attributes"][key] for key in CONVERSATION}
    )
    assert ["type", "id", "attributes", "relationships", "links"] == list(resource)
    assert ("conversation", ID) == (resource["type"], resource["id"])
    assert {"self": f"/v1/conversations/{ID}"} == resource["links"]
    assert {
        "org": ORG_RELATION,
        "customer": relation("customer", "customers", CUSTOMER),
        **AUTHORS,
        "messages": {"links": {"self": f"/v1/conversations/{ID}/messages"}},
    } == resource["relationships"]


def test_the_queue_of_a_conversation_is_a_relationship_and_no_attribute():
    resource = record("conversation", {"queue": TALK}, {"customer": CUSTOMER}).resource(ORG)

    assert relation("queue", "routing/queues", TALK) == resource["relationships"]["queue"]
    assert "queue" not in resource["attributes"]
    assert TALK == flatten(resource)["queue"]


def test_who_wrote_a_message_is_the_user_who_is_given():
    relationships = record("message", {"createdBy": TALK}).resource(ORG)["relationships"]

    assert relation("user", "users", TALK) == relationships["createdBy"]
    assert relation("user", "users", AUTHOR) == relationships["modifiedBy"]


def test_a_queue_that_was_cleared_is_nowhere():
    resource = record("conversation", {"queue": None}).resource(ORG)

    assert "queue" not in resource["attributes"]
    assert "queue" not in resource["relationships"]


def test_a_note_is_the_recorded_response_key_for_key():
    note = record("note", {"body": "New Note"}, {"customer": CUSTOMER, "conversation": TALK})

    assert {
        "type": "note",
        "id": ID,
        "attributes": {
            "body": "New Note",
            "createdAt": THEN,
            "updatedAt": THEN,
            "modifiedAt": THEN,
        },
        "relationships": {
            "org": ORG_RELATION,
            "customer": relation("customer", "customers", CUSTOMER),
            "conversation": relation("conversation", "conversations", TALK),
            **AUTHORS,
            "userMentions": {"data": []},
        },
        "links": {"self": f"/v1/notes/{ID}"},
    } == note.resource(ORG)


def test_a_flattened_message_names_its_customer_and_conversation():
    message = record(
        "message",
        {"channel": "email", "app": "postmark", "sentAt": THEN, "direction": "out"},
        {"customer": CUSTOMER, "conversation": TALK},
        rev=2,
    )

    assert {
        "id": ID,
        "size": 0,
        "direction": "out",
        "status": "received",
        "directionType": "initial-in",
        "sentiment": {"polarity": 0, "confidence": 0},
        "meta": {},
        "assignedTeams": [],
        "assignedUsers": [],
        "auto": False,
        "redacted": False,
        "createdByTeams": [],
        "reactions": [],
        "intentDetections": [],
        "channel": "email",
        "app": "postmark",
        "sentAt": THEN,
        "createdAt": THEN,
        "updatedAt": THEN,
        "modifiedAt": THEN,
        "rev": 2,
        "org": ORG,
        "customer": CUSTOMER,
        "conversation": TALK,
        "createdBy": AUTHOR,
        "modifiedBy": AUTHOR,
    } == flatten(message.resource(ORG))


def test_a_note_names_whom_it_mentions_as_relations():
    mentions = [{"user": CUSTOMER}, {"team": TALK}]
    resource = record("note", {"userMentions": mentions}).resource(ORG)

    assert "userMentions" not in resource["attributes"]
    assert [{"type": "user", "id": CUSTOMER}, {"type": "team", "id": TALK}] == resource[
        "relationships"
    ]["userMentions"]["data"]
    assert [CUSTOMER, TALK] == flatten(resource)["userMentions"]


def test_what_was_written_takes_the_place_of_what_is_blank():
    given = {"status": "done", "tags": [TALK], "custom": {"aStr": "b"}, "defaultLang": None}
    changed = record("conversation", given, rev=3)._replace(updated_at=LATER)

    attributes = changed.resource(ORG)["attributes"]

    assert given == {key: attributes[key] for key in given}
    assert (3, THEN, LATER, THEN) == (
        attributes["rev"],
        attributes["createdAt"],
        attributes["updatedAt"],
        attributes["modifiedAt"],
    )


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_route_and_its_type(kind):
    resource = record(kind).resource(ORG)

    assert kind == resource["type"] == KINDS[kind].name
    assert {"self": f"/v1/{KINDS[kind].plural}/{ID}"} == resource["links"]
    assert KINDS[kind].blank.keys() <= flatten(resource).keys()
    assert KINDS[kind].revised is ("rev" in resource["attributes"])


def test_the_standard_klasses_are_those_of_the_platform():
    # manual/platform.md 9.5
    assert {"customer", "company", "conversation", "message", "user"} == set(STANDARD_KLASSES)


def test_the_kinds_that_a_workflow_may_listen_to_have_events():
    emitting = {kind.name for kind in KINDS.values() if kind.emits}

    # manual/platform.md 8.6
    assert {"company", "conversation", "message", "note"} == emitting


def test_a_record_that_is_shown_is_not_changed():
    conversation = record("conversation", {"queue": TALK})
    before = json.dumps(conversation.given)

    conversation.resource(ORG)["attributes"]["tags"] = ["x"]

    assert before == json.dumps(conversation.given)
    assert [] == record("conversation").resource(ORG)["attributes"]["tags"]
