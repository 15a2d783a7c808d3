"""A run that was killed while it sent something: it waits until hosts are allowed again."""

import json
import sqlite3
from pathlib import Path

import pytest

from kobjctl.app.runs import events, runs
from kobjctl.app.runs.recover import Recovery, WaitingRun, recover
from kobjctl.model.run import NO_CONDITIONS, RunConditions
from kobjctl.model.web import Response
from kobjctl.model.workflow import Workflow

WORKFLOW = {
    "name": "w",
    "trigger": {"eventName": "go", "transitions": [{"target": "ask"}]},
    "steps": [
        {
            "id": "ask",
            "action": "kustomer.rest-api.json",
            "params": {
                "uri": "https://me:pass@example.com",
                "headers": {"Authorization": "Bearer abc123", "X-Plain": "yes"},
            },
            "transitions": [{"target": "again"}],
        },
        {
            "id": "again",
            "action": "kustomer.rest-api.json",
            "params": {"uri": "https://example.com/{{steps.ask.body.next}}"},
        },
    ],
}


@pytest.fixture
def shop(outside, engine):
    """An org with that workflow, whose web answers all."""
    with engine.org.store.transaction():
        engine.org.store.workflows.add(
            Workflow.from_document(WORKFLOW, workflow_id=engine.org.new_id()), engine.org.now()
        )
    sent = []

    def web(request):
        sent.append(request)
        headers = (("Set-Cookie", "session=tasty"), ("X-Plain", "yes"))
        return Response(200, headers, json.dumps({"next": "two"}).encode())

    outside.http = web
    return engine, sent


def test_the_log_has_no_secret_of_a_header_and_the_step_had_it(shop):
    engine, sent = shop

    report = events.send(engine, "go", {}).reports[0]

    log = json.dumps([[step.input, step.output] for step in report.steps])
    assert "completed" == report.run.status
    assert "Bearer abc123" in dict(sent[0].headers).values()
    assert [] == [text for text in ("abc123", "tasty", "me:pass") if text in log]
    assert '"x-plain": "yes"' in log
    assert "***" == report.steps[1].input["headers"]["Authorization"]


def leave_off(engine):
    """Leave a run as a killed process does that had sent its first request."""
    sent = events.send(engine, "go", {})
    number = sent.reports[0].run.number
    connection = engine.org.store.connection
    connection.execute("DELETE FROM step_log WHERE run = ? AND sequence > 2", (number,))
    connection.execute("UPDATE runs SET status = 'running', owner = 'gone', conditions = NULL")
    return number


def test_a_run_that_sends_is_left_where_no_host_is_allowed(shop):
    engine, _ = shop
    number = leave_off(engine)

    waiting = WaitingRun(number, NO_CONDITIONS)
    assert Recovery(waiting=(waiting,)) == recover(engine)
    assert "running" == runs.report(engine.org.store, str(number)).run.status


def test_it_goes_on_where_hosts_are_allowed_and_masked_headers_don_t_stop_it(shop):
    engine, sent = shop
    number = leave_off(engine)
    del sent[:]

    assert Recovery(1) == recover(engine, RunConditions(hosts=("example.com",)))
    assert ["/two"] == [request.address.target for request in sent]
    assert "completed" == runs.report(engine.org.store, str(number)).run.status


def test_the_command_line_says_that_such_a_run_waits(golden, workplace):
    Path("w.json").write_text(json.dumps(WORKFLOW))
    Path("stubs.yaml").write_text(
        "http:\n  - {request: {url: 'https://*'}, response: {body: {next: two}}}\n"
    )
    Path("empty.json").write_text("{}")
    assert 0 == golden.invoke(workplace, "kobjctl apply w.json").exit_code
    send = "kobjctl event send go empty.json --stubs stubs.yaml"
    assert 0 == golden.invoke(workplace, send).exit_code
    with sqlite3.connect("kobjctl.db") as connection:
        connection.execute("DELETE FROM step_log WHERE sequence > 2")
        connection.execute("UPDATE runs SET status = 'running', owner = 'gone', conditions = NULL")

    left = golden.invoke(workplace, "kobjctl logs")
    done = golden.invoke(workplace, send)

    assert "note: 1 unfinished run waits for allowed hosts" in left.stderr
    assert "running" in left.stdout
    assert "finished 1 run that an earlier kobjctl left unfinished" in done.stderr
