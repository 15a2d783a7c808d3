"""A disk that is full stops an order where it is; once there is room, it is carried out once."""

import json
import sqlite3
from contextlib import suppress
from pathlib import Path

import pytest

from kobjctl.app.definitions import hooks
from kobjctl.app.definitions.apply import apply
from kobjctl.app.org.opening import open_org
from kobjctl.app.runs import runs
from kobjctl.app.runs.execute import carry_out, execute
from kobjctl.app.runs.payload import read_body
from kobjctl.app.runs.receive import receive, to_hook
from kobjctl.engine.engine import engine_of
from kobjctl.model.errors import StoreError

SAMPLES = Path(__file__).parents[3] / "sample_workflows"
TABLES = ("events", "runs", "step_log", "customers", "customer_identities", "kobjects")
NOTHING = (0, 0, 0, 0, 0, 0)
ACCEPTED = (1, 1, 0, 0, 0, 0)
DONE = (1, 1, 5, 1, 1, 1)
# More pages than a large order needs, whose text stands in payload, log and KObject.
ENOUGH = 40


@pytest.fixture
def org(tmp_path):
    """An org on a disk, with the order workflow."""
    engine = engine_of(open_org(tmp_path / "org.db"))
    apply(engine.org, [SAMPLES / "order.yaml"])
    yield engine
    engine.org.store.close()


def leave_room(engine, pages):
    """Let the database grow by so many pages and no more."""
    (used,) = engine.org.store.connection.execute("PRAGMA page_count").fetchone()
    engine.org.store.connection.execute(f"PRAGMA max_page_count = {used + pages}")


def send(engine):
    order = {"orderId": "7", "email": "test@example.com", "note": "x" * 10_000}
    hook = hooks.get(engine.org.store, "orders")
    carry_out(
        engine,
        receive(
            engine.org, to_hook(hook, read_body(hook, json.dumps(order).encode(), "order.json"))
        ),
    )


def counts(engine):
    return tuple(
        engine.org.store.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - ours
        for table in TABLES
    )


def check(engine):
    return engine.org.store.connection.execute("PRAGMA integrity_check").fetchall()


@pytest.mark.parametrize("room", range(0, ENOUGH, 2))
def test_an_order_is_there_as_a_whole_or_accepted_or_not_at_all(org, room):
    leave_room(org, room)

    try:
        send(org)
        expected = DONE
    except sqlite3.OperationalError as error:
        assert "database or disk is full" == str(error)  # noqa: PT017 - with room it is none
        expected = NOTHING
    except StoreError as error:
        assert "is saved, but has not run yet: the disk " in error.message  # noqa: PT017
        expected = ACCEPTED

    assert expected == counts(org)
    assert [("ok",)] == check(org)


def test_the_rooms_tried_here_stop_an_order_at_every_point(tmp_path):
    ends = set()
    for room in range(0, ENOUGH, 2):
        engine = engine_of(open_org(tmp_path / f"{room}.db"))
        apply(engine.org, [SAMPLES / "order.yaml"])
        leave_room(engine, room)
        with suppress(sqlite3.OperationalError, StoreError):
            send(engine)
        ends.add(counts(engine))
        engine.org.store.close()

    assert {NOTHING, ACCEPTED, DONE} == ends


def test_an_order_that_was_accepted_is_carried_out_once_there_is_room(org):
    leave_room(org, 8)
    with pytest.raises(StoreError, match="saved, but has not run yet"):
        send(org)
    before = counts(org)

    leave_room(org, ENOUGH)
    execute(org, 1)

    assert ACCEPTED == before
    assert DONE == counts(org)
    assert "completed" == runs.report(org.org.store).run.status
