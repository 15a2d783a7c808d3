"""The one store of an org, on a file or in memory: its connection and its transactions.

SQLite has one writer at a time. Every write takes the lock at its start (`BEGIN IMMEDIATE`), so
that two processes queue for it instead of failing half-way, and reads need no lock at all (WAL).
Accepting a payload waits for the disk (`synchronous=FULL`); the commit of a run does not: after
a power cut the payload is still there and its run starts afresh.
"""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kobjctl.model.errors import StoreError
from kobjctl.store.columns import TEXT, Columns
from kobjctl.store.customers import Customers
from kobjctl.store.events import Events
from kobjctl.store.failure import DamagedRowError, explain, refuse_device
from kobjctl.store.hooks import Hooks
from kobjctl.store.kept import TransactionCache
from kobjctl.store.klasses import Klasses
from kobjctl.store.kobjects import KObjects
from kobjctl.store.leases import Leases
from kobjctl.store.place import FileIdentity
from kobjctl.store.private_file import make_private
from kobjctl.store.private_values import PrivateValues
from kobjctl.store.pruning import INCREMENTAL
from kobjctl.store.read_only import can_look, look, open_copy
from kobjctl.store.runs import Runs
from kobjctl.store.schedules import Schedules
from kobjctl.store.settings import Settings
from kobjctl.store.variables import Variables
from kobjctl.store.workflows import Workflows

if TYPE_CHECKING:
    from kobjctl.store.app_parts import AppParts
    from kobjctl.store.apps import Apps
    from kobjctl.store.records import Records
    from kobjctl.store.replays import Replays

SCHEMA: Final = 8
APPLICATION_ID: Final = int.from_bytes(b"kobj")
MEMORY: Final = ":memory:"
BUSY_TIMEOUT: Final = 30.0
_ORG: Final = Columns("org", id=TEXT)
_PAUSE: Final = 0.01
# What is within a transaction that is open has nothing to begin or to end.
_PART: Final = nullcontext()


class Store:
    """An open org. `path` is its file; `org_id` its 24 hex characters."""

    def __init__(self, connection: sqlite3.Connection, path: str) -> None:
        self.connection = connection
        self.path = path
        self.org_id = ""
        self.notice = ""
        self._place: FileIdentity | None = None
        self.kept = TransactionCache()
        # Called before each commit, to write what must stand or fall with the rest.
        self.before_commit: Callable[[], None] | None = None
        self.customers = Customers(connection)
        self.events = Events(connection)
        self.hooks = Hooks(connection)
        self.klasses = Klasses(connection, self.kept)
        self.kobjects = KObjects(connection)
        self.leases = Leases(connection)
        self.private_values = PrivateValues(connection)
        self.runs = Runs(connection)
        self.schedules = Schedules(connection)
        self.settings = Settings(connection, self.kept)
        self.variables = Variables(connection, self.kept)
        self.workflows = Workflows(connection, self.kept)
        self._records: dict[str, Records] = {}
        self._open = False

    def records(self, kind: str) -> "Records":
        """Return the table of a kind of record: `company`, `conversation`, `message`, ..."""
        if kind not in self._records:
            # Most payloads have to do with customers and KObjects alone.
            from kobjctl.model.kinds import KINDS  # noqa: PLC0415
            from kobjctl.store.records import Records  # noqa: PLC0415

            self._records[kind] = Records(self.connection, KINDS[kind])
        return self._records[kind]

    def made(self) -> int:
        """Return a number that grows with each klass, customer or other record that is made."""
        from kobjctl.model.kinds import KINDS  # noqa: PLC0415 - see `records`

        tables = ("klasses", "customers", *(kind.plural for kind in KINDS.values()))
        rows = " + ".join(f"(SELECT ifnull(max(rowid), 0) FROM {table})" for table in tables)
        (number,) = self.connection.execute(f"SELECT {rows}").fetchone()
        return int(number)

    # Few runs have to do with apps, and each module is some of a command's start.
    @cached_property
    def apps(self) -> "Apps":
        """The table of apps."""
        from kobjctl.store.apps import Apps  # noqa: PLC0415 - see above

        return Apps(self.connection)

    @cached_property
    def app_actions(self) -> "AppParts":
        """The table of the actions of apps."""
        from kobjctl.store.app_parts import AppParts  # noqa: PLC0415 - see above

        return AppParts(self.connection, "app_actions")

    @cached_property
    def app_triggers(self) -> "AppParts":
        """The table of the triggers of apps."""
        from kobjctl.store.app_parts import AppParts  # noqa: PLC0415 - see above

        return AppParts(self.connection, "app_triggers")

    @cached_property
    def replays(self) -> "Replays":
        """The table of replays."""
        from kobjctl.store.replays import Replays  # noqa: PLC0415 - see above

        return Replays(self.connection)

    @classmethod
    def open(
        cls, path: str | Path, *, org_id: str = "", now: str = "", timeout: float = BUSY_TIMEOUT
    ) -> "Store":
        """Open the org at `path`, or make a new one with the given id at the time `now`.

        `timeout` is how many seconds to wait for other writers. Raises StoreError for a file
        that is no org, is newer than this kobjctl, or can't be opened.
        """
        refuse_device(path)
        # SQLite gives the files beside it (-wal, -shm) the same rights.
        is_new = str(path) != MEMORY and make_private(path)
        store = None
        try:
            store = cls(sqlite3.connect(path, timeout=timeout, isolation_level=None), str(path))
            # Before the first look at it, from which on it may be gone.
            store._place = None if store.path == MEMORY else FileIdentity(path)
            store._prepare(org_id, now, timeout)
        except BaseException as error:
            if store:
                store.close()
            if is_new and "locked" not in str(error):
                _remove_empty(Path(path))
            if not isinstance(error, sqlite3.Error):
                raise
            if not is_new and can_look(str(path), error):
                return cls._look(str(path))
            raise explain(error, str(path)) from error
        return store

    @classmethod
    def _look(cls, path: str) -> "Store":
        """Open an org that can only be read; `notice` says so."""
        try:
            connection, on_copy = look(path)
            store = cls(connection, path)
            if store._check_version() != SCHEMA:
                connection.close()
                connection, on_copy = open_copy(path), True
                store = cls(connection, path)
            store._prepare("", "", BUSY_TIMEOUT)
            connection.execute("PRAGMA query_only = ON")
        except (sqlite3.Error, OSError) as error:
            raise explain(sqlite3.OperationalError("readonly"), path) from error
        how = "a copy of it is read" if on_copy else "it is read as it is"
        store.notice = f'note: "{path}" can only be read: {how}'
        return store

    def image(self) -> bytes:
        """Return all of the org as bytes, from which `from_image` makes others."""
        return self.connection.serialize()

    @classmethod
    def from_image(cls, image: bytes) -> "Store":
        """Open an org in memory that is a copy of the one that the image is of."""
        connection = sqlite3.connect(MEMORY, isolation_level=None)
        connection.deserialize(image)
        store = cls(connection, MEMORY)
        store._prepare("", "", BUSY_TIMEOUT)
        return store

    def copy_to(self, path: Path) -> None:
        """Write the org as it is now to a new file, page by page."""
        make_private(path)
        with closing(sqlite3.connect(path)) as target:
            self.connection.backup(target)

    def close(self) -> None:
        """Close the connection; what is not committed is lost."""
        self.leases.release()
        self.connection.close()

    def transaction(self, *, durable: bool = False) -> AbstractContextManager[None]:
        """Do several writes as one; within an open transaction, be part of that.

        `durable` waits until the disk has it. Whatever is raised inside undoes all of it.
        """
        return _PART if self._open else self._transaction(durable=durable)

    @contextmanager
    def _transaction(self, *, durable: bool) -> Iterator[None]:
        self.begin(durable=durable)
        try:
            yield
        except BaseException:
            self.rollback()
            raise
        self.commit(durable=durable)

    def begin(self, *, durable: bool = False) -> None:
        """Take the write lock and open a transaction."""
        if durable:
            self.connection.execute("PRAGMA synchronous = FULL")
        try:
            self.connection.execute("BEGIN IMMEDIATE")
        except sqlite3.Error:
            self.connection.execute("PRAGMA synchronous = NORMAL")
            raise
        self._open = True
        self.kept.open()

    def commit(self, *, durable: bool = False) -> None:
        """Close the transaction and keep what it wrote."""
        try:
            if self.before_commit:
                self.before_commit()
            if self._place:
                self._place.check()
            self.connection.execute("COMMIT")
        except BaseException:
            self.rollback()
            raise
        self._open = False
        self.kept.close()
        if durable:
            self.connection.execute("PRAGMA synchronous = NORMAL")

    def rollback(self) -> None:
        """Close the transaction and undo what it wrote."""
        self._open = False
        self.kept.close()
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")
        self.connection.execute("PRAGMA synchronous = NORMAL")

    def savepoint(self) -> "Savepoint":
        """Do the writes of one step; whatever is raised inside undoes just them."""
        return Savepoint(self.connection, self.kept)

    def _prepare(self, org_id: str, now: str, timeout: float) -> None:
        connection = self.connection
        if self._check_version() != SCHEMA:
            self._bring_up_to_date(org_id, now, timeout)
        # Only now: a migration that builds a table anew must drop one that others refer to.
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = NORMAL")
        # A secret that is deleted is no longer in the file.
        connection.execute("PRAGMA secure_delete = ON")
        self.org_id = self._read_id()

    def _read_id(self) -> str:
        row = self.connection.execute(f"SELECT {_ORG} FROM org").fetchone()
        if row is None:
            raise DamagedRowError('table "org" has no row')
        return str(_ORG.read(row)[0])

    def _bring_up_to_date(self, org_id: str, now: str, timeout: float) -> None:
        from sqlite_utils import Database  # noqa: PLC0415 - costs 60 ms, needed once per schema

        from kobjctl.store.migrations import MIGRATIONS  # noqa: PLC0415 - see above

        if self.path != MEMORY:
            # This counts only before there is anything in the file.
            self.connection.execute(f"PRAGMA auto_vacuum = {INCREMENTAL}")
            self._use_wal(timeout)
        with self.transaction(durable=True):
            # Another process may have come first; the lock is ours only now.
            if self._check_version() == SCHEMA:
                return
            MIGRATIONS.apply(Database(self.connection))
            self.connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            self.connection.execute(f"PRAGMA user_version = {SCHEMA}")
            if self.connection.execute("SELECT count(*) FROM org").fetchone() == (0,):
                self.connection.execute("INSERT INTO org VALUES (?, ?)", (org_id, now))

    def _use_wal(self, timeout: float) -> None:
        """Switch to WAL. SQLite does not queue for that, so we do."""
        for left in range(int(timeout / _PAUSE), -1, -1):
            try:
                self.connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or not left:
                    raise
                time.sleep(_PAUSE)
            else:
                return

    def _check_version(self) -> int:
        """Return the schema's number; raise StoreError unless this kobjctl may go on from there."""
        (version,) = self.connection.execute("PRAGMA user_version").fetchone()
        # In this order: who sees the tables of a process that is making the org sees its mark too.
        (tables,) = self.connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        (application,) = self.connection.execute("PRAGMA application_id").fetchone()
        if tables and application != APPLICATION_ID:
            raise StoreError(
                f'"{self.path}" is the database of another program, not a kobjctl database',
                hint="name another with --db PATH",
            )
        if version > SCHEMA:
            raise StoreError(
                f'the database "{self.path}" was made by a newer kobjctl'
                f" (its schema is {version}, this one knows {SCHEMA})",
                hint="upgrade kobjctl, or name another database with --db PATH",
            )
        return int(version)


class Savepoint:
    """The writes of one step: kept when the block ends, undone when it raises."""

    __slots__ = ("_connection", "_kept")

    def __init__(self, connection: sqlite3.Connection, kept: TransactionCache) -> None:
        self._connection = connection
        self._kept = kept

    def __enter__(self) -> None:
        self._connection.execute("SAVEPOINT step")

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        # A full disk ends the whole transaction, and the savepoint with it.
        if kind is not None and self._connection.in_transaction:
            self._connection.execute("ROLLBACK TO step")
            self._kept.forget()
        if self._connection.in_transaction:
            self._connection.execute("RELEASE step")


def file_exists(path: str | Path) -> bool:
    """Return whether there is an org to open at `path` (memory never has one)."""
    return str(path) != MEMORY and os.path.exists(path)  # noqa: PTH110 - called at every start


def _remove_empty(path: Path) -> None:
    """Remove a file that was to become an org and has nothing yet, as on a full disk."""
    address = f"{path.absolute().as_uri()}?immutable=1"
    with suppress(sqlite3.Error, OSError):
        with closing(sqlite3.connect(address, uri=True)) as connection:
            (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        for end in ("-wal", "-shm", "") if not tables else ():
            Path(f"{path}{end}").unlink(missing_ok=True)
