"""However many payloads one process takes in, it needs no more memory for them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kobjctl.app.definitions.apply import apply
from kobjctl.app.org.opening import open_org
from kobjctl.engine.engine import engine_of

SAMPLES = Path(__file__).parents[3] / "sample_workflows"
STATM = Path("/proc/self/statm")
PAYLOADS, MANY_PAYLOADS = 20_000, 100_000
GROUP = 500
# By then the caches are full, of which SQLite's takes 2 MB.
WARM = 4_000
# A leak of 66 bytes a payload would be more.
MOST_GROWTH = 1024 * 1024

SEND = """
import json, os, sys
from kobjctl.app.definitions import hooks
from kobjctl.app.org.opening import open_org
from kobjctl.engine.engine import engine_of
from kobjctl.app.runs.execute import execute
from kobjctl.app.runs.payload import read_body
from kobjctl.app.runs.receive import receive, to_hook

engine = engine_of(open_org(sys.argv[1]))
hook = hooks.get(engine.org.store, "orders")
many, group = int(sys.argv[2]), int(sys.argv[3])
resident = []
for start in range(0, many, group):
    with engine.org.store.transaction():
        for number in range(start, start + group):
            email = f"customer{number - number % 5 // 4}@example.com"
            order = {"orderId": str(number), "price": "$1.25", "quantity": 2, "email": email}
            payload = read_body(hook, json.dumps(order).encode(), "order.json")
            for run in receive(engine.org, to_hook(hook, payload)).numbers:
                execute(engine, run)
    with open("/proc/self/statm") as statm:
        resident.append(int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE"))
print(json.dumps(resident))
"""


@pytest.mark.skipif(not STATM.exists(), reason="the system doesn't tell what memory is used")
def test_twenty_thousand_payloads_take_the_memory_of_four_thousand(tmp_path, long):
    many = MANY_PAYLOADS if long else PAYLOADS
    engine = engine_of(open_org(tmp_path / "org.db"))
    apply(engine.org, [SAMPLES / "order.yaml"])

    done = subprocess.run(
        [sys.executable, "-c", SEND, tmp_path / "org.db", str(many), str(GROUP)],
        check=True,
        capture_output=True,
        text=True,
    )
    resident = json.loads(done.stdout)
    completed = engine.org.store.connection.execute(
        "SELECT status, count(*) FROM runs GROUP BY status"
    )
    ended = completed.fetchall()
    engine.org.store.close()

    assert [("completed", many)] == ended
    assert MOST_GROWTH > max(resident) - max(resident[: WARM // GROUP])
