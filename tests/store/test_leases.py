"""Whether a process lives is told by a lock that goes with it."""

import subprocess
import sys
from pathlib import Path

import pytest

from kobjctl.store.leases import is_held, sweep
from kobjctl.store.opening import MEMORY
from kobjctl.store.store import Store

HOLD = """
import sys
from kobjctl.store.store import Store

store = Store.open(sys.argv[1])
print(store.leases.owner, flush=True)
sys.stdin.read()
if sys.argv[2] == "close":
    store.close()
"""


class Holder:
    """A process that works on an org, until it is ended."""

    def __init__(self, path, end="close"):
        self._process = subprocess.Popen(
            [sys.executable, "-c", HOLD, path, end],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.owner = self._process.stdout.readline().strip()

    def end(self):
        self._process.communicate()

    def kill(self):
        self._process.kill()
        self._process.communicate()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "org.db"


@pytest.fixture
def store(path):
    store = Store.open(path)
    yield store
    store.close()


def leases(path):
    return sorted(Path(f"{path}-leases").glob("*"))


@pytest.mark.parametrize("end", ["close", "leave"])
def test_an_owner_lives_as_long_as_its_process(store, path, end):
    holder = Holder(path, end)

    alive = store.leases.is_held(holder.owner)
    holder.end()

    assert (True, False) == (alive, store.leases.is_held(holder.owner))


def test_a_killed_owner_is_dead_at_once_and_its_lease_goes_with_the_next(store, path):
    holder = Holder(path)
    holder.kill()

    assert [holder.owner] == [each.name for each in leases(path)]
    assert not store.leases.is_held(holder.owner)
    assert [store.leases.owner] == [each.name for each in leases(path)]


def test_the_lease_of_another_that_lives_stays(store, path):
    holder = Holder(path)

    both = {store.leases.owner, holder.owner}
    assert both == {each.name for each in leases(path)}
    holder.end()
    assert store.leases.is_held(store.leases.owner)


def test_nothing_is_left_when_all_are_gone(path):
    first, second = Store.open(path), Store.open(path)
    assert first.leases.owner != second.leases.owner

    first.close()
    assert second.leases.is_held(second.leases.owner)
    second.close()

    assert [path] == list(path.parent.iterdir())


def test_who_only_looks_takes_no_lease(store, path):
    assert not store.leases.is_held("somebody")
    assert [] == leases(path)


def test_an_org_in_memory_has_one_owner():
    store = Store.open(MEMORY)

    assert store.leases.is_held(store.leases.owner)
    assert not store.leases.is_held("somebody")
    store.close()


@pytest.mark.parametrize("owner", ["", ".", "..", "../org.db", "/", "gone"])
def test_what_is_no_owner_is_not_alive(store, owner):
    assert store.leases.owner
    assert not store.leases.is_held(owner)


def test_a_lease_is_found_by_whatever_name_the_org_is_opened(path, tmp_path):
    (tmp_path / "link.db").symlink_to(path)
    first, second = Store.open(path), Store.open(tmp_path / "link.db")

    assert second.leases.is_held(first.leases.owner)
    first.close()
    second.close()


def test_what_is_swept_is_removed_only_when_nobody_holds_it(store, path, tmp_path):
    removed = []
    lease = Path(f"{path}-leases") / store.leases.owner
    sweep(lease, lambda: removed.append("held"))
    sweep(tmp_path / "none", lambda: removed.append("none"))
    free = tmp_path / "free"
    free.touch()
    sweep(free, lambda: removed.append("free"))

    assert ["free"] == removed
    assert is_held(lease)
    assert not free.exists()


def test_eight_processes_take_and_leave_leases_at_once(path):
    Store.open(path).close()
    work = """
import sys
from kobjctl.store.store import Store

for _ in range(60):
    store = Store.open(sys.argv[1])
    assert store.leases.is_held(store.leases.owner)
    store.close()
"""
    each = [subprocess.Popen([sys.executable, "-c", work, path]) for _ in range(8)]

    assert [0] * 8 == [process.wait() for process in each]
    assert [] == leases(path)
