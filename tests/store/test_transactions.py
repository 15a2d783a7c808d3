"""Writes that stand or fall together: commits, savepoints, locks, and disks that refuse."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from kobjctl.model.customer import Customer
from kobjctl.store.failure import explain
from kobjctl.store.place import disk_of

NOON = "2026-01-02T12:00:00.000Z"
PAGE = 4096


def customer(number, note=""):
    return Customer(f"{number:024x}", {"note": note}, NOON, NOON, NOON, NOON)


def write(store, number, note=""):
    store.customers.add(customer(number, note))


def write_many(store, numbers, note=""):
    for number in numbers:
        write(store, number, note)


def write_and_raise(store, number, error):
    write(store, number)
    raise error


def kept(path):
    """Give the numbers of the customers that another connection sees."""
    with closing(sqlite3.connect(path)) as other:
        return [int(key, 16) for (key,) in other.execute("SELECT id FROM customers ORDER BY id")]


def written(store):
    """Give the numbers of the customers that the store itself sees."""
    return sorted(int(each.id, 16) for each in store.customers.all(-1))


def synchronous(store):
    return {1: "NORMAL", 2: "FULL"}[store.connection.execute("PRAGMA synchronous").fetchone()[0]]


def intact(store):
    return store.connection.execute("PRAGMA integrity_check").fetchall()


class PulledOutError(BaseException):
    """Something that no one catches."""


# Transactions.


def test_a_transaction_is_kept_as_a_whole_at_its_end(path, open_store):
    store = open_store()

    with store.transaction():
        write(store, 1)
        write(store, 2)
        before_the_end = kept(path)

    assert [] == before_the_end
    assert [1, 2] == kept(path)


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit, PulledOutError])
def test_whatever_is_raised_in_a_transaction_undoes_all_of_it(path, open_store, error):
    store = open_store()

    with pytest.raises(error), store.transaction():
        write_and_raise(store, 1, error)

    assert [] == kept(path)


def test_after_an_undone_transaction_the_next_one_is_kept(path, open_store):
    store = open_store()

    with pytest.raises(PulledOutError), store.transaction():
        write_and_raise(store, 1, PulledOutError)
    with store.transaction():
        write(store, 2)

    assert [2] == kept(path)


def test_a_transaction_in_a_transaction_is_part_of_it(path, open_store):
    store = open_store()

    with store.transaction():
        write(store, 1)
        with store.transaction(durable=True):
            write(store, 2)
        after_the_inner = kept(path)
        write(store, 3)

    assert [] == after_the_inner
    assert [1, 2, 3] == kept(path)


def test_what_is_raised_in_the_outer_transaction_undoes_the_inner_too(path, open_store):
    store = open_store()

    def write_in_two():
        with store.transaction():
            with store.transaction():
                write(store, 1)
            raise PulledOutError

    with pytest.raises(PulledOutError):
        write_in_two()

    assert [] == kept(path)


def test_a_transaction_can_be_committed_and_opened_anew_on_the_way(path, open_store):
    store = open_store()

    def write_commit_and_write():
        with store.transaction():
            write(store, 1)
            store.commit()
            on_the_way.extend(kept(path))
            store.begin()
            write_and_raise(store, 2, PulledOutError)

    on_the_way = []
    with pytest.raises(PulledOutError):
        write_commit_and_write()

    assert [1] == on_the_way == kept(path)


def test_what_is_not_committed_is_lost_when_the_store_is_closed(path, open_store):
    store = open_store()
    store.begin()
    write(store, 1)

    store.close()

    assert [] == kept(path)


# Savepoints.


def test_a_savepoint_undoes_only_its_own_writes(path, open_store):
    store = open_store()

    with store.transaction():
        write(store, 1)
        with pytest.raises(PulledOutError), store.savepoint():
            write_and_raise(store, 2, PulledOutError)
        with store.savepoint():
            write(store, 3)

    assert [1, 3] == kept(path)


def test_a_savepoint_in_a_savepoint_undoes_only_its_own_writes(store):
    with store.transaction(), store.savepoint():
        write(store, 1)
        with pytest.raises(PulledOutError), store.savepoint():
            write_and_raise(store, 2, PulledOutError)
        write(store, 3)

    assert [1, 3] == written(store)


def test_a_savepoint_goes_with_its_transaction(path, open_store):
    store = open_store()

    def write_in_two():
        with store.transaction():
            with store.savepoint():
                write(store, 1)
            raise PulledOutError

    with pytest.raises(PulledOutError):
        write_in_two()

    assert [] == kept(path)


# How safe a commit is.


@pytest.mark.parametrize(("durable", "expected"), [(True, "FULL"), (False, "NORMAL")])
def test_only_a_durable_transaction_waits_for_the_disk(open_store, durable, expected):
    store = open_store()

    with store.transaction(durable=durable):
        meanwhile = synchronous(store)

    assert expected == meanwhile
    assert "NORMAL" == synchronous(store)


def test_the_disk_is_waited_for_at_the_commit_itself(open_store):
    store = open_store()
    said = []

    store.connection.set_trace_callback(said.append)
    with store.transaction(durable=True):
        pass
    store.connection.set_trace_callback(None)

    assert [
        "PRAGMA synchronous = FULL",
        "BEGIN IMMEDIATE",
        "COMMIT",
        "PRAGMA synchronous = NORMAL",
    ] == said


def test_an_undone_durable_transaction_leaves_the_next_one_fast(open_store):
    store = open_store()

    with pytest.raises(PulledOutError), store.transaction(durable=True):
        raise PulledOutError

    assert "NORMAL" == synchronous(store)


def test_a_durable_transaction_that_got_no_lock_leaves_the_next_one_fast(path, open_store):
    store = open_store(timeout=0)

    with held(path), pytest.raises(sqlite3.OperationalError, match="locked"):
        store.begin(durable=True)

    assert "NORMAL" == synchronous(store)


# Locks.


@contextmanager
def held(path):
    """Hold the write lock of an org, as another process does; give what lets it go."""
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield lambda: other.execute("ROLLBACK")


def test_a_database_that_stays_locked_is_told_as_busy(path, open_store):
    store = open_store(timeout=0.1)

    with held(path), pytest.raises(sqlite3.OperationalError) as raised, store.transaction():
        write(store, 1)
    told = explain(raised.value, store.path)

    assert (
        f'the database "{path}" is busy: another process has locked it for too long' == told.message
    )
    assert "wait for the other kobjctl to finish, or end it, and try again" == told.hint


def test_after_a_lock_that_was_not_given_the_next_transaction_is_kept(path, open_store):
    store = open_store(timeout=0.1)

    with held(path), pytest.raises(sqlite3.OperationalError), store.transaction(durable=True):
        write(store, 1)
    with store.transaction():
        write(store, 2)

    assert [2] == kept(path)


def test_a_writer_waits_for_another_to_finish(path, open_store):
    store = open_store(timeout=10)

    with held(path) as let_go:
        ending = threading.Timer(0.2, let_go)
        ending.start()
        with store.transaction():
            write(store, 1)
        ending.join()

    assert [1] == kept(path)


def test_the_lock_is_taken_before_the_first_write(path, open_store):
    store, other = open_store(), open_store(timeout=0)

    with store.transaction(), pytest.raises(sqlite3.OperationalError, match="locked"):
        other.begin()


def test_nobody_waits_to_read_or_to_open(open_store):
    store = open_store()

    with store.transaction():
        write(store, 1)
        other = open_store(timeout=0)
        seen = written(other)

    assert [] == seen
    assert [1] == written(other)


# A database that can only be read.

READ_AND_WRITE = """
import os, sqlite3, sys
from kobjctl.model.errors import StoreError
from kobjctl.store.failure import explain
from kobjctl.store.store import Store

path = sys.argv[1]
if os.getuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
try:
    store = Store.open(path)
    print("opened", store.org_id)
    with store.transaction():
        store.klasses.names()
        store.runs.finish(1, "failed", 0.0, "")
    print("written")
except StoreError as error:
    print(error.message)
    print(error.hint)
except sqlite3.Error as error:
    told = explain(error, path)
    print(told.message)
    print(told.hint)
"""


@pytest.fixture
def shared():
    """A folder that every user may reach, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp())
    yield folder
    folder.chmod(0o700)
    shutil.rmtree(folder)


@pytest.mark.parametrize(
    ("file_mode", "folder_mode", "expected"),
    [
        (0o444, 0o777, ["opened ORG", "ONLY READ"]),
        (0o444, 0o555, ["opened ORG", "ONLY READ"]),
        (0o666, 0o555, ["opened ORG", "ONLY READ"]),
        (0o000, 0o777, ["CAN'T OPEN"]),
        (0o666, 0o777, ["opened ORG", "written"]),
    ],
)
def test_who_may_not_write_is_told_so(shared, open_store, file_mode, folder_mode, expected):
    path = shared / "org.db"
    store = open_store(path)
    store.close()
    path.chmod(file_mode)
    shared.chmod(folder_mode)

    said = subprocess.run(
        [sys.executable, "-c", READ_AND_WRITE, str(path)],
        check=True,
        capture_output=True,
        text=True,
    )

    words = {
        "opened ORG": [f"opened {store.org_id}"],
        "written": ["written"],
        "ONLY READ": [
            f'the database "{path}" is read-only',
            "check the permissions of the file and of its folder",
        ],
        "CAN'T OPEN": [
            f'can\'t open the database "{path}"',
            "check that its folder exists and that you may write there",
        ],
    }
    assert [line for part in expected for line in words[part]] == said.stdout.splitlines()
    assert "" == said.stderr


# A disk that is full.


def leave_room(store, pages):
    """Let the database grow by so many pages and no more."""
    (used,) = store.connection.execute("PRAGMA page_count").fetchone()
    store.connection.execute(f"PRAGMA max_page_count = {used + pages}")


def test_a_full_disk_is_told_in_our_words(path, open_store):
    store = open_store()
    leave_room(store, 0)

    with pytest.raises(sqlite3.OperationalError) as raised, store.transaction():
        write(store, 1, "x" * PAGE)
    told = explain(raised.value, store.path)

    assert f'the disk {disk_of(path)} is full; there is no room for "{path}"' == told.message
    assert "free some space there; nothing was half-written" == told.hint


@pytest.mark.parametrize("room", range(12))
def test_a_full_disk_leaves_nothing_half_written(path, open_store, room):
    store = open_store()
    with store.transaction():
        write(store, 1)
    leave_room(store, room)

    with pytest.raises(sqlite3.OperationalError, match="full"), store.transaction():
        write_many(store, range(2, 100), "x" * PAGE)
    again = open_store()

    assert [1] == written(store) == kept(path) == written(again)
    assert [("ok",)] == intact(again)


def test_a_full_disk_in_a_savepoint_undoes_the_whole_transaction(path, open_store):
    store = open_store()
    leave_room(store, 2)

    def write_in_two():
        with store.transaction():
            write(store, 1)
            with store.savepoint():
                write(store, 2, "x" * PAGE * 4)

    with pytest.raises(sqlite3.OperationalError, match="full"):
        write_in_two()

    assert [] == kept(path)
    assert [("ok",)] == intact(store)


def test_once_there_is_room_again_the_same_store_goes_on(path, open_store):
    store = open_store()
    leave_room(store, 0)
    with pytest.raises(sqlite3.OperationalError, match="full"), store.transaction(durable=True):
        write(store, 1, "x" * PAGE)

    leave_room(store, 10)
    with store.transaction(durable=True):
        write(store, 1, "x" * PAGE)

    assert [1] == kept(path)


@contextmanager
def largest_file(size):
    """Refuse, as the system, to let a file grow beyond a size: this shows at the commit."""
    resource = pytest.importorskip("resource", reason="a full disk is tried by limits of POSIX")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_commit_that_the_system_refuses_leaves_nothing_half_written(path, open_store):
    store = open_store()
    with store.transaction():
        write(store, 1)
    size = os.path.getsize(f"{path}-wal")  # noqa: PTH202 - the name is the path and a suffix

    with (
        largest_file(size + PAGE),
        pytest.raises(sqlite3.OperationalError) as raised,
        store.transaction(durable=True),
    ):
        write_many(store, range(2, 10), "x" * PAGE)
    told = explain(raised.value, store.path)
    with store.transaction():
        write(store, 100)

    assert f'the disk of "{path}" reported an error' == told.message
    assert "check the disk; nothing was half-written" == told.hint
    assert [1, 100] == kept(path)
    assert [("ok",)] == intact(store)
