"""Many processes work on one org at the same time, and none gets in the way of another."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kobjctl.app.definitions.apply import apply
from kobjctl.app.org.opening import open_org
from kobjctl.engine.engine import engine_of

SENDER = Path(__file__).with_name("order_sender.py")
SAMPLES = Path(__file__).parents[3] / "sample_workflows"
PROCESSES = 8


@pytest.fixture
def database(tmp_path):
    """Where an org with the order workflow is."""
    engine = engine_of(open_org(tmp_path / "org.db"))
    apply(engine.org, [SAMPLES / "order.yaml"])
    engine.org.store.close()
    return tmp_path / "org.db"


def send_at_once(database, *options):
    """Let all processes send at once; give the ids of accepted payloads and what they said else."""
    senders = [
        subprocess.Popen(
            [sys.executable, SENDER, database, f"s{number}", *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(PROCESSES)
    ]
    for sender in senders:
        sender.stdout.readline()
    for sender in senders:
        sender.stdin.write("go\n")
        sender.stdin.flush()
    said = [sender.communicate() for sender in senders]
    return [line for lines, _ in said for line in lines.split()], [words for _, words in said]


def rows(database, sql):
    engine = engine_of(open_org(database))
    found = engine.org.store.connection.execute(sql).fetchall()
    engine.org.store.close()
    return found


STATUSES = "SELECT status, count(*) FROM runs GROUP BY status"
ORDERS = "SELECT count(*), count(DISTINCT json_extract(given, '$.data.orderId')) FROM kobjects"
CUSTOMERS = (
    "SELECT count(*), count(DISTINCT json_extract(given, '$.emails[0].email')) FROM customers"
)


def test_eight_processes_send_fifty_orders_each_into_one_org(database):
    accepted, complaints = send_at_once(database, "50")

    assert [""] * PROCESSES == complaints
    assert 400 == len(set(accepted))
    assert [("completed", 400)] == rows(database, STATUSES)
    assert [(400, 400)] == rows(database, ORDERS)
    # Four new customers in five orders of each process, and seven regular ones for all.
    assert [(327, 327)] == rows(database, CUSTOMERS)
    assert [("ok",)] == rows(database, "PRAGMA integrity_check")


def test_runs_are_numbered_without_a_gap_in_the_order_they_were_accepted(database):
    send_at_once(database, "20")

    assert [(160, 1, 160)] == rows(database, "SELECT count(*), min(number), max(number) FROM runs")
    assert [] == rows(
        database,
        "SELECT * FROM runs a JOIN runs b ON b.number = a.number + 1"
        " WHERE b.event_number < a.event_number",
    )


def test_a_new_customer_whose_orders_come_in_at_eight_processes_at_once_is_made_once(database):
    accepted, complaints = send_at_once(database, "1", "test@example.com")

    assert [""] * PROCESSES == complaints
    assert 8 == len(set(accepted))
    assert [("completed", 8)] == rows(database, STATUSES)
    assert [(8, 8)] == rows(database, ORDERS)
    assert [(1, 1)] == rows(database, CUSTOMERS)
    assert [(9,)] == rows(database, "SELECT rev FROM customers")


def send_by_command(database, name, times):
    """Send orders one after the other with the command; give (status, JSON, complaints) of each."""
    said = []
    for number in range(times):
        order = {"orderId": f"{name}-{number}", "email": f"{name}-{number}@example.com"}
        done = subprocess.run(
            [sys.executable, "-m", "kobjctl", "--db", database, "hook", "send", "-", "--json"],
            input=json.dumps(order),
            capture_output=True,
            text=True,
            check=False,
        )
        said.append((done.returncode, json.loads(done.stdout), done.stderr))
    return said


def test_eight_times_the_command_sends_orders_at_once(database):
    with ThreadPoolExecutor(PROCESSES) as pool:
        each = pool.map(lambda name: send_by_command(database, name, 3), range(PROCESSES))
        said = [one for several in each for one in several]

    assert [0] * 24 == [status for status, _, _ in said]
    assert [""] * 24 == [complaints for _, _, complaints in said]
    assert [("completed", 24)] == rows(database, STATUSES)
    assert [(24, 24)] == rows(database, ORDERS)


def test_eight_times_the_command_makes_an_org_at_once(tmp_path):
    def make(name):
        return subprocess.run(
            [sys.executable, "-m", "kobjctl", "--db", "org.db", "hook", "create", name],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

    names = [f"hook{number}" for number in range(PROCESSES)]
    with ThreadPoolExecutor(PROCESSES) as pool:
        done = list(pool.map(make, names))

    assert [0] * PROCESSES == [each.returncode for each in done]
    assert [(name,) for name in names] == rows(
        tmp_path / "org.db", "SELECT name FROM hooks ORDER BY name"
    )
