"""In containers every process has the same number, and a killed one is no less dead for that."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kobjctl.app.definitions.apply import apply
from kobjctl.app.org.opening import open_org
from kobjctl.engine.engine import engine_of

SAMPLES = Path(__file__).parents[3] / "sample_workflows"
# What follows is process 1 of a world of processes of its own, on the machine of the same name.
IN_A_CONTAINER = ("unshare", "--user", "--map-root-user", "--pid", "--fork")

ACCEPT_AND_BE_KILLED = """
import os, sys
from kobjctl.app.definitions import hooks
from kobjctl.app.org.opening import open_org
from kobjctl.app.runs.payload import read_body
from kobjctl.app.runs.receive import receive, to_hook

org = open_org(sys.argv[1])
hook = hooks.get(org.store, "orders")
receive(org, to_hook(hook, read_body(hook, b'{"email": "test@example.com"}', "order.json")))
os._exit(0 if os.getpid() == 1 else 1)
"""


def can_contain():
    if not shutil.which(IN_A_CONTAINER[0]):
        return False
    return not subprocess.run(
        [*IN_A_CONTAINER, "true"], capture_output=True, check=False
    ).returncode


@pytest.mark.skipif(not can_contain(), reason="the system gives no process numbers of one's own")
def test_the_next_container_finishes_what_the_killed_one_left(tmp_path):
    database = tmp_path / "org.db"
    engine = engine_of(open_org(database))
    apply(engine.org, [SAMPLES / "order.yaml"])
    subprocess.run(
        [*IN_A_CONTAINER, sys.executable, "-c", ACCEPT_AND_BE_KILLED, database], check=True
    )

    done = subprocess.run(
        [*IN_A_CONTAINER, sys.executable, "-m", "kobjctl", "--db", database, "logs", "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    engine.org.store.close()

    assert "finished 1 run that an earlier kobjctl left unfinished\n" == done.stderr
    assert "completed" in json.dumps(json.loads(done.stdout))
