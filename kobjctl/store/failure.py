"""Turn what SQLite says into one line that states the fact, and a hint."""

import os
import re
import sqlite3
import stat
from contextlib import closing, suppress
from pathlib import Path

from kobjctl.model.errors import StoreError
from kobjctl.store.place import full_disk, read_only_disk

_DAMAGED = (
    'the database "{path}" is damaged',
    "restore a backup; sqlite3's .recover can save most of the rest",
)
# What the library says of text that is no UTF-8.
_NO_TEXT = re.compile("Could not decode to UTF-8")
# What it says of a value in a damaged row that SQL of ours looks into, under no code of its own.
_NO_JSON = re.compile("malformed JSON")
_BUSY = (
    'the database "{path}" is busy: another process has locked it for too long',
    "wait for the other kobjctl to finish, or end it, and try again",
)
# By the primary result codes of SQLite.
_KNOWN = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_READONLY: (
        'the database "{path}" is read-only',
        "check the permissions of the file and of its folder",
    ),
    sqlite3.SQLITE_FULL: (
        'the disk {disk} is full; there is no room for "{path}"',
        "free some space there; nothing was half-written",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        'can\'t open the database "{path}"',
        "check that its folder exists and that you may write there",
    ),
    sqlite3.SQLITE_NOTADB: ('"{path}" is not a kobjctl database', "name another with --db PATH"),
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_IOERR: (
        'the disk of "{path}" reported an error',
        "check the disk; nothing was half-written",
    ),
}
# An extended code has its primary one in the lowest byte.
_PRIMARY = 0xFF


class DamagedRowError(sqlite3.DatabaseError):
    """A row holds what can't be there: like other damage, an error of the database."""


def refuse_device(path: str | Path) -> None:
    """Raise StoreError for what is no file, as /dev/null: SQLite would blame the disk, or wait."""
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116 - called at every start
    except (OSError, ValueError):
        return
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise StoreError(f'"{path}" is not a file', hint="name another with --db PATH")


# What a disk, a lock or a damaged file never says: SQL of ours, or a value that no column takes.
_FAULTS_OF_OURS = (
    sqlite3.DataError,
    sqlite3.IntegrityError,
    sqlite3.InterfaceError,
    sqlite3.NotSupportedError,
    sqlite3.ProgrammingError,
)


def is_outer(error: Exception) -> bool:
    """Return whether an error comes from the disk, a lock or the file, and not from us."""
    return isinstance(error, sqlite3.Error) and not isinstance(error, _FAULTS_OF_OURS)


def may_pass(error: Exception) -> bool:
    """Return whether what was tried may go well at another time: a lock is given back, and a disk
    gets room again, but what stands in a damaged row stays there.
    """
    return is_outer(error) and not _is_of_row(error)


def _is_of_row(error: Exception) -> bool:
    return isinstance(error, DamagedRowError) or _NO_TEXT.match(str(error)) is not None


def explain(error: sqlite3.Error, path: str) -> StoreError:
    """Return the StoreError that says what an SQLite error means for the user."""
    message = str(error)
    if _is_of_row(error):
        if _NO_TEXT.match(message):
            message = broken_text(path) or message
        return damaged(path, message)
    if is_closed_to_writing(error) and (refused := _on_read_only_disk(path)):
        return refused
    code = _code(error)
    fact, hint = _KNOWN.get(code) or (_DAMAGED if _NO_JSON.search(message) else ("", ""))
    if not fact:
        return StoreError(f'the database "{path}" refused: {message}')
    disk = full_disk(path) if code == sqlite3.SQLITE_FULL else ""
    return StoreError(fact.format(path=path, disk=disk), hint=hint)


def damaged(path: str, message: str) -> StoreError:
    """Return the StoreError for a database of which SQLite or a row says how it is damaged."""
    fact, hint = _DAMAGED
    return StoreError(f"{fact.format(path=path)}: {message}", hint=hint)


def only_read(path: str) -> StoreError:
    """Return the StoreError for a database that can only be read, and not even looked at."""
    fact, hint = _KNOWN[sqlite3.SQLITE_READONLY]
    return _on_read_only_disk(path) or StoreError(fact.format(path=path), hint=hint)


def _on_read_only_disk(path: str) -> StoreError | None:
    disk = read_only_disk(path)
    if not disk:
        return None
    return StoreError(
        f'the disk {disk} with the database "{path}" is read-only',
        hint="copy it to another disk, and name the copy with --db PATH",
    )


def is_locked(error: BaseException) -> bool:
    """Return whether another connection holds the database."""
    return _code(error) in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def is_closed_to_writing(error: BaseException) -> bool:
    """Return whether SQLite can't write there, or can't open a file that it needs."""
    return _code(error) in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}


def _code(error: BaseException) -> int:
    """Return the primary result code of SQLite; 0 for what comes from elsewhere."""
    return int(getattr(error, "sqlite_errorcode", 0)) & _PRIMARY


def broken_text(path: str) -> str:
    """Say in which column, table and row there is such a text; empty where none is found."""
    # A memory has no other connection.
    with suppress(sqlite3.Error), closing(sqlite3.connect(path)) as connection:
        connection.text_factory = bytes
        for table, column in _columns(connection):
            for row, text in connection.execute(
                f"SELECT {_row(connection, table)}, [{column}] FROM [{table}]"
                f" WHERE typeof([{column}]) = 'text'"
            ):
                try:
                    text.decode()
                except UnicodeDecodeError:
                    return f'column "{column}" of table "{table}" is not text in UTF-8 in row {row}'
    return ""


def _columns(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    found = connection.execute(
        "SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c"
        " WHERE t.type = 'table'"
    ).fetchall()
    return [(table.decode(), column.decode()) for table, column in found]


def _row(connection: sqlite3.Connection, table: str) -> str:
    """Return what numbers a table's rows; they are counted where they have no numbers."""
    try:
        connection.execute(f"SELECT rowid FROM [{table}]")
    except sqlite3.OperationalError:
        return "row_number() OVER ()"
    return "rowid"
