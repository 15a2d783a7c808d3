"""A look at an org where nothing can be written: on a read-only disk, or without the rights."""

import sqlite3
from pathlib import Path
from typing import NamedTuple

from kobjctl.store.failure import is_closed_to_writing


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
