"""The runs that are to start later."""

import sqlite3

from kobjctl.model.run import Schedule
from kobjctl.store.columns import INTEGER, OBJECT, TEXT, Columns, Rows

_COLUMNS = Columns(
    "schedules",
    ("number",),
    id=TEXT,
    number=INTEGER,
    workflow_id=TEXT,
    workflows__name=TEXT,
    inputs=OBJECT,
    run_at=TEXT,
    cause=INTEGER.or_null(),
    created_at=TEXT,
    started_at=TEXT.or_null(),
    run=INTEGER.or_null(),
)
_SCHEDULE = (
    "SELECT s.id, s.number, s.workflow_id, w.name, s.inputs, s.run_at, s.cause, s.created_at,"
    " s.started_at, s.run FROM schedules s JOIN workflows w ON w.id = s.workflow_id"
)


class Schedules:
    """The table `schedules`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._rows = Rows(
            connection, _COLUMNS, lambda row: Schedule(*_COLUMNS.read(row)), _SCHEDULE
        )

    def add(  # noqa: PLR0913, PLR0917 - one argument for each column
        self,
        schedule_id: str,
        workflow_id: str,
        inputs: str,
        run_at: str,
        cause: int | None,
        at: str,
    ) -> int:
        """Keep a run for later, with its inputs as JSON text; give its number."""
        cursor = self._connection.execute(
            "INSERT INTO schedules (id, workflow_id, inputs, run_at, cause, created_at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (schedule_id, workflow_id, inputs, run_at, cause, at),
        )
        return cursor.lastrowid or 0

    def next_due(self, by: str) -> Schedule | None:
        """Return the waiting one that is due first, if it is due by a time."""
        due = "WHERE s.started_at IS NULL AND s.run_at <= ?"
        return self._rows.one(f"{due} ORDER BY s.run_at, s.number LIMIT 1", by)

    def start(self, number: int, run: int | None, at: str) -> None:
        """Note that a scheduled run has started."""
        self._connection.execute(
            "UPDATE schedules SET started_at = ?, run = ? WHERE number = ?", (at, run, number)
        )

    def recent_start(self, place: int, by: str) -> str:
        """Return when the run started that is at a place among the last started (1: the last) up to
        a time.
        """
        row = self._connection.execute(
            "SELECT started_at FROM schedules WHERE started_at <= ?"
            " ORDER BY started_at DESC LIMIT 1 OFFSET ?",
            (by, place - 1),
        ).fetchone()
        return row[0] if row else ""

    def get(self, number: int) -> Schedule | None:
        """Return the scheduled run of this number, or None."""
        return self._rows.one("WHERE s.number = ?", number)

    def remove(self, number: int) -> None:
        """Delete a scheduled run."""
        self._connection.execute("DELETE FROM schedules WHERE number = ?", (number,))

    def count_waiting(self) -> int:
        """Count those that have not started."""
        (count,) = self._connection.execute(
            "SELECT count(*) FROM schedules WHERE started_at IS NULL"
        ).fetchone()
        return int(count)

    def waiting(self, limit: int) -> list[Schedule]:
        """Return those that have not started, in the order they are due."""
        waiting = "WHERE s.started_at IS NULL ORDER BY s.run_at, s.number LIMIT ?"
        return self._rows.some(waiting, limit)

    def of_run(self, run: int) -> list[Schedule]:
        """Return those that a run has scheduled."""
        return self._rows.some("WHERE s.cause = ? ORDER BY s.number", run)

    def all(self, limit: int) -> list[Schedule]:
        """Return the newest, started or not, the newest first."""
        return self._rows.some("ORDER BY s.number DESC LIMIT ?", limit)
