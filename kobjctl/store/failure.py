"""Turn what SQLite says into one line that states the fact, and a hint."""

import os
import sqlite3
import stat
from pathlib import Path

from kobjctl.model.errors import StoreError

_KNOWN = (
    (
        "locked",
        'the database "{path}" is busy: another process has held it for too long',
        "wait for the other kobjctl to finish, or end it, and try again",
    ),
    (
        "readonly",
        'the database "{path}" can only be read',
        "check the permissions of the file and of its folder",
    ),
    (
        "full",
        'no room is left on the disk of "{path}"',
        "free some space; nothing was half-written",
    ),
    (
        "unable to open",
        'can\'t open the database "{path}"',
        "check that its folder exists and that you may write there",
    ),
    ("not a database", '"{path}" is not a kobjctl database', "name another with --db PATH"),
    (
        "malformed",
        'the database "{path}" is damaged',
        "bring back a copy; sqlite3's .recover can save most of what is left",
    ),
    ("disk i/o", 'the disk of "{path}" gave an error', "check the disk; nothing was half-written"),
)


def refuse_device(path: str | Path) -> None:
    """Raise StoreError for what is no file, as /dev/null: SQLite would blame the disk, or wait."""
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116 - called at every start
    except (OSError, ValueError):
        return
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise StoreError(f'"{path}" is no file', hint="name another with --db PATH")


# What a disk, a lock or a damaged file never says: SQL of ours, or a value that no column takes.
_FAULTS_OF_OURS = (
    sqlite3.DataError,
    sqlite3.IntegrityError,
    sqlite3.InterfaceError,
    sqlite3.NotSupportedError,
    sqlite3.ProgrammingError,
)


def is_outer(error: Exception) -> bool:
    """Tell whether an error comes from the disk, a lock or the file: what was tried may go well
    at another time.
    """
    return isinstance(error, sqlite3.Error) and not isinstance(error, _FAULTS_OF_OURS)


def explain(error: sqlite3.Error, path: str) -> StoreError:
    """Give the StoreError that says what an SQLite error means for the user."""
    said = str(error)
    for word, message, hint in _KNOWN:
        if word in said.lower():
            return StoreError(message.format(path=path), hint=hint)
    return StoreError(f'the database "{path}" refused: {said}')
