"""Disks that are full or can only be read, and orgs that go away under a command."""

import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager

import pytest

from kobjctl.app.org.opening import open_org
from kobjctl.engine.engine import engine_of
from kobjctl.model.errors import StoreError
from kobjctl.store.place import disk_of
from kobjctl.store.store import Store

MOUNT, UNMOUNT = (shutil.which(each) or f"/bin/{each}" for each in ("mount", "umount"))


@pytest.fixture
def read_only(tmp_path):
    """A function that puts files on a disk of their own, which then can only be read."""
    mounted = tmp_path / "disk"
    mounted.mkdir()
    made = subprocess.run(
        [MOUNT, "-t", "tmpfs", "none", mounted], capture_output=True, text=True, check=False
    )
    if made.returncode:
        pytest.skip(f"no disk can be mounted here: {made.stderr.strip()}")

    def put(*files):
        for file in files:
            shutil.copy(file, mounted)
        subprocess.run([MOUNT, "-o", "remount,ro", mounted], check=True)
        return mounted

    yield put
    subprocess.run([UNMOUNT, mounted], check=True)


LOOKS = ("logs", "logs last", "hook list", "workflow export order", "customer list --json")


@pytest.mark.parametrize("command", LOOKS)
def test_a_look_at_an_org_on_a_disk_that_can_only_be_read(org, golden, read_only, command):
    expected = golden.invoke(org.parent, f"kobjctl {command}")
    folder = read_only(org)
    path = folder / org.name

    done = golden.invoke(org.parent, f"kobjctl {command}", "--db", str(path))

    assert (0, expected.stdout) == (done.exit_code, done.stdout)
    assert f'note: "{path}" is read-only: kobjctl reads it directly\n' in done.stderr
    assert [path] == list(folder.iterdir())


def with_a_log(org):
    """Make a run that stands in the write-ahead log alone; give the files."""
    folder = org.parent / "left"
    folder.mkdir()
    with closing(sqlite3.connect(org, isolation_level=None)) as connection:
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("UPDATE hooks SET description = 'from the log'")
        return [shutil.copy(each, folder) for each in (org, f"{org}-wal")]


def test_what_stands_in_the_log_beside_it_is_seen_too(org, golden, read_only):
    folder = read_only(*with_a_log(org))
    path = folder / org.name

    done = golden.invoke(org.parent, "kobjctl hook list --json", "--db", str(path))

    assert 0 == done.exit_code
    assert "from the log" in done.stdout
    assert f'note: "{path}" is read-only: kobjctl reads a copy of it\n' in done.stderr
    assert {path, folder / f"{org.name}-wal"} == set(folder.iterdir())


@pytest.mark.parametrize("log", [False, True], ids=["alone", "with its log"])
@pytest.mark.parametrize(
    "command",
    ["hook send sample_payloads/order.json", "klass create parcel", "logs prune --keep 0"],
)
def test_a_write_says_that_the_disk_can_only_be_read(org, golden, read_only, command, log):
    folder = read_only(*(with_a_log(org) if log else [org]))

    done = golden.invoke(org.parent, f"kobjctl {command}", "--db", str(folder / org.name))

    assert 2 == done.exit_code
    assert f'error: the disk {folder} with the database "' in done.stderr
    assert "--db PATH" in done.stderr


def test_a_new_org_on_such_a_disk_is_refused_in_the_same_words(golden, workplace, read_only):
    folder = read_only()

    done = golden.invoke(workplace, "kobjctl klass create a", "--db", str(folder / "new.db"))

    assert 2 == done.exit_code
    assert f'error: the disk {folder} with the database "' in done.stderr


# Full disks.


@contextmanager
def files_of_at_most(size):
    """Let no file grow beyond a size; a write beyond it fails, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


@pytest.mark.parametrize("size", [0, 100, 4096, 8192, 20_000, 60_000])
def test_no_empty_database_is_left_on_a_full_disk(tmp_path, size):
    with files_of_at_most(size), pytest.raises(StoreError):
        open_org(tmp_path / "org.db")

    assert [] == list(tmp_path.iterdir())


def test_an_org_that_was_there_stays_on_a_full_disk(tmp_path):
    path = tmp_path / "org.db"
    path.touch()

    with files_of_at_most(100), pytest.raises(StoreError):
        open_org(path)

    assert path in tmp_path.iterdir()


def test_the_disk_that_is_full_is_named(org, golden, monkeypatch):
    opened = Store.open

    def with_no_room(*given, **options):
        store = opened(*given, **options)
        (pages,) = store.connection.execute("PRAGMA page_count").fetchone()
        store.connection.execute(f"PRAGMA max_page_count = {pages}")
        return store

    monkeypatch.setattr(Store, "open", with_no_room)
    (org.parent / "long.json").write_text('{"orderId": "7", "note": "' + "x" * 90_000 + '"}')

    done = golden.invoke(org.parent, "kobjctl hook send long.json --hook orders")

    assert 2 == done.exit_code
    assert f'the disk {disk_of(org)} is full; there is no room for "' in done.stderr


# Orgs that go away.


def delete(path):
    path.unlink()


def replace(path):
    other = path.with_name("other.db")
    other.write_bytes(path.read_bytes())
    other.replace(path)


@pytest.mark.parametrize(
    ("go", "event"),
    [(delete, "deleted"), (replace, "replaced by another")],
    ids=["gone", "another"],
)
def test_an_org_that_goes_away_is_noticed_at_the_next_commit(tmp_path, go, event):
    path = tmp_path / "org.db"
    engine = engine_of(open_org(path))
    go(path)

    with (
        pytest.raises(StoreError, match=f"was {event} while kobjctl used it"),
        engine.org.store.transaction(),
    ):
        engine.org.store.connection.execute("UPDATE org SET created_at = 'later'")

    assert not engine.org.store.connection.in_transaction
    engine.org.store.close()


def test_a_replay_into_an_org_that_is_deleted_is_no_success(org, golden, tmp_path):
    lines = "".join(f'{{"orderId": "{each}"}}\n' for each in range(20_000))
    (org.parent / "many.jsonl").write_text(lines)
    command = [sys.executable, "-m", "kobjctl", "replay", "many.jsonl", "--hook", "orders"]
    running = subprocess.Popen(
        command, cwd=org.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    while running.poll() is None and not (tmp_path / f"{org.name}-wal").exists():
        pass
    org.unlink()
    _, said = running.communicate()

    assert 2 == running.returncode
    assert "was deleted while kobjctl used it" in said
