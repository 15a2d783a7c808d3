"""Requests from the command line: allowed, recorded, answered by what was recorded."""

import json
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

ENVIRONMENT = "KOBJCTL_ALLOW_HOSTS=localhost,127.0.0.1"


@pytest.fixture
def run(golden, workplace):
    """Run a command; give its exit status, its JSON and what it said."""

    def run(command):
        result = golden.invoke(workplace, f"{command} --json")
        return result.exit_code, json.loads(result.stdout or "null"), result.stderr

    return run


@pytest.fixture
def shop(run, serve, replying):
    """An org with a workflow that asks a server, which is given."""
    server = serve(replying(201, b'{"ok":true}', Content_Type="application/json"))
    step = {
        "id": "ask",
        "action": "kustomer.rest-api.json",
        "params": {
            "uri": server.url("/orders"),
            "method": "POST",
            "headers": {"Authorization": "Bearer s3cret-word"},
            "data": "/#steps.1.attributes.data",
        },
        "transitions": [{"target": "end"}],
    }
    workflow = {
        "name": "shop",
        "trigger": {"hook": "orders", "transitions": [{"target": "ask"}]},
        "steps": [step, {"id": "end"}],
    }
    app = {"hooks": [{"name": "orders", "type": "web"}], "workflows": [workflow]}
    Path("shop.json").write_text(json.dumps(app))
    Path("order.json").write_text('{"id": 7}')
    assert 0 == run("kobjctl apply shop.json")[0]
    return server


def asked(answer):
    """Give the log of the step `ask` of the run in an answer."""
    return next(step for step in answer["runs"][0]["steps"] if step["id"] == "ask")


def test_nothing_is_sent_at_first(run, shop):
    status, answer, _ = run("kobjctl hook send order.json")

    assert (1, "failed") == (status, answer["runs"][0]["status"])
    hint = f"--allow-host 127.0.0.1:{shop.port},"
    assert hint in asked(answer)["error"]["hint"]
    assert [] == shop.received


@pytest.mark.parametrize(
    "command",
    [
        "kobjctl hook send order.json --allow-host 127.0.0.1",
        "kobjctl hook send order.json --allow-host a.example --allow-host 127.0.0.1",
        f"{ENVIRONMENT} kobjctl hook send order.json",
    ],
)
def test_an_allowed_host_answers(command, run, shop):
    status, answer, _ = run(command)

    assert 0 == status
    output = asked(answer)["output"]
    assert (201, {"ok": True}) == (output["response"]["statusCode"], output["body"])
    assert [b'{"id":7}'] == [received.body for received in shop.received]
    assert "kobjctl/" in shop.received[0].headers["user-agent"]


def test_what_was_recorded_answers_without_the_server(run, shop):
    _, first, _ = run("kobjctl hook send order.json --allow-host 127.0.0.1 --record web.yaml")
    shop.stop()
    status, second, _ = run("kobjctl hook send order.json --stubs web.yaml")

    assert 0 == status
    assert asked(first)["output"] == {
        **asked(second)["output"],
        "response": {
            **asked(second)["output"]["response"],
            "headers": asked(first)["output"]["response"]["headers"],
        },
    }
    assert ["answered by the stub web.yaml:3"] == asked(second)["warnings"]
    assert "s3cret-word" not in Path("web.yaml").read_text()


def test_a_recording_of_nothing_is_told(run, shop):
    run("kobjctl hook send order.json --allow-host 127.0.0.1 --record web.yaml")
    _, _, said = run("kobjctl hook send order.json --stubs web.yaml --record more.yaml")

    assert 'nothing was recorded in "more.yaml": no request went to a host' in said
    assert not Path("more.yaml").exists()


def test_a_recording_of_something_is_not_talked_about(run, shop):
    _, _, said = run("kobjctl hook send order.json --allow-host 127.0.0.1 --record web.yaml")

    assert "recorded" not in said


def test_a_server_that_is_gone_fails_the_step(run, shop):
    shop.stop()

    status, answer, _ = run("kobjctl hook send order.json --allow-host 127.0.0.1")

    error = asked(answer)["error"]
    assert (1, "BrokenConnectionError") == (status, error["name"])
    assert f"no connection to 127.0.0.1:{shop.port}: connection refused" == error["message"]


def test_the_org_can_be_written_while_a_server_is_waited_for(run, shop, workplace, replying):
    written = []

    def answer(connection, received):
        with closing(sqlite3.connect(workplace / "kobjctl.db", timeout=0)) as other:
            other.execute("BEGIN IMMEDIATE")
            written.append(other.execute("SELECT count(*) FROM runs").fetchone())
            other.rollback()
        replying(body=b"{}")(connection, received)

    shop._answer = answer  # noqa: SLF001 - the answer needs the org that asks

    assert 0 == run("kobjctl hook send order.json --allow-host 127.0.0.1")[0]
    assert [(1,)] == written


def test_a_stub_is_not_late_beyond_the_time_limit_of_the_run(run, shop):
    Path("stubs.yaml").write_text('http: [{request: {url: "*"}, response: {delay: 20}}]')
    started = time.monotonic()

    status, answer, _ = run("kobjctl hook send order.json --stubs stubs.yaml --time-limit 1")

    assert 1 <= time.monotonic() - started < 10
    assert (1, "failed") == (status, answer["runs"][0]["status"])
    error = asked(answer)["error"]
    assert "WebTimeoutError" == error["name"]
    assert "before the time limit of the run (the stub stubs.yaml:1)" in error["message"]


def test_warnings_about_a_stub_file_are_said(run, shop):
    Path("stubs.yaml").write_text('http: [{request: {url: "*", metod: PUT}, response: {}}]')

    status, _, said = run("kobjctl hook send order.json --stubs stubs.yaml")

    assert 0 == status
    assert "stubs.yaml:1:29: warning WF102: the request of a stub has no key `metod`" in said


LOADED = """
import sys
from kobjctl.cli import app
try:
    app(sys.argv[1:])
except SystemExit as end:
    names = ("httpx", "ssl", "idna", "kobjctl.http", "kobjctl.http.recording", "pydantic")
    print(end.code, *(name for name in names if name in sys.modules), file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("options", "loaded"),
    [
        ((), "1"),
        (("--allow-host", "a.example"), "1 kobjctl.http"),
        (("--allow-host", "127.0.0.1"), "0 httpx ssl idna kobjctl.http"),
        (("--record", "web.yaml"), "1 kobjctl.http kobjctl.http.recording"),
    ],
)
def test_what_is_not_used_is_not_loaded(options, loaded, shop, workplace):
    words = [sys.executable, "-c", LOADED, "hook", "send", "order.json", *options]

    done = subprocess.run(words, cwd=workplace, capture_output=True, text=True, check=False)

    assert loaded == done.stderr.strip().splitlines()[-1]
