"""What is first chosen and then done is done once, however many processes choose it at once."""

import json
import subprocess
import sys
from contextlib import closing

import pytest

from kobjctl.app.org.opening import open_org
from kobjctl.app.runs.payload import payload_of
from kobjctl.app.runs.receive import receive, to_workflow
from kobjctl.engine.engine import engine_of
from kobjctl.model.workflow import Workflow

PROCESSES = 4
NAMES = ("Acme", "Bcme", "Ccme", "Dcme")
NOON = "2026-01-02T12:00:00.000Z"
ID = "673e81eb496bbd0347073e76"
MAKE = {
    "id": "make",
    "action": "kustomer.customer.create",
    "params": {"name": "{{steps.1.name}}"},
    "transitions": [],
}
CALLEE = {
    "name": "callee",
    "trigger": {"callable": True, "transitions": [{"target": "make"}]},
    "steps": [MAKE],
}
HEARER = {**CALLEE, "name": "hearer", "trigger": {**CALLEE["trigger"], "eventName": "said"}}
FAILING = {**CALLEE, "steps": [{**MAKE, "params": {"email": "none"}}]}


@pytest.fixture
def database(tmp_path):
    """Where an org with a callable workflow is, which makes a customer."""
    with closing(open_org(tmp_path / "org.db").store) as store, store.transaction():
        store.workflows.add(Workflow.from_document(CALLEE, workflow_id=ID), NOON)
        store.workflows.add(Workflow.from_document(HEARER, workflow_id="1" * 24), NOON)
    return tmp_path / "org.db"


@pytest.fixture
def change(database):
    """Changes the workflow."""

    def change(document):
        with closing(open_org(database).store) as store, store.transaction():
            rev = store.workflows.get(ID).rev + 1
            store.workflows.replace(Workflow.from_document(document, workflow_id=ID, rev=rev), NOON)

    return change


@pytest.fixture
def rows(database):
    """Gives what a query finds in the org."""

    def rows(sql):
        with closing(open_org(database).store) as store:
            return store.connection.execute(sql).fetchall()

    return rows


@pytest.fixture
def schedule(database):
    """Schedules so many runs at noon."""

    def schedule(count):
        engine = engine_of(open_org(database))
        with closing(engine.org.store), engine.org.store.transaction():
            for number in range(count):
                inputs = json.dumps({"name": f"customer {number}"})
                engine.org.store.schedules.add(engine.org.new_id(), ID, inputs, NOON, None, NOON)

    return schedule


@pytest.fixture
def at_once(database):
    """Runs commands at once; gives what each said on stdout and stderr, and its status."""

    def at_once(*commands):
        started = [
            subprocess.Popen(
                [sys.executable, "-m", "kobjctl", "--db", database, *command.split()],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for command in commands
        ]
        said = [each.communicate() for each in started]
        return [(*words, each.returncode) for words, each in zip(said, started, strict=True)]

    return at_once


def test_scheduled_runs_are_started_once_by_several_at_once(schedule, at_once, rows):
    schedule(60)

    ended = at_once(*["schedule run-due --json"] * PROCESSES)

    assert [("", 0)] * PROCESSES == [(complaints, status) for _, complaints, status in ended]
    assert 60 == sum(len(json.loads(said)["runs"]) for said, _, _ in ended)
    assert [(60, 60)] == rows("SELECT count(*), count(DISTINCT given) FROM customers")
    assert [(60, 60)] == rows("SELECT count(*), count(DISTINCT run) FROM schedules")
    assert [("completed", 60)] == rows("SELECT status, count(*) FROM runs GROUP BY status")


@pytest.mark.parametrize(
    ("command", "table"),
    [
        ("workflow call callee --input name=Ada", "runs"),
        ("event send said p.json", "runs"),
        ("customer create --name Ada", "customers"),
        ("company create --name", "companies"),
        ("klass create", "klasses"),
    ],
)
def test_what_several_make_at_once_with_one_seed_is_made_by_all(
    database, at_once, rows, command, table
):
    (database.parent / "p.json").write_text("{}")
    named = command.replace("p.json", str(database.parent / "p.json"))
    # Companies and klasses are unique by their names.
    own = [f" {name}" if command.endswith(("name", "klass create")) else "" for name in NAMES]

    ended = at_once(*[f"{named}{name} --seed 1 --now {NOON}" for name in own])

    assert [("", 0)] * PROCESSES == [(complaints, status) for _, complaints, status in ended]
    assert [(PROCESSES, PROCESSES)] == rows(f"SELECT count(*), count(DISTINCT id) FROM {table}")  # noqa: S608


def test_a_scheduled_run_is_either_cancelled_or_started(schedule, at_once, rows):
    schedule(8)
    cancels = [f"schedule cancel {number}" for number in (8, 7, 6, 5)]

    ended = at_once("schedule run-due", *cancels)

    cancelled = [status for _, _, status in ended[1:]].count(0)
    assert {0, 2} >= {status for _, _, status in ended}
    assert [(8 - cancelled,)] == rows("SELECT count(*) FROM customers")
    assert [(8 - cancelled, 8 - cancelled)] == rows("SELECT count(*), count(run) FROM schedules")


def test_what_a_killed_process_left_is_finished_once_by_several_at_once(database, at_once, rows):
    engine = engine_of(open_org(database))
    with closing(engine.org.store):
        for number in range(40):
            workflow = engine.org.store.workflows.get(ID)
            inputs = payload_of({"name": f"customer {number}"})
            receive(engine.org, to_workflow(workflow, inputs))

    ended = at_once(*["logs --json"] * PROCESSES)

    assert [0] * PROCESSES == [status for _, _, status in ended]
    assert [("completed", 40)] == rows("SELECT status, count(*) FROM runs GROUP BY status")
    assert [(40, 40)] == rows("SELECT count(*), count(DISTINCT given) FROM customers")


def test_failed_runs_are_rerun_once_by_several_at_once(schedule, change, at_once, rows):
    schedule(60)
    change(FAILING)
    at_once("schedule run-due")
    change(CALLEE)

    ended = at_once(*["logs rerun --status failed --json"] * PROCESSES)

    assert [("", 0)] * PROCESSES == [(complaints, status) for _, complaints, status in ended]
    said = [json.loads(words) for words, _, _ in ended]
    assert 60 == sum(len(each["runs"]) for each in said)
    assert [(60, 60)] == rows("SELECT count(rerun_of), count(DISTINCT rerun_of) FROM runs")
    assert [(60, 60)] == rows("SELECT count(*), count(DISTINCT given) FROM customers")
