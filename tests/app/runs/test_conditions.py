"""A run that a killed or interrupted command left goes on with the clock, the stubs and the hosts
that it began with, or waits for them.
"""

import json
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from kobjctl.app.org.opening import open_org
from kobjctl.app.runs.payload import payload_of
from kobjctl.app.runs.receive import IncomingEvent, receive
from kobjctl.model.workflow import Workflow
from kobjctl.store.failure import DamagedRowError

NOW = "2026-01-02T03:04:05.000Z"
STUBS = """\
http:
  - request: {url: "https://shop.example/*"}
    response: {body: {name: from the stub}}
"""
# Ends the process when a request is to be sent: the steps before are committed.
IN_A_REQUEST = """
import os, signal
from kobjctl.__main__ import main
from kobjctl.http.exchange import Exchange

Exchange.__call__ = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
main()
"""
# Does so when the first customer is made: the run is accepted, and no step of it is committed.
IN_A_STEP = """
import os
from kobjctl.__main__ import main
from kobjctl.store.customers import Customers

def add(customers, customer, add=Customers.add):
    Customers.add = add
    os.kill(os.getpid(), {signal})
    return add(customers, customer)

Customers.add = add
main()
"""
STARTS = [
    "hook send p.json",
    "event send said p.json",
    "workflow call callee",
    "schedule run-due",
    "logs rerun last",
]


@pytest.fixture
def kobjctl(tmp_path, monkeypatch):
    """Run a command in a process; give its status and what it said."""
    monkeypatch.chdir(tmp_path)
    for name in ("KOBJCTL_DB", "KOBJCTL_ALLOW_HOSTS"):
        monkeypatch.delenv(name, raising=False)
    Path("p.json").write_text("{}")

    def kobjctl(command, *start):
        done = subprocess.run(
            [sys.executable, *(start or ("-m", "kobjctl")), *command.split()],
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stderr

    return kobjctl


@pytest.fixture
def define(kobjctl):
    """Load a workflow of some steps, in their order, once for each way to start one."""

    def define(*steps):
        chained = [
            {**step, "transitions": [{"target": after["id"]} for after in steps[index + 1 :][:1]]}
            for index, step in enumerate(steps)
        ]
        first = {"transitions": [{"target": steps[0]["id"]}]}
        triggers = {
            "listener": {"hook": "h"},
            "callee": {"callable": True},
            "hearer": {"eventName": "said"},
        }
        workflows = [
            {"name": name, "trigger": trigger | first, "steps": chained}
            for name, trigger in triggers.items()
        ]
        Path("app.json").write_text(
            json.dumps({"hooks": [{"name": "h", "type": "form"}], "workflows": workflows})
        )
        assert 0 == kobjctl("apply app.json")[0]

    return define


def create(name):
    return {"id": name, "action": "kustomer.customer.create", "params": {"name": name}}


def ask(url):
    return {
        "id": "ask",
        "action": "kustomer.rest-api.json",
        "params": {"uri": url, "method": "GET"},
    }


def rows(sql):
    with closing(open_org("kobjctl.db").store) as store:
        return store.connection.execute(sql).fetchall()


def steps(run=1):
    with closing(open_org("kobjctl.db").store) as store:
        return store.step_log.steps(run)


def test_a_killed_run_goes_on_with_its_clock_and_its_stubs(define, kobjctl):
    define(create("first"), ask("https://shop.example/orders"), create("second"))
    Path("stubs.yaml").write_text(STUBS)

    status, _ = kobjctl(f"workflow call callee --now {NOW} --stubs stubs.yaml", "-c", IN_A_REQUEST)

    assert -signal.SIGKILL == status
    assert ["1", "first"] == [step.step_id for step in steps()]
    assert (0, "finished 1 run that an earlier kobjctl left unfinished\n") == kobjctl("logs")
    assert [("completed",)] == rows("SELECT status FROM runs")
    assert {(NOW, 0.0)} == {(step.started_at, step.duration) for step in steps()}
    assert [(NOW,), (NOW,)] == rows("SELECT created_at FROM customers")
    assert [("stub", "stubs.yaml:2")] == [
        (sent["answeredBy"], sent["place"]) for sent in steps()[2].requests
    ]


def test_a_run_whose_stubs_are_gone_waits_for_them(define, kobjctl):
    define(create("first"), ask("https://shop.example/orders"))
    Path("stubs.yaml").write_text(STUBS)
    kobjctl("workflow call callee --stubs stubs.yaml", "-c", IN_A_REQUEST)
    Path("stubs.yaml").rename("elsewhere.yaml")

    waits = "note: 1 unfinished run waits for --stubs stubs.yaml, which can't be read: restore"
    for command in ("logs", "hook send p.json --stubs elsewhere.yaml"):
        status, said = kobjctl(command)

        assert (0, True) == (status, waits in said)
        assert [("running",)] == rows("SELECT status FROM runs WHERE number = 1")
    Path("elsewhere.yaml").rename("stubs.yaml")
    assert (0, "finished 1 run that an earlier kobjctl left unfinished\n") == kobjctl("logs")
    assert {"name": "from the stub"} == steps()[2].output["body"]


def test_a_run_waits_until_its_hosts_are_allowed_again(define, kobjctl, monkeypatch):
    # Nothing listens there.
    define(create("first"), ask("http://127.0.0.1:1/"))
    kobjctl("workflow call callee --allow-host 127.0.0.1", "-c", IN_A_REQUEST)

    waits = (
        "note: 1 unfinished run waits for --allow-host 127.0.0.1:"
        " KOBJCTL_ALLOW_HOSTS=127.0.0.1 kobjctl logs\n"
    )
    for allowed in ("", "10.0.0.1"):
        monkeypatch.setenv("KOBJCTL_ALLOW_HOSTS", allowed)
        assert (0, waits) == kobjctl("logs")
    monkeypatch.setenv("KOBJCTL_ALLOW_HOSTS", "10.0.0.1 127.0.0.1")
    assert (0, "finished 1 run that an earlier kobjctl left unfinished\n") == kobjctl("logs")
    assert "connection" in steps()[2].error["message"]


def test_a_run_that_was_allowed_no_host_is_allowed_none_by_others(define, kobjctl, monkeypatch):
    define(create("first"), ask("http://127.0.0.1:1/"))
    kobjctl("workflow call callee", "-c", IN_A_STEP.format(signal=int(signal.SIGKILL)))
    monkeypatch.setenv("KOBJCTL_ALLOW_HOSTS", "127.0.0.1")

    assert (0, "finished 1 run that an earlier kobjctl left unfinished\n") == kobjctl("logs")
    assert "not allowed" in steps()[2].error["message"]


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT])
@pytest.mark.parametrize("command", STARTS)
def test_whatever_started_a_run_it_keeps_its_clock(command, end, define, kobjctl):
    define(create("first"), create("second"))
    if "run-due" in command:
        (callee,) = rows("SELECT id FROM workflows WHERE name = 'callee'")
        with closing(open_org("kobjctl.db").store) as store, store.transaction():
            store.schedules.add("5" * 24, callee[0], "{}", NOW, None, NOW)
    if "rerun" in command:
        assert 0 == kobjctl("event send said p.json")[0]
    before = rows("SELECT count(*) FROM customers")[0][0]

    kobjctl(f"{command} --now {NOW}", "-c", IN_A_STEP.format(signal=int(end)))

    assert {("waiting",), ("running",)} >= set(
        rows("SELECT status FROM runs WHERE duration IS NULL")
    )
    assert "finished 1 run" in kobjctl("logs")[1]
    made = rows("SELECT created_at FROM customers ORDER BY rowid")[before:]
    assert [(NOW,), (NOW,)] == made


@pytest.mark.parametrize("damaged", ["5", "{", '{"now": 5}', '{"stubs": "a"}', '{"hosts": [1]}'])
def test_conditions_that_are_damaged_are_told_as_such(damaged, engine):
    receive(engine.org, IncomingEvent("said", payload_of({})))
    workflow = {"name": "w", "trigger": {"eventName": "said", "transitions": []}, "steps": []}
    with engine.org.store.transaction():
        engine.org.store.workflows.add(Workflow.from_document(workflow, workflow_id="1" * 24), NOW)
    (run,) = receive(engine.org, IncomingEvent("said", payload_of({}))).runs
    engine.org.store.connection.execute("UPDATE runs SET conditions = ?", (damaged,))

    with pytest.raises(DamagedRowError, match='"conditions" of table "runs"'):
        engine.org.store.runs.open(run.number)
