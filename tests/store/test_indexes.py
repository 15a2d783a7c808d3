"""Every lookup that a workflow can do, and every look at runs, is served by an index.

What is explained is the very SQL that the store sends, caught on its way.
"""

import json
import re
from pathlib import Path

import pytest

from kobjctl.app.definitions import hooks
from kobjctl.app.definitions.apply import apply
from kobjctl.app.runs import send as sending
from kobjctl.app.runs.execute import execute
from kobjctl.app.runs.payload import read_body
from kobjctl.app.runs.receive import receive, to_hook
from kobjctl.app.runs.recover import recover
from kobjctl.model.customer import Customer
from kobjctl.model.kinds import CORE_KINDS as KINDS
from kobjctl.model.kinds.core_record import CoreRecord
from kobjctl.model.kinds.kind import SHARED
from kobjctl.model.kobject import KObject
from kobjctl.model.run import StepLog
from kobjctl.store.runs import RunFilter

SAMPLES = Path(__file__).parents[2] / "sample_workflows"
NOON = "2026-01-02T12:00:00.000Z"
ID = "5f75a1b2c3d4e5f601234567"
CUSTOMER = Customer(ID, {"emails": [{"email": "a@b"}]}, NOON, NOON, NOON, NOON)
KOBJECT = KObject(ID, "order", {"title": "Online Order", "externalId": "7"}, NOON, NOON)
COMPANY = CoreRecord("company", ID, {"name": "Acme"}, {}, NOON, NOON, NOON)
STEP = StepLog(9, "1", "", None, "completed", None, {}, None, NOON, 0.0)

# The table of the org has one row; "constant row" is a SELECT without a table.
HARMLESS = {"SCAN o", "SCAN org", "SCAN CONSTANT ROW"}
ORDERED_BY_TEMPORARY_TREE = "USE TEMP B-TREE FOR ORDER BY"


def sent(connection, call):
    """Give the SQL that a call sends, with its values in it."""
    statements = []
    connection.set_trace_callback(statements.append)
    try:
        call()
    finally:
        connection.set_trace_callback(None)
    return statements


def explained(connection, statements):
    """Give (statement, line of its query plan) of all that can be explained."""
    return [
        (statement, line)
        for statement in statements
        if re.match(r"SELECT|INSERT|UPDATE|DELETE", statement)
        for *_, line in connection.execute(f"EXPLAIN QUERY PLAN {statement}")
    ]


def scans(plan):
    return [
        f"{line}: {statement}"
        for statement, line in plan
        if line.startswith("SCAN") and line not in HARMLESS
    ]


@pytest.fixture
def org(engine):
    """An org with the order workflow, in which one order has come in."""
    apply(engine.org, [SAMPLES])
    send(engine)
    return engine


def send(engine, number="1"):
    order = {"orderId": number, "price": "$1.25", "quantity": 2, "email": f"{number}@example.com"}
    hook = hooks.get(engine.org.store, "orders")
    payload = read_body(hook, json.dumps(order).encode(), "order.json")
    return sending.send(engine, to_hook(hook, payload))


LOOKUPS = {
    "a customer by email": lambda store: store.customers.find("emails", "1@example.com"),
    "a customer by phone": lambda store: store.customers.find("phones", "+15550100"),
    "a customer by external id": lambda store: store.customers.find("externalIds", "7"),
    "a customer by id": lambda store: store.customers.get(ID),
    "whether there is a customer": lambda store: store.customers.exists(ID),
    "a KObject by id": lambda store: store.kobjects.get(ID),
    "a KObject by Klass and external id": lambda store: store.kobjects.find("order", "7"),
    "a customer's KObjects by time": lambda store: store.kobjects.of_customer(ID, 20),
    "the Klasses of a customer's KObjects": lambda store: store.kobjects.klasses_of(ID),
    "the KObjects of a Klass by time": lambda store: store.kobjects.of_klass("order", 20),
    "how many KObjects a Klass has": lambda store: store.kobjects.count("order"),
    "a company's customers by time": lambda store: store.customers.of_company(ID, 20),
    "a company by id": lambda store: store.records("company").get(ID),
    "whether there is a company": lambda store: store.records("company").exists(ID),
    "a company by external id": lambda store: store.records("company").find("externalId", "7"),
    "a company by name": lambda store: store.records("company").find("name", "Acme"),
    "a conversation by id": lambda store: store.records("conversation").get(ID),
    "a conversation by external id": lambda store: store.records("conversation").find(
        "externalId", "7"
    ),
    "a customer's conversations by time": lambda store: store.records("conversation").last_changed(
        ID, 20
    ),
    "a message by id": lambda store: store.records("message").get(ID),
    "a message by external id": lambda store: store.records("message").find("externalId", "7"),
    "a conversation's messages by time": lambda store: store.records("message").last_created(
        "conversation", ID, 20
    ),
    "a customer's messages by time": lambda store: store.records("message").last_created(
        "customer", ID, 20
    ),
    "a note by id": lambda store: store.records("note").get(ID),
    "a note by external id": lambda store: store.records("note").find("externalId", "7"),
    "a conversation's notes by time": lambda store: store.records("note").last_created(
        "conversation", ID, 20
    ),
    "a customer's notes by time": lambda store: store.records("note").last_changed(ID, 20),
    "a user by id": lambda store: store.records("user").get(ID),
    "a user by email": lambda store: store.records("user").find("email", "a@b"),
    "a tag by id": lambda store: store.records("tag").get(ID),
    "a tag by name": lambda store: store.records("tag").find("name", "vip"),
    "a Klass by name": lambda store: store.klasses.get("order"),
    "a hook by name, id or event": lambda store: store.hooks.get("orders"),
    "a workflow by name or id": lambda store: store.workflows.get("order"),
    "the workflows that listen to an event": lambda store: store.workflows.listening("event"),
    "a payload by number": lambda store: store.events.get(1),
    "an open run": lambda store: store.runs.open(1),
    "whether a run is open": lambda store: store.runs.any_unfinished(),
    "the open runs": lambda store: store.runs.all_unfinished(),
    "the steps of a run": lambda store: store.step_log.steps(1),
    "how many steps a run has": lambda store: store.step_log.count(1),
    "a step of a run": lambda store: store.step_log.step(1, "lookup"),
    "a run by number": lambda store: store.runs.get("1"),
    "a run by id": lambda store: store.runs.get(ID),
    "runs of a workflow": lambda store: store.runs.list(RunFilter(workflow_id=ID), 20),
    "runs by status": lambda store: store.runs.list(RunFilter(status="failed"), 20),
    "runs after a number": lambda store: store.runs.list(RunFilter(after=1), 20),
    "the newest rerun": lambda store: store.runs.newest_rerun(),
    "runs to rerun": lambda store: store.runs.to_rerun(RunFilter(status="failed")),
    "the repeats of a run": lambda store: store.runs.repeats(1),
    "the last scheduled starts": lambda store: store.schedules.recent_start(1000, NOON),
    "runs of a payload": lambda store: store.runs.list(RunFilter(event_id=ID), 20),
    "runs of a workflow by status": lambda store: store.runs.list(
        RunFilter(workflow_id=ID, status="failed"), 20
    ),
}


def change_customer(store):
    store.customers.replace(store.customers.find("emails", "1@example.com"))


WRITES = {
    "a new customer": lambda store: store.customers.add(CUSTOMER),
    "a changed customer": change_customer,
    "a touched customer": lambda store: store.customers.touch(ID, NOON),
    "a customer to which something happened": lambda store: store.customers.note(CUSTOMER),
    "a deleted customer": lambda store: store.customers.remove(ID),
    "customers that leave a company": lambda store: store.customers.leave(ID),
    "KObjects that leave a company": lambda store: store.kobjects.leave(ID),
    "the KObjects of a deleted customer": lambda store: store.kobjects.remove_of(ID),
    "the messages of a deleted customer": lambda store: store.records("message").remove_of(
        "customer", ID
    ),
    "the notes of a deleted customer": lambda store: store.records("note").remove_of(
        "customer", ID
    ),
    "a new company": lambda store: store.records("company").add(COMPANY),
    "a changed company": lambda store: store.records("company").replace(COMPANY),
    "a deleted company": lambda store: store.records("company").remove(ID),
    "a new KObject": lambda store: store.kobjects.add(KOBJECT),
    "a changed KObject": lambda store: store.kobjects.replace(KOBJECT),
    "a deleted KObject": lambda store: store.kobjects.remove(ID),
    "a checkpoint": lambda store: store.runs.checkpoint(1, "test:1"),
    "the end of a run": lambda store: store.runs.finish(1, "completed", 0.1, ""),
    "the steps of a run": lambda store: store.step_log.add(1, [STEP]),
    "an example of a hook": lambda store: store.hooks.set_example(ID, {}),
    "the first example of a hook": lambda store: store.hooks.set_first_example(ID, {}),
}
BY_TIME = (
    "a customer's KObjects by time",
    "the KObjects of a Klass by time",
    "a company's customers by time",
    "a customer's conversations by time",
    "a conversation's messages by time",
    "a customer's messages by time",
    "a conversation's notes by time",
    "a customer's notes by time",
    "the workflows that listen to an event",
    "the steps of a run",
    "runs of a workflow",
    "runs by status",
)


@pytest.mark.parametrize("look", LOOKUPS.values(), ids=LOOKUPS)
def test_a_lookup_reads_no_whole_table(org, look):
    connection = org.org.store.connection

    plan = explained(connection, sent(connection, lambda: look(org.org.store)))

    assert [] == scans(plan)
    assert plan


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_a_write_reads_no_whole_table(org, write):
    connection = org.org.store.connection

    statements = sent(connection, lambda: write(org.org.store))

    assert [] == scans(explained(connection, statements))
    assert statements


@pytest.mark.parametrize("name", BY_TIME)
def test_what_comes_in_order_is_not_sorted_first(org, name):
    connection = org.org.store.connection

    plan = explained(connection, sent(connection, lambda: LOOKUPS[name](org.org.store)))

    assert ORDERED_BY_TEMPORARY_TREE not in [line for _, line in plan]


# These read a table on purpose, in the order of its rows and only as far as the limit.
NEWEST = {
    "the newest run": (lambda store: store.runs.newest(), ["SCAN r"]),
    "the newest runs": (lambda store: store.runs.list(RunFilter(), 20), ["SCAN r"]),
    "the newest customers": (lambda store: store.customers.all(20), ["SCAN customers"]),
    "the newest KObjects": (lambda store: store.kobjects.all(20), ["SCAN kobjects"]),
    **{
        f"the newest {kind.plural}": (
            lambda store, kind=kind: store.records(kind.name).all(20),
            [] if kind.table == SHARED else [f"SCAN {kind.table}"],
        )
        for kind in KINDS.values()
    },
}


@pytest.mark.parametrize(("look", "expected"), NEWEST.values(), ids=NEWEST)
def test_the_newest_are_read_from_the_end_of_their_table(org, look, expected):
    connection = org.org.store.connection

    plan = explained(connection, sent(connection, lambda: look(org.org.store)))

    assert expected == [line for _, line in plan if line.startswith("SCAN")]
    assert ORDERED_BY_TEMPORARY_TREE not in [line for _, line in plan]


@pytest.mark.parametrize("number", ["1", "2"], ids=["known customer", "new customer"])
def test_an_order_reads_no_whole_table_on_its_way(org, number):
    connection = org.org.store.connection
    hook = hooks.get(org.org.store, "orders")
    body = json.dumps({"orderId": "7", "email": f"{number}@example.com"}).encode()
    payload = read_body(hook, body, "order.json")

    def accept_and_run():
        for run in receive(org.org, to_hook(hook, payload)).numbers:
            execute(org, run)

    statements = sent(connection, accept_and_run)

    # Every secret of the org is masked in every log.
    assert {"SCAN variables: SELECT value FROM variables"} == set(
        scans(explained(connection, statements))
    )
    assert 15 < len(statements)


def test_a_look_at_left_behind_runs_reads_no_whole_table(org):
    connection = org.org.store.connection

    assert [] == scans(explained(connection, sent(connection, lambda: recover(org))))
