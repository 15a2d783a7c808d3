"""A process that is killed at any moment loses nothing that was accepted and doubles nothing.

Senders are killed one after the other over the same org; some of them were just finishing what
the ones before had left behind. Then what is left is finished, and the org is counted.
"""

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kobjctl.app.definitions.apply import apply
from kobjctl.app.org.opening import open_org
from kobjctl.app.runs.recover import recover
from kobjctl.engine.engine import engine_of

SENDER = Path(__file__).with_name("order_sender.py")
SAMPLES = Path(__file__).parents[3] / "sample_workflows"
KILLS, MANY_KILLS = 50, 300
# Some are killed while they open the org and send their first orders, most while they are at it.
LONGEST_LIVES = (0.02, 0.15)


class Survivor:
    """An org after so many kills: the ids of accepted payloads, the number of runs left open."""

    def __init__(self, database, seed, kills):
        self.database, self.seed, self.kills = database, seed, kills
        self.accepted = []
        self.left = 0
        self.engine = None

    def __repr__(self):
        return f"<an org after {self.kills} kills; to repeat them: KOBJCTL_TEST_SEED={self.seed}>"

    def rows(self, sql):
        return self.engine.org.store.connection.execute(sql).fetchall()

    def number(self, sql):
        return self.rows(sql)[0][0]


@pytest.fixture(scope="module")
def survivor(request, tmp_path_factory):
    """An org whose senders were killed at random points, and in which all was then finished."""
    seed = int(os.environ.get("KOBJCTL_TEST_SEED") or random.randrange(10**9))  # noqa: S311 - a seed
    kills = MANY_KILLS if request.config.getoption("--long") else KILLS
    database = tmp_path_factory.mktemp("killed") / "org.db"
    org = Survivor(database, seed, kills)
    print(org)  # noqa: T201 - pytest shows it when a test fails
    new_org(database)
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    for number in range(kills):
        kind = "r" if number % 5 == 4 else "s"
        life = chance.uniform(0, chance.choice(LONGEST_LIVES))
        for line in killed_sender(database, f"{kind}{number}", life):
            word, _, found = line.partition(":")
            org.left += int(found or 0)
            org.accepted += [] if found else [word]
    org.engine = engine_of(open_org(database))
    org.left += recover(org.engine).finished
    yield org
    org.engine.org.store.close()


def new_org(database):
    engine = engine_of(open_org(database))
    apply(engine.org, [SAMPLES / "order.yaml"])
    engine.org.store.close()


def killed_sender(database, name, life):
    """Kill a sender so many seconds after its start; give what it had told of."""
    sender = subprocess.Popen(
        [sys.executable, SENDER, database, name, "0"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert b"ready\n" == sender.stdout.readline()
    sender.stdin.write(b"go\n")
    sender.stdin.flush()
    time.sleep(life)
    sender.kill()
    said, complaints = sender.communicate()
    assert b"" == complaints
    return said.decode().split()


def test_the_kills_hit_runs_that_were_under_way(survivor):
    assert survivor.kills < len(survivor.accepted)
    assert survivor.kills / 10 < survivor.left


def test_every_accepted_payload_has_exactly_one_run(survivor):
    runs_of = dict(
        survivor.rows(
            "SELECT t.id, count(r.number) FROM events t"
            " LEFT JOIN runs r ON r.event_number = t.number GROUP BY t.number"
        )
    )

    assert set() == set(survivor.accepted) - set(runs_of)
    assert {1} == set(runs_of.values())


def test_a_kill_keeps_at_most_one_payload_from_being_told(survivor):
    kept = survivor.number("SELECT count(*) FROM events")

    assert len(survivor.accepted) == len(set(survivor.accepted))
    assert len(survivor.accepted) <= kept <= len(survivor.accepted) + survivor.kills


def test_all_runs_are_completed(survivor):
    assert [("completed",)] == survivor.rows("SELECT DISTINCT status FROM runs")
    assert 0 == recover(survivor.engine).finished


def test_there_is_one_kobject_for_each_run(survivor):
    assert survivor.number("SELECT count(*) FROM runs") == (
        survivor.number("SELECT count(*) FROM kobjects")
    )


def test_every_order_is_there_once(survivor):
    sent = [json.loads(body)["orderId"] for (body,) in survivor.rows("SELECT body FROM events")]
    there = survivor.rows("SELECT json_extract(given, '$.custom.orderIDStr') FROM kobjects")

    assert sorted(sent) == sorted(order_id for (order_id,) in there)
    assert len(sent) == len(set(sent))


def test_there_is_one_customer_for_each_email(survivor):
    sent = {json.loads(body)["email"] for (body,) in survivor.rows("SELECT body FROM events")}
    there = survivor.rows("SELECT json_extract(given, '$.emails[0].email') FROM customers")

    assert sorted(sent) == sorted(email for (email,) in there)


def test_every_order_is_its_customers_own(survivor):
    assert 0 == survivor.number(
        "SELECT count(*) FROM kobjects k JOIN customers c ON c.id = k.customer"
        " WHERE json_extract(k.given, '$.data.email') <> json_extract(c.given, '$.emails[0].email')"
    )
    # A customer is new at 1, and each of its orders adds one.
    assert 0 == survivor.number(
        "SELECT count(*) FROM customers c"
        " WHERE rev <> 1 + (SELECT count(*) FROM kobjects k WHERE k.customer = c.id)"
    )


def test_every_run_has_its_whole_log(survivor):
    logs = survivor.rows(
        "SELECT group_concat(step_id, ' ')"
        " FROM (SELECT run, step_id FROM step_log ORDER BY run, sequence) GROUP BY run"
    )

    assert survivor.number("SELECT count(*) FROM runs") == len(logs)
    assert {
        "1 lookup is-known add-order",
        "1 lookup is-known create-customer add-first-order",
    } == {steps for (steps,) in logs}


def test_the_database_is_intact(survivor):
    assert [("ok",)] == survivor.rows("PRAGMA integrity_check")
    assert [] == survivor.rows("PRAGMA foreign_key_check")


MAKER = """
import sys
from kobjctl.app.definitions.apply import apply
from kobjctl.app.org.opening import open_org
import kobjctl.store.migrations, kobjctl.files.yaml.reader, kobjctl.files.shapes.faults

print("ready", flush=True)
sys.stdin.readline()
apply(open_org(sys.argv[1]), [sys.argv[2]])
"""


@pytest.mark.parametrize("life", [0.0, 0.002, 0.005, 0.01, 0.015, 0.02, 0.03, 0.05])
def test_an_org_whose_maker_was_killed_is_made_by_the_next(tmp_path, life):
    maker = subprocess.Popen(
        [sys.executable, "-c", MAKER, tmp_path / "org.db", SAMPLES / "order.yaml"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    maker.stdout.readline()
    maker.stdin.write(b"go\n")
    maker.stdin.flush()
    time.sleep(life)
    maker.kill()
    maker.communicate()

    engine = engine_of(open_org(tmp_path / "org.db"))
    before = [
        len(table.names())
        for table in (engine.org.store.klasses, engine.org.store.hooks, engine.org.store.workflows)
    ]
    apply(engine.org, [SAMPLES / "order.yaml"])

    assert before in ([0, 0, 0], [1, 1, 1])
    assert ["order"] == engine.org.store.workflows.names()
    assert [("ok",)] == engine.org.store.connection.execute("PRAGMA integrity_check").fetchall()
    engine.org.store.close()
