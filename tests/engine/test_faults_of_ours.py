"""A run that a fault of ours keeps from starting is closed as failed, never left open for good."""

import sqlite3

import pytest

from kobjctl.app.runs import events, runs
from kobjctl.engine.intake import accept
from kobjctl.model.run import OPEN_STATUSES
from kobjctl.model.workflow import Workflow
from kobjctl.store.failure import is_outer
from kobjctl.store.text import encode

EVENT = "kustomer.app.test.order"
# What an org may hold that an earlier kobjctl loaded.
METAS = [{"displayName": ["a"]}, {"displayName": {"a": 1}}, 5, "text"]
EVERY = pytest.mark.parametrize("meta", METAS, ids=repr)


def load(world, meta):
    """Bring in a workflow whose one step has a meta of a wrong shape."""
    document = {
        "name": "old",
        "trigger": {"eventName": EVENT, "transitions": [{"target": "a"}]},
        "steps": [{"id": "a", "transitions": []}],
    }
    workflow = Workflow.from_document(document, workflow_id=world.new_id())
    with world.store.transaction():
        world.store.workflows.add(workflow, world.now())
        document["steps"][0]["meta"] = meta
        world.store.connection.execute("UPDATE workflows SET document = ?", (encode(document),))


@EVERY
def test_a_run_that_fails_for_its_stored_shape_is_closed(world, meta):
    load(world, meta)

    with pytest.raises((AttributeError, sqlite3.Error)):
        events.send(world, EVENT, {})

    run = world.store.runs.newest()
    assert "failed" == run.status
    assert run.error.startswith("a bug in kobjctl: ")


@EVERY
@pytest.mark.parametrize("sends", [True, False])
def test_what_an_earlier_kobjctl_left_open_is_closed(world, meta, sends):
    load(world, meta)
    accept(world, EVENT, "{}", {})
    with world.store.transaction():
        world.store.connection.execute("UPDATE runs SET owner = 'nobody'")

    with pytest.raises((AttributeError, sqlite3.Error)):
        runs.resume(world, sends=sends)

    assert world.store.runs.newest().status not in OPEN_STATUSES
    assert (0, 0) == runs.resume(world, sends=sends)


@pytest.mark.parametrize(
    ("error", "outer"),
    [
        (sqlite3.OperationalError("database or disk is full"), True),
        (sqlite3.DatabaseError("database disk image is malformed"), True),
        (sqlite3.IntegrityError("NOT NULL constraint failed: step_log.display_name"), False),
        (sqlite3.ProgrammingError("Error binding parameter 4: type 'list'"), False),
        (AttributeError("'int' object has no attribute 'get'"), False),
    ],
)
def test_a_disk_and_a_lock_are_no_faults_of_ours(error, outer):
    assert outer is is_outer(error)
