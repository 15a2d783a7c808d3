"""Records that a run writes start the workflows that listen, with what changed."""

import json

import pytest

from kobjctl.app.definitions import hooks
from kobjctl.app.definitions.apply import apply
from kobjctl.app.runs.payload import read_body
from kobjctl.app.runs.receive import to_hook
from kobjctl.app.runs.recover import recover
from kobjctl.app.runs.send import send
from kobjctl.store.runs import RunFilter

APP = """
hooks:
  - {name: letters, type: form}
workflows:
  - name: letter
    trigger:
      hook: letters
      transitions: [{target: customer}]
    steps:
      - id: customer
        action: kustomer.customer.create
        params: {name: Ada}
        transitions: [{target: company}]
      - id: company
        action: kustomer.company.create
        params: {name: Acme}
        transitions: [{target: rename}]
      - id: rename
        action: kustomer.company.update
        params: {id: /#steps.company.id, name: Acme Inc}
        transitions: [{target: talk}]
      - id: talk
        action: kustomer.conversation.create
        params: {customer: /#steps.customer.id, name: Late, tags: [late], status: done}
        transitions: [{target: message}]
      - id: message
        action: kustomer.message.create
        params: {conversation: /#steps.talk.id, channel: email, app: postmark, preview: "?"}
        transitions: [{target: note}]
      - id: note
        action: kustomer.note.create
        params: {conversation: /#steps.talk.id, body: x}
        transitions: [{target: reword}]
      - id: reword
        action: kustomer.note.update
        params: {id: /#steps.note.id, body: "y"}
        transitions: [{target: user}]
      - id: user
        action: kustomer.user.create
        params: {name: Bob, email: b@example.com}
        transitions: []
"""
EVENTS = [
    f"kustomer.{kind}.{what}"
    for kind in ("customer", "company", "conversation", "message", "note", "user", "tag")
    for what in ("create", "update")
]


@pytest.fixture
def heard(engine, tmp_path):
    """What each event brought, in the order of the runs that it started: (name, step 1)."""
    listeners = [
        {
            "name": event.replace(".", "-"),
            "trigger": {"eventName": event, "transitions": []},
            "steps": [],
        }
        for event in EVENTS
    ]
    (tmp_path / "app.yaml").write_text(APP)
    (tmp_path / "listeners.json").write_text(json.dumps({"workflows": listeners}))
    apply(engine.org, [tmp_path])
    hook = hooks.get(engine.org.store, "letters")
    send(engine, to_hook(hook, read_body(hook, b"{}", "x.json")))
    recover(engine)
    found = engine.org.store.runs.list(RunFilter(), 99)[::-1]
    assert ["completed"] == [run.status for run in found if run.workflow_name == "letter"]
    return [
        (run.event_name, engine.org.store.step_log.steps(run.number)[0].output)
        for run in found
        if run.workflow_name != "letter"
    ]


def of(heard, event):
    return [output for name, output in heard if name == event]


def test_each_record_that_was_made_is_told_once_and_users_and_tags_never(heard):
    names = [name for name, _ in heard]

    assert {
        **dict.fromkeys([f"kustomer.{kind}.create" for kind in ("customer", "company")], 1),
        **dict.fromkeys([f"kustomer.{kind}.create" for kind in ("conversation", "message")], 1),
        "kustomer.note.create": 1,
        "kustomer.company.update": 1,
        "kustomer.note.update": 1,
        # A message and a note.
        "kustomer.conversation.update": 2,
        # The conversation, too.
        "kustomer.customer.update": 3,
    } == {name: names.count(name) for name in names}


def test_a_created_record_is_step_1_flattened(heard):
    [talk] = of(heard, "kustomer.conversation.create")
    [message] = of(heard, "kustomer.message.create")
    [customer] = of(heard, "kustomer.customer.create")

    assert ("Late", "done", customer["id"]) == (talk["name"], talk["status"], talk["customer"])
    assert (talk["id"], customer["id"], "?") == (
        message["conversation"],
        message["customer"],
        message["preview"],
    )
    assert "changes" not in message


def test_an_update_brings_what_changed(heard):
    [company] = of(heard, "kustomer.company.update")
    [note] = of(heard, "kustomer.note.update")

    changes = company["changes"]["attributes"]
    assert {"op": "replace", "before": "Acme", "after": "Acme Inc"} == changes["name"]
    assert {"op": "replace", "before": 1, "after": 2} == changes["rev"]
    body = note["changes"]["attributes"]["body"]
    assert {"op": "replace", "before": "x", "after": "y"} == body


def test_a_new_message_changes_its_conversation_and_its_customer(heard):
    by_message, by_note = of(heard, "kustomer.conversation.update")
    _, customer, _ = of(heard, "kustomer.customer.update")

    changes = by_message["changes"]["attributes"]
    assert {"op": "replace", "before": 0, "after": 1} == changes["messageCount"]
    assert {"op": "replace", "before": "done", "after": "open"} == changes["status"]
    assert {"op": "replace", "before": [], "after": ["email"]} == changes["channels"]
    assert "noteCount" in by_note["changes"]["attributes"]
    counts = customer["changes"]["attributes"]["conversationCounts"]
    assert ({"done": 1, "open": 0}, {"done": 0, "open": 1}) == tuple(
        {key: counts[side][key] for key in ("done", "open")} for side in ("before", "after")
    )


def test_the_first_conversation_is_a_new_item_of_its_customer(heard):
    first, _, _ = of(heard, "kustomer.customer.update")

    items = first["changes"]["attributes"]["recentItems"]
    assert [] == items["before"]
    assert ["conversation"] == [item["type"] for item in items["after"]]
