"""The one store of an org, on a file or in memory: its connection and its transactions.

SQLite has one writer at a time. Every write takes the lock at its start (`BEGIN IMMEDIATE`), so
that two processes queue for it instead of failing half-way, and reads need no lock at all (WAL).
Accepting a payload waits for the disk (`synchronous=FULL`); the commit of a run does not: after
a power cut the payload is still there and its run starts afresh.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kobjctl.store.customers import Customers
from kobjctl.store.events import Events
from kobjctl.store.hooks import Hooks
from kobjctl.store.kept import TransactionCache
from kobjctl.store.klasses import Klasses
from kobjctl.store.kobjects import KObjects
from kobjctl.store.leases import Leases
from kobjctl.store.opening import MEMORY, OpenDatabase, open_database, open_image
from kobjctl.store.place import make_private
from kobjctl.store.private_values import PrivateValues
from kobjctl.store.runs import Runs
from kobjctl.store.schedules import Schedules
from kobjctl.store.settings import Settings, Variables
from kobjctl.store.step_log import StepLogTable
from kobjctl.store.text import JsonWriter
from kobjctl.store.workflows import Workflows

if TYPE_CHECKING:
    from kobjctl.store.apps import AppParts, Apps
    from kobjctl.store.payloads import SavedPayloads
    from kobjctl.store.records import Records, RecordTable
    from kobjctl.store.replays import Replays

BUSY_TIMEOUT: Final = 30.0
# What is within a transaction that is open has nothing to begin or to end.
_PART: Final = nullcontext()


class Store:
    """An open org. `path` is its file; `org_id` its 24 hex characters; `notice` is what users
    are told of how it was opened.
    """

    def __init__(self, database: OpenDatabase) -> None:
        self.connection = connection = database.connection
        self.path = database.path
        self.org_id = database.org_id
        self.notice = database.notice
        self._file = database.file
        self.kept = TransactionCache()
        self.json = JsonWriter()
        self._before_commit: Callable[[], None] | None = None
        self.customers = Customers(connection, self.json)
        self.events = Events(connection)
        self.hooks = Hooks(connection)
        self.klasses = Klasses(connection, self.kept)
        self.kobjects = KObjects(connection, self.json)
        self.leases = Leases(connection)
        self.private_values = PrivateValues(connection)
        self.runs = Runs(connection)
        self.schedules = Schedules(connection)
        self.settings = Settings(connection, self.kept)
        self.step_log = StepLogTable(connection, self.json)
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

            self._records[kind] = Records(self.connection, KINDS[kind], self.json)
        return self._records[kind]

    def table(self, kind: str) -> "RecordTable":
        """Return the table of any kind of record."""
        special: dict[str, RecordTable] = {"customer": self.customers, "kobject": self.kobjects}
        return special.get(kind) or self.records(kind)

    def made(self) -> int:
        """Return a number that grows with each klass, customer or other record that is made."""
        from kobjctl.model.kinds import KINDS  # noqa: PLC0415 - see `records`

        tables = ("klasses", *dict.fromkeys(kind.table for kind in KINDS.values()))
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
        from kobjctl.store.apps import AppParts  # noqa: PLC0415 - see above

        return AppParts(self.connection, "app_actions")

    @cached_property
    def app_triggers(self) -> "AppParts":
        """The table of the triggers of apps."""
        from kobjctl.store.apps import AppParts  # noqa: PLC0415 - see above

        return AppParts(self.connection, "app_triggers")

    @cached_property
    def payloads(self) -> "SavedPayloads":
        """The table of the payloads that are saved under names."""
        from kobjctl.store.payloads import SavedPayloads  # noqa: PLC0415 - see above

        return SavedPayloads(self.connection)

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
        return cls(open_database(str(path), org_id, now, timeout))

    def image(self) -> bytes:
        """Return all of the org as bytes, from which `from_image` makes others."""
        return self.connection.serialize()

    @classmethod
    def from_image(cls, image: bytes) -> "Store":
        """Open an org in memory that is a copy of the one that the image is of."""
        return cls(open_image(image))

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
            if self._before_commit:
                self._before_commit()
            if self._file:
                self._file.check()
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

    @contextmanager
    def writing_before_commits(self, write: Callable[[], None]) -> Iterator[None]:
        """Let something write before each commit within the block, to stand or fall with it."""
        self._before_commit = write
        try:
            yield
        finally:
            self._before_commit = None

    def savepoint(self) -> "Savepoint":
        """Do the writes of one step; whatever is raised inside undoes just them."""
        return Savepoint(self.connection, self.kept)


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
