"""An org of an earlier kobjctl opens with all it had."""

import json
import sqlite3
from contextlib import closing

import pytest
from sqlite_utils import Database

from kobjctl.store.migrations import MIGRATIONS, m001_org, m015_case_of_apps
from kobjctl.store.opening import APPLICATION_ID, SCHEMA
from kobjctl.store.pruning import LogPruner
from kobjctl.store.runs import RunFilter
from kobjctl.store.store import Store

HOOK = "kustomer.hooks.form.0000000000000000000000aa.receive"
ROWS = """
INSERT INTO org VALUES ('0000000000000000000000ff', '2026-01-01T00:00:00.000Z');
INSERT INTO hooks VALUES ('0000000000000000000000aa', 'orders', 'form',
    'kustomer.hooks.form.0000000000000000000000aa.receive', 'h', '', '', NULL, 'then', 'then');
INSERT INTO workflows VALUES ('w1', 'order', 'kustomer.hooks.form.0000000000000000000000aa.receive',
    1, 1, '{"name": "order", "trigger": {"transitions": []}, "steps": []}', 'then', 'then');
INSERT INTO transactions VALUES (1, 't1', '0000000000000000000000aa', '{"a": 1}', 'then');
INSERT INTO runs VALUES (1, 'gone', 1, 'w1', 1, 'completed', 'me', 'then', 1.0, '');
INSERT INTO runs VALUES (2, 'r2', 1, 'w1', 1, 'failed', 'me', 'then', 1.0, 'why');
INSERT INTO step_log VALUES (2, 1, '1', '', NULL, 'completed', NULL, '{}', NULL, NULL, NULL,
    'then', 1.0);
INSERT INTO runs VALUES (9, 'r9', 1, 'w1', 1, 'completed', 'me', 'then', 1.0, '');
DELETE FROM runs WHERE number IN (1, 9);
"""


def prune(store, keep=None, before=""):
    """Delete all runs that can go; give how many."""
    pruning = LogPruner(store.connection, keep, before)
    return sum(pruning.delete(numbers) for numbers in pruning.pieces())


@pytest.fixture
def old(tmp_path):
    """The path of an org with schema 1: a payload, a run with a step, and runs that are gone."""
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        database = Database(connection)
        m001_org(database)
        database["_sqlite_migrations"].insert(
            {"id": 1, "migration_set": "kobjctl", "name": "m001_org", "applied_at": "then"},
            pk="id",
        )
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 1")
        connection.executescript(ROWS)
    return path


def test_an_org_of_schema_1_keeps_its_payloads_and_its_log(old):
    with closing(Store.open(old)) as store:
        (run,) = store.runs.list(RunFilter(), 9)

        assert (2, "orders", HOOK) == (run.number, run.hook_name, run.event_name)
        assert 1 == store.step_log.count(2)
        assert ("t1", None, "failed", "why") == (run.event_id, run.cause, run.status, run.error)
        assert {"a": 1} == store.events.get(1).data
        assert [] == store.connection.execute("PRAGMA foreign_key_check").fetchall()
        assert (SCHEMA,) == store.connection.execute("PRAGMA user_version").fetchone()
        assert (1,) == store.connection.execute("PRAGMA foreign_keys").fetchone()


def test_the_number_of_a_run_that_is_gone_is_not_given_again(old):
    with closing(Store.open(old)) as store, store.transaction():
        assert 10 == store.runs.accept("r10", 1, ("w1", 1), "me", "then")


def test_a_run_of_such_an_org_takes_its_log_with_it_when_it_goes(old):
    with closing(Store.open(old)) as store:
        with store.transaction():
            assert 1 == prune(store, keep=0)

        assert (0,) == store.connection.execute("SELECT count(*) FROM step_log").fetchone()
        assert (0,) == store.connection.execute("SELECT count(*) FROM events").fetchone()


def test_what_listens_to_the_event_of_a_private_app_listens_to_it_by_its_plain_name(old):
    event = f"kustomer.app.parcels_{'6' * 24}.moved"
    called = '{"name": "call", "trigger": {"callable": true}}'
    moved = '{"name": "moved", "trigger": {"eventName": "any"}}'
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        connection.execute(
            "INSERT INTO hooks VALUES ('h2', 'moved', 'web', ?, 'h2', '', '', NULL, '', '')",
            (event,),
        )
        connection.executemany(
            "INSERT INTO workflows VALUES (?, ?, ?, 1, 1, ?, '', '')",
            [("w2", "moved", event, moved), ("w3", "call", "", called)],
        )

    with closing(Store.open(old)) as store:
        assert [("w2", 1)] == store.workflows.listening(event)
        assert "moved" == store.hooks.get("kustomer.app.parcels.moved").name
        assert [("w3", 1)] == store.workflows.listening("kustomer.workflow.w3.call")


def test_the_names_of_apps_of_an_older_org_are_found_in_any_case(tmp_path):
    path = tmp_path / "old.db"
    event = "kustomer.app.Parcels.moved"
    with closing(Store.open(path)) as store, store.transaction():
        store.connection.execute(
            "INSERT INTO apps (name, plain, document, loaded, created_at, updated_at)"
            " VALUES ('Parcels', 'Parcels', '{}', '{}', '', '')"
        )
        store.connection.execute(
            "INSERT INTO app_actions (name, plain, app, definition, created_at, updated_at)"
            " VALUES ('kustomer.app.Parcels.get', 'kustomer.app.Parcels.get', '', '{}', '', '')"
        )
        store.connection.execute(
            "INSERT INTO settings (key, plain, app, secret, updated_at)"
            " VALUES ('Parcels.default.days', 'Parcels.default.days', 'Parcels', 0, '')"
        )
        document = '{"name": "moved", "trigger": {"eventName": "kustomer.app.Parcels.moved"}}'
        store.connection.execute(
            "INSERT INTO workflows (id, name, event_name, enabled, rev, document, created_at,"
            " updated_at) VALUES ('w1', 'moved', ?, 1, 1, ?, '', '')",
            (event, document),
        )
        store.connection.execute(
            "INSERT INTO hooks (id, name, type, event_name, hash, description, key, created_at,"
            " updated_at) VALUES ('h1', 'moved', 'web', ?, 'h', '', '', '', '')",
            (event,),
        )

        number = store.events.add("e1", event, "{}", "", hook_id="h1")

        m015_case_of_apps(Database(store.connection))

        assert "kustomer.app.parcels.moved" == store.events.get(number).name
        assert "Parcels" == store.apps.get("parcels").name
        assert "kustomer.app.Parcels.get" == store.app_actions.get("kustomer.app.PARCELS.get").name
        assert "Parcels.default.days" == store.settings.get("parcels.default.days").key
        assert [("w1", 1)] == store.workflows.listening("kustomer.app.parcels.moved")
        assert "moved" == store.hooks.get(event).name


def test_of_two_old_apps_whose_names_differ_in_case_only_one_has_the_name(tmp_path):
    with closing(Store.open(tmp_path / "old.db")) as store, store.transaction():
        store.connection.executemany(
            "INSERT INTO apps (name, plain, document, loaded, created_at, updated_at)"
            " VALUES (?1, ?1, '{}', '{}', '', '')",
            [("Parcels",), ("parcels",)],
        )

        m015_case_of_apps(Database(store.connection))

        assert "parcels" == store.apps.get("PARCELS").name
        assert ["Parcels", "parcels"] == store.apps.names()


OLD_STEPS = {
    "in place": (
        {"warnings": ["cast", "answered by the stub a; b.yaml:3; nothing was done"]},
        ("a; b.yaml:3", []),
    ),
    "in place, failing": (
        {"error": {"message": "no", "name": "StubFailureError", "hint": "so says the stub a:7"}},
        ("a:7", []),
    ),
    "no stub": ({"error": {"message": "no", "hint": "so says the stub a:7"}}, (None, [])),
    "a request": (
        {
            "input": {"uri": "https://a.example", "method": "post"},
            "output": {"response": {"statusCode": 201}},
            "warnings": ["answered by the stub a:1", "the answer is no JSON"],
        },
        (None, [("POST", "https://a.example", 201, "stub", "a:1")]),
    ),
    "redirects": (
        {
            "input": {"uri": "https://a.example"},
            "output": {"response": {"statusCode": 200}},
            "warnings": [
                "the answer 302 led on to https://b.example/",
                "answered by the stub a:1",
                "the answer 307 led on to https://c.example/",
                "answered by the stub a:9",
            ],
        },
        (
            None,
            [
                ("GET", "https://a.example", 302, "host", None),
                ("GET", "https://b.example/", 307, "stub", "a:1"),
                ("GET", "https://c.example/", 200, "stub", "a:9"),
            ],
        ),
    ),
    "no answer": (
        {
            "input": {"uri": "https://a.example"},
            "error": {"message": "the connection to a.example broke: it was reset (the stub a:4)"},
        },
        (None, [("GET", "https://a.example", None, "stub", "a:4")]),
    ),
    "a host": ({"input": {"uri": "https://a.example"}, "warnings": ["the stub is no"]}, (None, [])),
}


@pytest.mark.parametrize(("columns", "expected"), OLD_STEPS.values(), ids=OLD_STEPS)
def test_the_log_of_a_stub_is_known_from_what_was_said_of_it(old, columns, expected):
    texts = [
        json.dumps(columns[name]) if name in columns else None
        for name in ("input", "output", "error", "warnings")
    ]
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        connection.execute(
            "INSERT INTO step_log VALUES (2, 2, 'a', '', 'x', 'completed', ?, ifnull(?, '{}'), ?,"
            " ?, NULL, 'then', 1.0)",
            texts,
        )

    with closing(Store.open(old)) as store:
        step = store.step_log.steps(2)[1]

    names = ("method", "url", "status", "answeredBy", "place")
    assert expected == (
        step.stub,
        [tuple(map(request.get, names)) for request in step.requests],
    )
    assert step.is_stubbed is bool(step.stub or step.requests)


def test_a_damaged_row_of_the_old_log_is_no_reason_not_to_open_it(old):
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        connection.execute("UPDATE step_log SET warnings = 'answered by the stub {'")

    with closing(Store.open(old)) as store:
        assert (None, None) == store.connection.execute(
            "SELECT requests, stub FROM step_log"
        ).fetchone()


def test_decisions_of_the_old_log_have_the_keys_of_today(old):
    part = {"op": "eq", "holds": False, "values": [{"from": "/#a", "missing": True}, {"value": 1}]}
    decisions = [
        {"target": "a", "op": "and", "holds": False, "parts": [part], "note": "why"},
        {"target": "b", "op": "true", "holds": True, "values": [], "on": "error"},
        {"target": "c", "op": "eq", "values": [{"from": "/#a", "value": {"from": 1, "on": 2}}]},
    ]
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        connection.execute("UPDATE step_log SET decisions = ?", (json.dumps(decisions),))

    with closing(Store.open(old)) as store:
        (step,) = store.step_log.steps(2)

    missing = [{"expression": "/#a", "missing": True}, {"value": 1}]
    assert [
        decisions[0] | {"parts": [{"op": "eq", "holds": False, "values": missing}]},
        {"target": "b", "op": "true", "holds": True, "values": [], "onError": True},
        decisions[2] | {"values": [{"expression": "/#a", "value": {"from": 1, "on": 2}}]},
    ] == step.decisions


OLD_TALLY = {
    "payloads": {"accepted": 3, "rejected": 0, "rejections": []},
    "seconds": 1.5,
    "payloadsPerSecond": 2.0,
    "runs": {"total": 3, "statuses": {"failed": 2, "completed": 1}},
    "created": {"customer": 1},
    "workflows": [
        {
            "workflow": "order",
            "statuses": {"failed": 2, "completed": 1},
            "created": {"customer": 1},
            "paths": [
                {"status": "failed", "steps": ["1", "a"], "failed": [2], "count": 1}
                | {"run": 7, "place": "a:1"}
            ],
            "otherPaths": {
                "statuses": {"failed": 1, "completed": 1},
                "ways": [{"step": "1", "target": "a", "onError": False, "count": 2}],
            },
            "failures": [
                {"step": "a", "message": "no", "count": 2, "handled": 1, "run": 7, "place": "a:1"}
            ],
            "warnings": [],
        }
    ],
    "slowest": [
        {"run": 7, "workflow": "order", "status": "failed", "durationMs": 9.0, "place": "a:1"}
    ],
}


def test_the_tally_of_an_old_replay_has_the_keys_of_today(old):
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        MIGRATIONS.apply(Database(connection), stop_before="m010_plain_keys")
        connection.execute("PRAGMA user_version = 9")
        states = [{"tally": OLD_TALLY, "underWay": [], "rejects": 0}, {}, {"tally": 7}]
        connection.executemany(
            "INSERT INTO replays VALUES (?, 'a', '{}', 4, ?, '', 'then', 'then', '')",
            [(number, json.dumps(state)) for number, state in enumerate(states, 1)],
        )

    with closing(Store.open(old)) as store:
        tally, *others = (store.replays.get(number).state for number in (1, 2, 3))

    assert states[1:] == others
    assert {
        "payloads": OLD_TALLY["payloads"],
        "durationMs": 1500,
        "payloadsPerSecond": 2.0,
        "runs": OLD_TALLY["runs"],
        "createdRecords": {"customer": 1},
        "workflows": [
            {
                "workflow": "order",
                "statuses": {"failed": 2, "completed": 1},
                "createdRecords": {"customer": 1},
                "paths": [
                    {"status": "failed", "steps": ["1", "a"], "failedPositions": [2], "count": 1}
                    | {"runNumber": 7, "place": "a:1"}
                ],
                "otherPaths": {
                    "statuses": {"failed": 1, "completed": 1},
                    "transitions": OLD_TALLY["workflows"][0]["otherPaths"]["ways"],
                },
                "failures": [
                    {"step": "a", "message": "no", "count": 2, "handledCount": 1}
                    | {"runNumber": 7, "place": "a:1"}
                ],
                "warnings": [],
            }
        ],
        "slowest": [],
    } == tally["tally"]


def test_the_ids_that_an_old_customer_has_elsewhere_find_it(old):
    socials = [
        {"type": "twitter", "username": "ada", "userid": "42"},
        {"type": "facebook", "username": "ada"},
    ]
    given = json.dumps({"name": "Ada", "socials": socials})
    with closing(sqlite3.connect(old)) as connection, connection:
        connection.executemany(
            "INSERT INTO customers VALUES (?, ?, NULL, 1, 'then', 'then', 'then', 'then', NULL)",
            [("c1", given), ("c2", "{}"), ("c3", "no JSON")],
        )

    with closing(Store.open(old)) as store:
        assert "c1" == store.customers.find("twitterIds", "42").id
        assert store.customers.find("facebookIds", "ada") is None
