"""Old runs that are deleted with their logs and payloads, some at a time, and their room."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from kobjctl.model.run import OPEN_STATUSES

# So many runs take some milliseconds to delete, and few hundred KB of the write-ahead log.
_AT_ONCE: Final = 10
_PAGES_AT_ONCE: Final = 64
INCREMENTAL: Final = 2
_OVER: Final = f"status NOT IN ({', '.join(repr(status) for status in OPEN_STATUSES)})"


class LogPruner:
    """The runs that are over, but for the newest `keep`, and those started `before` a time."""

    def __init__(self, connection: sqlite3.Connection, keep: int | None, before: str) -> None:
        self._connection = connection
        self._through = -1 if keep is None else self._newest_beyond(keep)
        self._before = before

    def pieces(self) -> Iterator[list[int]]:
        """Yield the numbers of the runs to delete, some at a time, the oldest first."""
        last = 0
        while found := self._after(last):
            yield found
            last = found[-1]

    def _after(self, last: int) -> list[int]:
        rows = self._connection.execute(
            f"SELECT number FROM runs WHERE number > ? AND {_OVER}"
            " AND (number <= ? OR started_at < ?) ORDER BY number LIMIT ?",
            (last, self._through, self._before, _AT_ONCE),
        )
        return [number for (number,) in rows]

    def delete(self, numbers: list[int]) -> int:
        """Delete runs, and the events that were for them alone; give how many there still were.

        Within a transaction: meanwhile another may have deleted them.
        """
        places = ", ".join("?" * len(numbers))
        events = self._connection.execute(
            f"SELECT DISTINCT event_number FROM runs WHERE number IN ({places})", numbers
        ).fetchall()
        cursor = self._connection.execute(f"DELETE FROM runs WHERE number IN ({places})", numbers)
        self._connection.executemany(
            "DELETE FROM events WHERE number = ?1 AND NOT EXISTS"
            " (SELECT 1 FROM runs WHERE event_number = ?1)",
            events,
        )
        return cursor.rowcount

    def _newest_beyond(self, keep: int) -> int:
        row = self._connection.execute(
            "SELECT number FROM runs ORDER BY number DESC LIMIT 1 OFFSET ?", (keep,)
        ).fetchone()
        return row[0] if row else -1


class Room:
    """The room that the file of an org takes, and what of it holds nothing."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @property
    def size(self) -> int:
        """Return the size of the file in bytes."""
        return self._pragma("page_count") * self._pragma("page_size")

    @property
    def unused(self) -> int:
        """Return how many bytes of it hold nothing."""
        return self._pragma("freelist_count") * self._pragma("page_size")

    @property
    def shrinks(self) -> bool:
        """Return whether the file can be made smaller bit by bit."""
        return self._pragma("auto_vacuum") == INCREMENTAL

    def shrink(self) -> bool:
        """Return a bit of what holds nothing back to the disk; tells whether there was any."""
        before = self._pragma("freelist_count")
        # `execute` would do the first of these pages alone.
        self._connection.executescript(f"PRAGMA incremental_vacuum({_PAGES_AT_ONCE})")
        return before > self._pragma("freelist_count")

    def rebuild(self) -> None:
        """Write the file anew without what holds nothing: from then on it can be made smaller."""
        self._connection.execute(f"PRAGMA auto_vacuum = {INCREMENTAL}")
        self._connection.execute("VACUUM")
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def _pragma(self, name: str) -> int:
        (value,) = self._connection.execute(f"PRAGMA {name}").fetchone()
        return int(value)


@contextmanager
def short_log(connection: sqlite3.Connection) -> Iterator[None]:
    """Keep the write-ahead log short: what is in it is written to the database early."""
    (usual,) = connection.execute("PRAGMA wal_autocheckpoint").fetchone()
    connection.execute(f"PRAGMA wal_autocheckpoint = {_PAGES_AT_ONCE}")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA wal_autocheckpoint = {usual}")
