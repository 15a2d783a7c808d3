"""Whether a process lives, told by a lock that the system frees when it doesn't.

A number of a process tells nothing: it may belong to another one by now, and in containers every
process may have the same. A lease is an empty SQLite database of which its process holds the lock;
so leases work wherever the org itself works, and need the same rights.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Final

from kobjctl.model.errors import StoreError

# Who makes a lease waits so many seconds for those that look at it just then.
_PATIENCE: Final = 5.0
_ATTEMPTS: Final = 100


class Lease:
    """A lease that is held from now on; `path` must not be there yet."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = sqlite3.connect(
            path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
        )
        # No journal beside it: nothing is ever written.
        self._connection.execute("PRAGMA journal_mode = MEMORY")
        self._connection.execute("BEGIN EXCLUSIVE")

    @property
    def is_there(self) -> bool:
        """Return whether others can see it: one that was not locked yet may have been swept."""
        return self._path.exists()

    def release(self) -> None:
        """Give it up, as the end of the process would."""
        # Others may delete it too, as soon as it is free.
        self._connection.close()
        self._path.unlink(missing_ok=True)


def is_held(path: Path) -> bool:
    """Return whether the process that took a lease lives, which may be this one."""
    with _looking_at(path) as free:
        return free is False


def sweep(path: Path, remove: Callable[[], None]) -> None:
    """Remove what a process has left that is no more; `path` is its lease, which goes last: who
    is killed meanwhile leaves it to the next.
    """
    with _looking_at(path) as free:
        if not free:
            return
        # As long as it is looked at, nobody can take it.
        remove()
        with suppress(OSError):
            path.unlink()
    # Windows deletes no file that is open.
    with suppress(OSError):
        path.unlink(missing_ok=True)


@contextmanager
def _looking_at(path: Path) -> Iterator[bool | None]:
    """Return whether a lease is free (None: there is none), and let nobody take it meanwhile."""
    with ExitStack() as stack:
        try:
            stack.enter_context(closing(_reader(path)))
        except sqlite3.Error:
            # What can't be read is locked, or has gone since.
            free = False if path.is_file() else None
        else:
            free = True
        yield free


def _reader(path: Path) -> sqlite3.Connection:
    """Open a lease that is free, and keep it so."""
    address = f"{path.absolute().as_uri()}?mode=ro"
    connection = sqlite3.connect(address, uri=True, timeout=0, isolation_level=None)
    try:
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


class Leases:
    """The leases of those who work on an org, in a folder beside it.

    Each store has one, from the first time that its `owner` is asked for.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._lease: Lease | None = None
        self._owner = ""

    @property
    def owner(self) -> str:
        """Name whoever works on the org through this store: `is_held` knows whether it lives."""
        if not self._owner:
            self._take()
        return self._owner

    def is_held(self, owner: str) -> bool:
        """Return whether somebody who works on the org, or did, still lives."""
        folder = self._folder
        if folder is None or not owner or os.path.basename(owner) != owner:  # noqa: PTH119 - no path
            return bool(owner) and owner == self._owner
        return is_held(folder / owner)

    def release(self) -> None:
        """Give up the lease, if there is one."""
        if self._lease is None:
            return
        self._lease.release()
        self._lease = None
        # The last one to leave takes the folder with it.
        if folder := self._folder:
            with suppress(OSError):
                folder.rmdir()

    @property
    def _folder(self) -> Path | None:
        """Return the folder of the leases; None for an org in memory, which has one process."""
        (_, _, path) = self._connection.execute("PRAGMA database_list").fetchone()
        return Path(f"{path}-leases") if path else None

    def _take(self) -> None:
        folder = self._folder
        for _ in range(_ATTEMPTS):
            # No log has it, so it need not be the same twice.
            (token,) = self._connection.execute("SELECT lower(hex(randomblob(4)))").fetchone()
            owner = f"{os.getpid()}-{token}"
            if folder is None:
                self._owner = owner
                return
            if lease := _taken(folder / owner):
                self._lease, self._owner = lease, owner
                _sweep_folder(folder)
                return
        raise StoreError(
            f'can\'t write in "{folder}"',
            hint="kobjctl writes a file next to the database while it runs workflows",
        )


def _taken(path: Path) -> Lease | None:
    """Take a lease; None where its folder, or itself, was removed meanwhile."""
    try:
        path.parent.mkdir(exist_ok=True)
        lease = Lease(path)
    except (OSError, sqlite3.OperationalError):
        return None
    if lease.is_there:
        return lease
    lease.release()
    return None


def _sweep_folder(folder: Path) -> None:
    """Remove the leases of those that were killed."""
    for name in os.listdir(folder):  # noqa: PTH208 - at every start
        sweep(folder / name, lambda: None)


def process_of(owner: str) -> str:
    """Return the number of the process that an owner is, to show it."""
    return owner.partition("-")[0]
