"""A copy of the org: what happens there leaves the org as it is."""

import subprocess
import sys
from pathlib import Path

import pytest

from kobjctl.app.org.copies import copied
from kobjctl.app.org.opening import open_org
from kobjctl.engine.engine import engine_of
from kobjctl.model.errors import StoreError


def test_what_is_written_to_a_copy_is_not_in_the_org(org):
    before = org.read_bytes()
    engine = engine_of(open_org(org))
    with copied(engine.org) as twin, twin.store.transaction():
        file = twin.store.path
        twin.store.hooks.describe(twin.store.hooks.get("orders"), "another", "now")
        changed = twin.store.hooks.get("orders").description
        own = engine.org.store.hooks.get("orders").description
    engine.org.store.close()

    assert ("another", "Orders from the shop") == (changed, own)
    assert before == org.read_bytes()
    assert not (org.parent / file).exists()


def test_a_copy_has_the_same_id_runs_and_time(engine):
    with copied(engine.org) as twin:
        assert (engine.org.store.org_id, engine.org.now()) == (
            twin.store.org_id,
            twin.now(),
        )
        assert engine.on(twin).plans is not engine.plans


def test_a_copy_goes_when_something_is_raised(org):
    engine = engine_of(open_org(org))
    paths = []

    def fail():
        with copied(engine.org, str(org.parent)) as twin:
            paths.append(twin.store.path)
            twin.store.hooks.get(None)

    with pytest.raises(AttributeError):
        fail()
    engine.org.store.close()

    assert paths[0].startswith(str(org.parent))
    assert not Path(paths[0]).exists()


MAKE = """
import sys
from kobjctl.app.org.copies import copied
from kobjctl.app.org.opening import open_org

with copied(open_org(sys.argv[1]), sys.argv[2]):
    print("ready", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def killed(org, tmp_path):
    """A folder with the copy of a process that was killed, beside that of one that lives."""
    folder = tmp_path / "copies"
    folder.mkdir()
    makers = [
        subprocess.Popen(
            [sys.executable, "-c", MAKE, org, folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for _ in range(2)
    ]
    for maker in makers:
        maker.stdout.readline()
    first, second = makers
    first.kill()
    first.communicate()
    yield folder
    second.communicate()
    assert [] == list(folder.iterdir())


def test_what_a_killed_process_left_goes_with_the_next_copy_and_no_other_does(killed, engine):
    before = {*killed.glob("*/kobjctl.db")}
    with copied(engine.org, str(killed)) as twin:
        own = Path(twin.store.path)

    left = {*killed.glob("*/kobjctl.db")}
    assert (2, 1) == (len(before), len(left))
    assert left < before
    assert own not in left


def test_a_folder_that_takes_no_copy_is_told(engine, tmp_path):
    with (
        pytest.raises(StoreError, match="can't write in") as raised,
        copied(engine.org, str(tmp_path / "none")),
    ):
        pass

    assert "TMPDIR" in raised.value.hint
