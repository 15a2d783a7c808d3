"""A run that a fault of ours keeps from starting is closed as failed, never left open for good."""

import sqlite3

import pytest

from kobjctl.app.runs import events
from kobjctl.app.runs.payload import payload_of
from kobjctl.app.runs.receive import IncomingEvent, receive
from kobjctl.app.runs.recover import Recovery, recover
from kobjctl.model.workflow import Workflow
from kobjctl.store.failure import DamagedRowError, is_outer, may_pass
from kobjctl.store.text import encode

EVENT = "kustomer.app.test.order"
# What an org may hold that an earlier kobjctl loaded, and how a run of it is told to have failed.
BUG = "a bug in kobjctl: "
DAMAGE = (
    'the database ":memory:" is damaged: column "document" of table "workflows" is not a JSON'
    " object in the row whose id is "
)
METAS = [
    ({"displayName": ["a"]}, BUG),
    ({"displayName": {"a": 1}}, BUG),
    (5, DAMAGE),
    ("text", DAMAGE),
]
EVERY = pytest.mark.parametrize(("meta", "reason"), METAS, ids=[repr(meta) for meta, _ in METAS])


def load(engine, meta):
    """Bring in a workflow whose one step has a meta of a wrong shape."""
    document = {
        "name": "old",
        "trigger": {"eventName": EVENT, "transitions": [{"target": "a"}]},
        "steps": [{"id": "a", "transitions": []}],
    }
    workflow = Workflow.from_document(document, workflow_id=engine.org.new_id())
    with engine.org.store.transaction():
        engine.org.store.workflows.add(workflow, engine.org.now())
        document["steps"][0]["meta"] = meta
        engine.org.store.connection.execute(
            "UPDATE workflows SET document = ?", (encode(document),)
        )


@EVERY
def test_a_run_that_fails_for_its_stored_shape_is_closed(engine, meta, reason):
    load(engine, meta)

    with pytest.raises(sqlite3.Error):
        events.send(engine, EVENT, {})

    run = engine.org.store.runs.newest()
    assert "failed" == run.status
    assert run.error.startswith(reason)


@EVERY
def test_what_an_earlier_kobjctl_left_open_is_closed(engine, meta, reason):
    load(engine, meta)
    receive(engine.org, IncomingEvent(EVENT, payload_of({})))
    with engine.org.store.transaction():
        engine.org.store.connection.execute("UPDATE runs SET owner = 'nobody'")

    with pytest.raises(sqlite3.Error):
        recover(engine)

    run = engine.org.store.runs.newest()
    assert "failed" == run.status
    assert run.error.startswith(reason)
    assert Recovery() == recover(engine)


@pytest.mark.parametrize(
    ("error", "outer", "passing"),
    [
        (sqlite3.OperationalError("database or disk is full"), True, True),
        (sqlite3.DatabaseError("database disk image is malformed"), True, True),
        (sqlite3.OperationalError("Could not decode to UTF-8 column 'id'"), True, False),
        (DamagedRowError('table "org" has no row'), True, False),
        (sqlite3.IntegrityError("NOT NULL constraint failed: step_log.display_name"), False, False),
        (sqlite3.ProgrammingError("Error binding parameter 4: type 'list'"), False, False),
        (AttributeError("'int' object has no attribute 'get'"), False, False),
    ],
)
def test_a_disk_and_a_lock_are_no_faults_of_ours(error, outer, passing):
    assert outer is is_outer(error)
    assert passing is may_pass(error)
