"""Open the file of an org, or one in memory: judged, with the newest schema, ready for use.

A file that can only be read is opened for looking at; one that was to become an org and didn't,
as on a full disk, is removed.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final, NamedTuple

from kobjctl.model.errors import StoreError
from kobjctl.store.columns import TEXT, Columns
from kobjctl.store.failure import (
    DamagedRowError,
    explain,
    is_closed_to_writing,
    is_locked,
    only_read,
    refuse_device,
)
from kobjctl.store.place import FileIdentity, make_private
from kobjctl.store.pruning import INCREMENTAL

SCHEMA: Final = 16
APPLICATION_ID: Final = int.from_bytes(b"kobj")
MEMORY: Final = ":memory:"
_ORG: Final = Columns("org", id=TEXT)
_PAUSE: Final = 0.01


class OpenDatabase(NamedTuple):
    """The database of an org that is open. `file` tells whether it is still the one at `path`;
    `notice` is what users are told of how it was opened.
    """

    connection: sqlite3.Connection
    path: str
    org_id: str
    file: FileIdentity | None = None
    notice: str = ""


def open_database(path: str, org_id: str, now: str, timeout: float) -> OpenDatabase:
    """Return the database at `path`, made with the given id at the time `now` if there is none.

    `timeout` is how many seconds to wait for other writers. Raises StoreError for a file
    that is no org, is newer than this kobjctl, or can't be opened.
    """
    refuse_device(path)
    # SQLite gives the files beside it (-wal, -shm) the same rights.
    is_new = path != MEMORY and make_private(path)
    connection = None
    try:
        connection = sqlite3.connect(path, timeout=timeout, isolation_level=None)
        # Before the first look at it, from which on it may be gone.
        file = None if path == MEMORY else FileIdentity(path)
        if check_version(connection, path) != SCHEMA:
            _use_wal(connection, path, timeout)
            with _transaction(connection, file):
                _bring_up_to_date(connection, path, org_id, now)
        return OpenDatabase(connection, path, _prepare(connection), file)
    except BaseException as error:
        if connection:
            connection.close()
        if is_new and not is_locked(error):
            _remove_empty(Path(path))
        if not isinstance(error, sqlite3.Error):
            raise
        if not is_new and can_look(path, error):
            return _open_for_looking(path)
        raise explain(error, path) from error


def open_image(image: bytes) -> OpenDatabase:
    """Return a database in memory that is a copy of the one that the image is of."""
    connection = sqlite3.connect(MEMORY, isolation_level=None)
    connection.deserialize(image)
    return OpenDatabase(connection, MEMORY, _prepare(connection))


def _open_for_looking(path: str) -> OpenDatabase:
    """Open an org that can only be read; `notice` says so."""
    try:
        connection, on_copy = look(path)
        if check_version(connection, path) != SCHEMA:
            connection.close()
            connection, on_copy = open_copy(path), True
            with _transaction(connection):
                _bring_up_to_date(connection, path, "", "")
        org_id = _prepare(connection)
        connection.execute("PRAGMA query_only = ON")
    except (sqlite3.Error, OSError) as error:
        raise only_read(path) from error
    how = "kobjctl reads a copy of it" if on_copy else "kobjctl reads it directly"
    notice = f'note: "{path}" is read-only: {how}'
    return OpenDatabase(connection, path, org_id, notice=notice)


def _prepare(connection: sqlite3.Connection) -> str:
    """Set what holds for this connection, and return the id of the org."""
    # Only now: a migration that builds a table anew must drop one that others refer to.
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")
    # A secret that is deleted is no longer in the file.
    connection.execute("PRAGMA secure_delete = ON")
    row = connection.execute(f"SELECT {_ORG} FROM org").fetchone()
    if row is None:
        raise DamagedRowError('table "org" has no row')
    return str(_ORG.read(row)[0])


def _use_wal(connection: sqlite3.Connection, path: str, timeout: float) -> None:
    """Switch to WAL. SQLite does not queue for that, so we do."""
    if path == MEMORY:
        return
    # This counts only before there is anything in the file.
    connection.execute(f"PRAGMA auto_vacuum = {INCREMENTAL}")
    for left in range(int(timeout / _PAUSE), -1, -1):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if not is_locked(error) or not left:
                raise
            time.sleep(_PAUSE)
        else:
            return


@contextmanager
def _transaction(
    connection: sqlite3.Connection, file: FileIdentity | None = None
) -> Iterator[None]:
    """Wait for the lock, and until the disk has what was written; undo it if anything is raised."""
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        if file:
            file.check()
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _bring_up_to_date(connection: sqlite3.Connection, path: str, org_id: str, now: str) -> None:
    """Give an org the newest schema, and one that is new its row."""
    # Another process may have come first; the lock is ours only now.
    if check_version(connection, path) == SCHEMA:
        return
    from sqlite_utils import Database  # noqa: PLC0415 - costs 60 ms, needed once per schema

    from kobjctl.store.migrations import MIGRATIONS  # noqa: PLC0415 - see above

    MIGRATIONS.apply(Database(connection))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA}")
    if connection.execute("SELECT count(*) FROM org").fetchone() == (0,):
        connection.execute("INSERT INTO org VALUES (?, ?)", (org_id, now))


def check_version(connection: sqlite3.Connection, path: str) -> int:
    """Return the schema's number; raise StoreError unless this kobjctl may go on from there."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    # In this order: who sees the tables of a process that is making the org sees its mark too.
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if tables and application != APPLICATION_ID:
        raise StoreError(
            f'"{path}" is the database of another program, not a kobjctl database',
            hint="name another with --db PATH",
        )
    if version > SCHEMA:
        raise StoreError(
            f'the database "{path}" was made by a newer kobjctl'
            f" (its schema is {version}, this one knows {SCHEMA})",
            hint="upgrade kobjctl, or name another database with --db PATH",
        )
    return int(version)


def _remove_empty(path: Path) -> None:
    """Remove a file that was to become an org and has nothing yet, as on a full disk."""
    address = f"{path.absolute().as_uri()}?immutable=1"
    with suppress(sqlite3.Error, OSError):
        with closing(sqlite3.connect(address, uri=True)) as connection:
            (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        for end in ("-wal", "-shm", "") if not tables else ():
            Path(f"{path}{end}").unlink(missing_ok=True)


class Look(NamedTuple):
    """A connection that only reads, and how it does: `on_copy` of an org with a log beside it."""

    connection: sqlite3.Connection
    on_copy: bool


def can_look(path: str, error: sqlite3.Error) -> bool:
    """Return whether it may be that SQLite only wants to write beside a file that can be read."""
    return is_closed_to_writing(error) and _is_readable(path)


def look(path: str) -> Look:
    """Open an org of which nobody writes a byte meanwhile.

    What its write-ahead log has is read from a copy, which is a file without a name.
    """
    if not _has_log(path):
        address = f"{Path(path).absolute().as_uri()}?immutable=1"
        return Look(sqlite3.connect(address, uri=True, isolation_level=None), on_copy=False)
    return Look(open_copy(path), on_copy=True)


def open_copy(path: str) -> sqlite3.Connection:
    """Open a copy of an org, with its log."""
    import shutil  # noqa: PLC0415 - few orgs stand where nothing can be written
    from tempfile import TemporaryDirectory  # noqa: PLC0415 - see above

    with TemporaryDirectory(prefix="kobjctl-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / "kobjctl.db"
        shutil.copyfile(path, copy)
        if _has_log(path):
            shutil.copyfile(f"{path}-wal", f"{copy}-wal")
        connection = sqlite3.connect(copy, isolation_level=None)
        # Its files are open from now on, and need no names any more.
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        return connection


def _has_log(path: str) -> bool:
    log = Path(f"{path}-wal")
    return log.exists() and log.stat().st_size > 0


def _is_readable(path: str) -> bool:
    try:
        with Path(path).open("rb") as file:
            return bool(file.read(1))
    except OSError:
        return False
