"""Examine the file of an org, in whatever state it is: nothing in it is changed or brought up to
date.
"""

import os
import shlex
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Final, NamedTuple

from kobjctl.model.errors import StoreError
from kobjctl.model.kinds import KINDS
from kobjctl.store.failure import damaged, explain, only_read, refuse_device
from kobjctl.store.opening import can_look, check_version, look
from kobjctl.store.records import source_of

# What people know by these names: the other tables are the store's own business.
_COUNTED: Final = (
    *("klasses", "hooks", "workflows", "apps", *(kind.plural for kind in KINDS.values())),
    *("events", "runs", "schedules"),
)
_SOURCES: Final = {kind.plural: (kind.table, source_of(kind)) for kind in KINDS.values()}
_WAL: Final = "wal"
_PATIENCE: Final = 5.0


class Examination(NamedTuple):
    """What an org's file is like. `schema` and `journal` are None where SQLite can't read it.

    `size` and `log_size` are the bytes of the file and of its write-ahead log, `rows` the numbers
    of rows by table, `runs` those of runs by status, and `errors` say what is wrong.
    """

    size: int
    log_size: int
    schema: int | None
    journal: str | None
    intact: bool
    rows: Mapping[str, int]
    runs: Mapping[str, int]
    errors: tuple[StoreError, ...]


def examine(path: Path) -> Examination:
    """Examine the org at a path, where there is a file; raises StoreError for what is none."""
    refuse_device(path)
    examiner = _Examiner(str(path))
    try:
        with closing(_connect(str(path))) as connection:
            examiner.read(connection)
    except sqlite3.Error as error:
        examiner.errors.append(explain(error, str(path)))
    if not os.access(path, os.W_OK):
        examiner.errors.append(only_read(str(path)))
    return Examination(
        size=path.stat().st_size,
        log_size=_size(Path(f"{path}-wal")),
        schema=examiner.schema,
        journal=examiner.journal,
        intact=examiner.intact,
        rows=examiner.rows,
        runs=examiner.runs,
        errors=tuple(examiner.errors),
    )


class _Examiner:
    """What is known so far of an org's file: a damaged one may be read in part."""

    def __init__(self, path: str) -> None:
        self._path = path
        self.schema: int | None = None
        self.journal: str | None = None
        self.intact = False
        self.rows: dict[str, int] = {}
        self.runs: dict[str, int] = {}
        self.errors: list[StoreError] = []

    def read(self, connection: sqlite3.Connection) -> None:
        """Read what can be; raises what SQLite raises where it can't go on."""
        (self.schema,) = connection.execute("PRAGMA user_version").fetchone()
        (self.journal,) = connection.execute("PRAGMA journal_mode").fetchone()
        try:
            check_version(connection, self._path)
        except StoreError as error:
            self.errors.append(error)
        self._check_journal()
        self._check_integrity(connection)
        for name, source in _sources(connection):
            (self.rows[name],) = connection.execute(f"SELECT count(*) FROM {source}").fetchone()
        if "runs" in self.rows:
            self.runs.update(
                connection.execute("SELECT status, count(*) FROM runs GROUP BY status ORDER BY 1")
            )

    def _check_journal(self) -> None:
        if self.schema and self.journal != _WAL and os.access(self._path, os.W_OK):
            self.errors.append(
                StoreError(
                    f'the database "{self._path}" has no write-ahead log:'
                    " commands that read wait for those that write",
                    hint=f"sqlite3 {shlex.quote(self._path)} 'PRAGMA journal_mode = wal'",
                )
            )

    def _check_integrity(self, connection: sqlite3.Connection) -> None:
        (said,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        self.intact = said == "ok"
        if not self.intact:
            self.errors.append(damaged(self._path, said.strip().splitlines()[-1]))


def _connect(path: str) -> sqlite3.Connection:
    address = f"{Path(path).absolute().as_uri()}?mode=rw"
    connection = sqlite3.connect(address, timeout=_PATIENCE, uri=True, isolation_level=None)
    try:
        # SQLite opens the file when it is first read.
        connection.execute("PRAGMA query_only = ON")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error as error:
        connection.close()
        if not can_look(path, error):
            raise
        return look(path).connection
    return connection


def _sources(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Yield what people count, with what it is read from, as far as the file has it."""
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    there = {name for (name,) in rows}
    for name in _COUNTED:
        table, source = _SOURCES.get(name, (name, name))
        if table in there:
            yield name, source


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
