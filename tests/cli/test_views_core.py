"""What a transcript would not make plain of how records are shown."""

import pytest

from kobjctl.actions import ACTIONS
from kobjctl.actions.base import carry_out
from kobjctl.cli.output.plain import render
from kobjctl.cli.views.core import record_list, record_view
from kobjctl.cli.views.record import customer_view, timeline_view
from kobjctl.model.errors import UsageError
from kobjctl.records import lookup, services
from kobjctl.records.details import customer_details, details, timeline

NONE = "5f75c63cd5c0384ad82a17ae"


@pytest.fixture
def perform(engine):
    """Perform an action by its name, without `kustomer.`; give its output."""

    def perform(action, **params):
        with engine.org.store.transaction():
            return carry_out(ACTIONS[f"kustomer.{action}"], params, engine.context(0, 1))[0]

    return perform


@pytest.fixture
def talk(perform):
    """A conversation with Ada."""
    ada = perform("customer.create", name="Ada", externalId="ada")
    return perform("conversation.create", customer=ada["id"], name="Late")


def shown(view):
    lines = []
    render(view[1], lines.append)
    return "".join(lines)


def looked_at(engine, kind, record_id):
    return shown(
        record_view(
            details(engine.org.store, lookup.find(engine.org.store, kind, record_id)), "org"
        )
    )


def test_a_conversation_is_shown_with_the_last_that_was_written(engine, perform, talk):
    for number in range(7):
        sms = {"channel": "sms", "app": "x", "preview": f"text {number}"}
        perform("message.create", conversation=talk["id"], **sms)
    perform("note.create", conversation=talk["id"], body="a note")

    lines = looked_at(engine, "conversation", talk["id"]).splitlines()

    assert ["text 3", "text 4", "text 5", "text 6", "a note"] == [
        line.split("  ")[1] for line in lines[lines.index("") + 1 :]
    ]
    found = shown(timeline_view(timeline(engine.org.store, "ada", 9), {}, "org"))
    assert "text 2" not in found
    assert "└─ Note  a note  " in found


def test_a_text_is_harmless_and_short(engine, perform, talk):
    perform("note.create", conversation=talk["id"], body="\x1b[2J" + "x" * 500)

    listed = shown(record_list("note", engine.org.store.records("note").all(9), "org"))
    in_full = looked_at(engine, "conversation", talk["id"])

    for text in (listed, in_full):
        assert "\x1b" not in text
        assert r"\x1b[2J" in text
        assert "504 characters" in text
        assert max(map(len, text.splitlines())) < 150


def test_what_has_no_name_here_is_shown_by_its_id(engine, perform, talk):
    perform("conversation.update", id=talk["id"], tags=[NONE], assignedUsers=[NONE])

    text = looked_at(engine, "conversation", talk["id"])

    assert 2 == text.count(NONE)


def test_users_are_shown_by_their_names(engine, perform, talk):
    user = perform("user.create", name="Grace", email="g@example.com")
    perform("conversation.update", id=talk["id"], assignedUsers=[user["id"]])

    assert "assigned users:    Grace\n" in looked_at(engine, "conversation", talk["id"])


def test_teams_are_shown_by_their_names_and_with_those_of_their_members(engine, perform, talk):
    user = perform("user.create", name="Grace", email="g@example.com")
    team, _ = services.create(engine.org, "team", {"name": "Support", "members": [user["id"]]})
    perform("conversation.update", id=talk["id"], assignedTeams=[team.id])

    assert "assigned teams:    Support\n" in looked_at(engine, "conversation", talk["id"])
    assert "members:  Grace\n" in looked_at(engine, "team", "Support")


def test_a_company_that_is_gone_is_shown_by_its_id(engine, perform):
    ada = perform("customer.create", name="Ada")
    customer = lookup.customer(engine.org.store, ada["id"])._replace(company=NONE)
    engine.org.store.customers.replace(customer)

    text = shown(customer_view(*customer_details(engine.org.store, customer)))

    assert f"company:        {NONE}\n" in text


def test_a_customer_without_a_company_has_no_line_of_it(engine, perform):
    ada = perform("customer.create", name="Ada")

    text = shown(
        customer_view(
            *customer_details(engine.org.store, lookup.customer(engine.org.store, ada["id"]))
        )
    )

    assert "company" not in text


@pytest.mark.parametrize(
    ("options", "assignments", "fields"),
    [
        ({}, {}, {}),
        ({"external_id": "a", "name": None}, {}, {"externalId": "a"}),
        (
            {"name": "a"},
            {"custom.aStr": "b", "custom.cNum": 1},
            {"name": "a", "custom": {"aStr": "b", "cNum": 1}},
        ),
        ({}, {"a.b.c": None, "a.d": []}, {"a": {"b": {"c": None}, "d": []}}),
        ({}, {"custom": {"aStr": "b"}, "custom.cNum": 1}, {"custom": {"aStr": "b", "cNum": 1}}),
    ],
)
def test_the_fields_of_a_record_are_read(options, assignments, fields):
    assert fields == services.assigned_fields(options, assignments)


@pytest.mark.parametrize(
    "assignments", [{"name": "b"}, {"name.first": "b"}, {"a": 1, "a.b": 2}, {"a.b": 2, "a": 1}]
)
def test_a_field_that_is_given_twice_is_refused(assignments):
    with pytest.raises(UsageError, match="twice"):
        services.assigned_fields({"name": "a"}, assignments)
