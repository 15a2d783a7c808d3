"""Nothing is lost, nothing is doubled and nothing falls, whatever happens to the processes.

`pytest --soak 3600 tests/app/soak` goes on for an hour; KOBJCTL_TEST_SEED repeats the choices,
though not what the processes make of them.
"""

import os
import random

import pytest

from .process import hearing_interrupts
from .server import serving
from .soak import Soak

LAST_SHOWN = 80
FEWEST = 20


@pytest.mark.skipif(os.name != "posix", reason="it kills and interrupts by signals")
def test_an_org_survives_what_happens_to_its_processes(request, tmp_path, monkeypatch):
    seed = int(os.environ.get("KOBJCTL_TEST_SEED") or random.randrange(10**9))  # noqa: S311 - a seed
    print(f"to repeat it: KOBJCTL_TEST_SEED={seed}", flush=True)  # noqa: T201 - pytest shows it
    with serving() as server, hearing_interrupts():
        monkeypatch.setenv("KOBJCTL_ALLOW_HOSTS", server.host)
        soak = Soak(tmp_path, server, seed)
        soak.make()
        soak.soak(request.config.getoption("--soak"))
        soak.settle()
        problems = soak.problems()
    (tmp_path / "commands.log").write_text("\n".join(soak.log) + "\n")
    print(soak.summary())  # noqa: T201 - see above

    told = "\n".join([*problems, f"the last commands (all: {tmp_path}/commands.log):"])
    assert not problems, "\n".join([told, *soak.log[-LAST_SHOWN:]])
    assert soak.commands.total() > FEWEST
