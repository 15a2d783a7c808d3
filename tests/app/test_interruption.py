"""Ctrl-C in any command that carries out runs: what was begun is gone on with by the next, and only
a step that can't be undone ends its run.
"""

import json
import signal
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress

import pytest

from kobjctl.app.org.opening import open_org
from kobjctl.engine.engine import engine_of
from kobjctl.model.hook import Hook
from kobjctl.model.workflow import Workflow

NOON = "2026-01-02T12:00:00.000Z"
HOOK, LISTENER, CALLEE = "1" * 24, "2" * 24, "3" * 24
# Presses Ctrl-C when the first customer is made: in the middle of a step.
IN_A_STEP = """
import signal
from kobjctl.__main__ import main
from kobjctl.store.customers import Customers

def add(customers, customer, add=Customers.add):
    Customers.add = add
    signal.raise_signal(signal.SIGINT)
    return add(customers, customer)

Customers.add = add
main()
"""


def create(step_id, *targets):
    return {
        "id": step_id,
        "action": "kustomer.customer.create",
        "params": {"name": step_id},
        "transitions": [{"target": target} for target in targets],
    }


def ask(address):
    return {
        "id": "ask",
        "action": "kustomer.rest-api.json",
        "params": {"uri": address, "method": "GET"},
        "transitions": [{"target": "second"}],
    }


@pytest.fixture
def define(tmp_path, monkeypatch):
    """Makes an org with a workflow of some steps for each way to start one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KOBJCTL_DB", raising=False)
    (tmp_path / "p.json").write_text("{}")

    def define(*steps):
        engine = engine_of(open_org("kobjctl.db"))
        with closing(engine.org.store) as store, store.transaction():
            hook = Hook(
                id=HOOK,
                name="h",
                type="form",
                event_name="form.h",
                hash="0" * 64,
                created_at=NOON,
                updated_at=NOON,
            )
            store.hooks.add(hook)
            for name, trigger, key in (
                ("listener", {"eventName": "form.h"}, LISTENER),
                ("callee", {"callable": True}, CALLEE),
                ("hearer", {"eventName": "said"}, "4" * 24),
            ):
                first = {"transitions": [{"target": steps[0]["id"]}]}
                document = {"name": name, "trigger": trigger | first, "steps": list(steps)}
                store.workflows.add(Workflow.from_document(document, workflow_id=key), NOON)
            store.schedules.add("5" * 24, CALLEE, "{}", NOON, None, NOON)
            store.schedules.add("6" * 24, CALLEE, "{}", NOON, None, NOON)

    return define


def kobjctl(command, *start):
    """Run a command; give its status and what it said."""
    done = subprocess.run(
        [sys.executable, *(start or ("-m", "kobjctl")), *command.split()],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def rows(sql):
    with closing(open_org("kobjctl.db").store) as store:
        return store.connection.execute(sql).fetchall()


STARTS = [
    "hook send p.json",
    "event send said p.json",
    "workflow call callee",
    "schedule run-due",
    "schedule run-due --advance 2h",
]


@pytest.mark.parametrize("command", STARTS)
def test_a_run_is_left_between_two_steps_and_the_next_command_goes_on_with_it(define, command):
    define(create("first", "second"), create("second"))

    status, _, said = kobjctl(command, "-c", IN_A_STEP)

    assert (130, "1 run is unfinished; the next kobjctl command continues there\n") == (
        status,
        said,
    )
    assert [("running",)] == rows("SELECT status FROM runs")

    status, _, said = kobjctl("logs")

    assert (0, "finished 1 run that an earlier kobjctl left unfinished\n") == (status, said)
    assert [("completed",)] == rows("SELECT status FROM runs")
    assert [("first",), ("second",)] == rows(
        "SELECT json_extract(given, '$.name') FROM customers ORDER BY rowid"
    )


def test_so_is_a_rerun_of_many(define):
    define(create("first", "second"), create("second"))
    kobjctl("schedule run-due")

    status, _, said = kobjctl("logs rerun --status completed", "-c", IN_A_STEP)

    assert (130, "1 run is unfinished; the next kobjctl command continues there\n") == (
        status,
        said,
    )
    assert 0 == kobjctl("logs rerun --workflow callee")[0]
    # Of two runs each was rerun once, and the rerun that was left was finished and rerun itself.
    assert [(5, 4)] == rows("SELECT count(*), count(DISTINCT ifnull(rerun_of, 0)) FROM runs")


def test_a_replay_ends_after_the_payload_under_way_and_is_gone_on_with(define, tmp_path):
    define(create("first", "second"), create("second"))
    (tmp_path / "many.ndjson").write_text('{"a": 1}\n' * 5)

    status, _, said = kobjctl("replay many.ndjson --hook h", "-c", IN_A_STEP)

    assert (130, True) == (status, "stopped after 1 payload; continue with" in said)
    assert [("completed", 1)] == rows("SELECT status, count(*) FROM runs GROUP BY status")
    assert 0 == kobjctl("replay many.ndjson --hook h --resume")[0]
    assert [("completed", 5)] == rows("SELECT status, count(*) FROM runs GROUP BY status")


class Server:
    """Takes requests, tells of each, and answers only when it is told to."""

    def __init__(self, listener):
        self.address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        self.asked = threading.Semaphore(0)
        self.answers = False
        self._listener = listener

    def serve(self):
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                threading.Thread(target=self._take, args=(connection,), daemon=True).start()

    def _take(self, connection):
        with connection, suppress(OSError):
            connection.recv(65536)
            self.asked.release()
            if self.answers:
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
            connection.recv(1)


@pytest.fixture
def server():
    """A server that answers nothing yet."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = Server(listener)
        thread = threading.Thread(target=server.serve)
        thread.start()
        yield server
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()


ALL = [*STARTS[:-1], "logs rerun --workflow callee", "replay p.json --hook h"]


@pytest.mark.parametrize("command", ALL)
def test_a_request_under_way_ends_its_run_and_the_step_can_be_rerun(define, server, command):
    define(create("first", "ask"), ask(server.address), create("second"))
    if "rerun" in command:
        server.answers = True
        assert 0 == kobjctl("schedule run-due --allow-host 127.0.0.1")[0]
        server.asked = threading.Semaphore(0)
        server.answers = False
    (before,) = rows("SELECT count(*), ifnull(max(number), 0) FROM runs")
    process = subprocess.Popen(
        [sys.executable, "-m", "kobjctl", *command.split(), "--allow-host", "127.0.0.1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert server.asked.acquire(timeout=20)

    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)

    number = before[1] + 1
    hint = f"kobjctl logs rerun {number} --from-step ask"
    assert (130, True) == (process.returncode, hint in said)
    assert [("interrupted",)] == rows(f"SELECT status FROM runs WHERE number = {number}")  # noqa: S608
    server.answers = True
    status, shown, _ = kobjctl(f"logs rerun {number} --from-step ask --allow-host 127.0.0.1 --json")
    assert (0, ["completed"]) == (status, [run["status"] for run in json.loads(shown)["runs"]])
    assert rows("SELECT count(*) FROM customers WHERE json_extract(given, '$.name') = 'first'") == [
        (before[0] + 1,)
    ]


def test_a_request_under_way_when_its_process_was_killed_is_repeated_by_one_of_several(
    define, server, monkeypatch
):
    define(create("first", "ask"), ask(server.address), create("second"))
    monkeypatch.setenv("KOBJCTL_ALLOW_HOSTS", "127.0.0.1")
    process = subprocess.Popen(
        [sys.executable, "-m", "kobjctl", "workflow", "call", "callee"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert server.asked.acquire(timeout=20)
    process.kill()
    process.communicate()
    server.answers = True

    with ThreadPoolExecutor(4) as pool:
        ended = list(pool.map(kobjctl, ["logs"] * 4))

    assert [0] * 4 == [status for status, _, _ in ended]
    assert server.asked.acquire(blocking=False)
    assert not server.asked.acquire(blocking=False)
    assert [("completed",)] == rows("SELECT status FROM runs")
    assert [("first",), ("second",)] == rows(
        "SELECT json_extract(given, '$.name') FROM customers ORDER BY rowid"
    )
