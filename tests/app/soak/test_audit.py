"""The record of an org finds nothing where all is well, and each thing that can go wrong."""

from pathlib import Path

import pytest

from kobjctl.app.definitions import hooks
from kobjctl.app.definitions.apply import apply
from kobjctl.app.runs import schedules
from kobjctl.app.runs.execute import carry_out
from kobjctl.app.runs.payload import read_body
from kobjctl.app.runs.receive import receive, to_hook

from . import audit

WORKFLOWS = Path(__file__).with_name("workload.yaml")
ORDER = b'{"marker": "m", "email": "ada@example.com", "rounds": 1, "delay": 1, "fails": true}'


@pytest.fixture
def connection(engine):
    """The connection of an org that keeps a record, in which a payload came and all has ended."""
    apply(engine.org, [WORKFLOWS])
    audit.install(engine.org.store.connection)
    hook = hooks.get(engine.org.store, "orders")
    received = receive(engine.org, to_hook(hook, read_body(hook, ORDER, "order.json")))
    carry_out(engine, received)
    list(schedules.run_due(engine, "2026-01-03T12:00:00.000Z"))
    return engine.org.store.connection


def test_nothing_is_wrong_where_all_has_ended(connection):
    assert [] == [*audit.all_problems(connection), *audit.open_runs(connection)]
    assert ["m"] == list(audit.taken(connection))
    assert [["failed"]] == list(audit.ends(connection, "fragile").values())


AGAIN = (
    "INSERT INTO runs (id, event_number, workflow_id, workflow_rev, status, owner, started_at,"
    " rerun_of) SELECT lower(hex(randomblob(12))), event_number, workflow_id, workflow_rev,"
    " status, owner, started_at, {} FROM runs WHERE number = 1"
)
HARM = {
    "a payload that runs twice": (AGAIN.format("NULL"), "has 2 first runs"),
    "a run that never was": ("DELETE FROM audit_runs WHERE number = 1", "has 0 first runs"),
    "a run that ends twice": ("UPDATE runs SET status = 'failed' WHERE number = 1", "2 times"),
    "a run that never ends": ("DELETE FROM audit_ends WHERE run = 1", "ended 0 times"),
    "a run that is lost": (
        "DELETE FROM runs WHERE number = 1; UPDATE audit_runs SET pruned = 0",
        "not in the log",
    ),
    "a run that is deleted while it is open": (
        "UPDATE runs SET status = 'running'; DELETE FROM audit_ends; DELETE FROM runs",
        "pruned before it was over",
    ),
    "a payload that outlives its runs": ("DELETE FROM runs", "is kept though all"),
    "a scheduled run that starts twice": (
        "UPDATE schedules SET started_at = '2026' WHERE number = 1",
        "scheduled run 1 was started or cancelled 2 times",
    ),
    "a scheduled run that never starts": (
        "DELETE FROM audit_schedule_ends WHERE schedule = 1",
        "scheduled run 1 was started or cancelled 0 times",
    ),
    "two scheduled runs that are one run": (
        "UPDATE audit_schedule_ends SET run = (SELECT min(run) FROM audit_schedule_ends)",
        "started by 2 schedules",
    ),
    "a file that is damaged": ("PRAGMA foreign_keys = OFF; DELETE FROM events", "foreign_key"),
}


@pytest.mark.parametrize("name", HARM)
def test_what_goes_wrong_is_found(connection, name):
    harm, words = HARM[name]

    connection.executescript(harm)

    assert words in "\n".join(audit.all_problems(connection))


def test_a_run_that_is_rerun_twice_is_found(connection):
    connection.execute(AGAIN.format(1))
    connection.execute(AGAIN.format(1))

    assert ["run 1 was rerun 2 times"] == list(audit.repeated_reruns(connection, "ask"))
    assert [] == list(audit.repeated_reruns(connection, "ask", {1}))
    assert [] == list(audit.repeated_reruns(connection, "fragile"))
