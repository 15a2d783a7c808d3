"""The runs of the org; what their steps did stands in `step_log`.

A run is written as `waiting` in the commit that accepts its payload, so that no crash can lose
it, and closed in the commit that keeps its effects. `owner` names the process that works on it.
"""

import sqlite3
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias, get_args

from kobjctl.model.run import (
    NO_CONDITIONS,
    OPEN_STATUSES,
    UNFINISHED_STATUSES,
    Run,
    RunConditions,
    RunStatus,
)
from kobjctl.store.columns import INTEGER, NUMBER, TEXT, ColumnContent, Columns, Rows, one_of
from kobjctl.store.text import decode, encode

_OPEN = f"status IN ({', '.join(map(repr, OPEN_STATUSES))})"
_UNFINISHED = f"status IN ({', '.join(map(repr, UNFINISHED_STATUSES))})"
_OPEN_RUN = (
    "SELECT r.number, r.event_number, r.workflow_id, w.rev, r.status, r.owner, r.started_at,"
    " r.taken_over, r.id, r.conditions"
    " FROM runs r JOIN workflows w ON w.id = r.workflow_id"
)
_RUN = (
    "SELECT r.id, r.number, e.id, e.name, ifnull(h.name, ''), e.cause, r.workflow_id, w.name,"
    " r.workflow_rev, r.status, r.started_at, r.duration, r.error, r.rerun_of, r.taken_over"
    " FROM runs r JOIN workflows w ON w.id = r.workflow_id"
    " JOIN events e ON e.number = r.event_number LEFT JOIN hooks h ON h.id = e.hook_id"
)
_STATUS: Final = one_of(*get_args(RunStatus))


# Those of one command are the same for all its runs, unless it moves the clock.
@lru_cache(maxsize=16)
def _conditions(text: str) -> RunConditions:
    return RunConditions.from_json(decode(text))


_CONDITIONS: Final = ColumnContent("what a run is to find", (str,), _conditions)
_OPEN_COLUMNS: Final = Columns(
    "runs",
    number=INTEGER,
    event_number=INTEGER,
    workflow_id=TEXT,
    workflows__rev=INTEGER,
    status=_STATUS,
    owner=TEXT,
    started_at=TEXT,
    taken_over=INTEGER,
    id=TEXT,
    conditions=_CONDITIONS.or_null(),
)
_COLUMNS: Final = Columns(
    "runs",
    ("number",),
    id=TEXT,
    number=INTEGER,
    events__id=TEXT,
    events__name=TEXT,
    hooks__name=TEXT,
    events__cause=INTEGER.or_null(),
    workflow_id=TEXT,
    workflows__name=TEXT,
    workflow_rev=INTEGER,
    status=_STATUS,
    started_at=TEXT,
    duration=NUMBER.or_null(),
    error=TEXT,
    rerun_of=INTEGER.or_null(),
    taken_over=INTEGER,
)
# Within a class that has a method `list`, the type needs another name.
_Runs: TypeAlias = list[Run]


class Repeatable(NamedTuple):
    """A run that is over, as it may be rerun.

    `origin` is the same for a run and its reruns; `cause` is that of the run that set it off, if
    any. `repeated` tells that it was rerun itself.
    """

    number: int
    origin: tuple[int, str]
    cause: tuple[int, str] | None
    repeated: bool


_Repeatable: TypeAlias = list[Repeatable]


class OpenRun(NamedTuple):
    """A run that is not over: what is needed to go on with it.

    `workflow_rev` is the workflow's rev now, which may be newer than that of the run. `taken_over`
    is the number of its steps that are those of the run that it repeats. `conditions` are what it
    is to find, None for a run of an older kobjctl, of which nobody knows.
    """

    number: int
    event_number: int
    workflow_id: str
    workflow_rev: int
    status: RunStatus
    owner: str
    started_at: str
    taken_over: int = 0
    id: str = ""
    conditions: RunConditions | None = None


class RunFilter(NamedTuple):
    """Which runs to list; what is empty does not filter. `since` is a platform time."""

    status: str = ""
    workflow_id: str = ""
    since: str = ""
    after: int = 0
    event_id: str = ""

    def sql(self) -> tuple[str, list[str | int]]:
        """Return the WHERE clause over runs `r` and events `e` (empty for all), and its values."""
        conditions: dict[str, str | int] = {
            "r.status = ?": self.status,
            "r.workflow_id = ?": self.workflow_id,
            "r.started_at >= ?": self.since,
            "r.number > ?": self.after,
            "e.id = ?": self.event_id,
        }
        used = {text: value for text, value in conditions.items() if value}
        return f" WHERE {' AND '.join(used)}" if used else "", [*used.values()]


class Runs:
    """The table `runs`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._rows = Rows(connection, _COLUMNS, lambda row: Run(*_COLUMNS.read(row)), _RUN)
        self._open_rows = Rows(
            connection, _OPEN_COLUMNS, lambda row: OpenRun(*_OPEN_COLUMNS.read(row)), _OPEN_RUN
        )

    def accept(  # noqa: PLR0913 - one argument for each column
        self,
        run_id: str,
        event: int,
        workflow: tuple[str, int],
        owner: str,
        at: str,
        *,
        conditions: RunConditions = NO_CONDITIONS,
    ) -> int:
        """Write a new run of a workflow (id, rev), waiting; give its number."""
        cursor = self._connection.execute(
            "INSERT INTO runs (id, event_number, workflow_id, workflow_rev, status, owner,"
            " started_at, conditions) VALUES (?, ?, ?, ?, 'waiting', ?, ?, ?)",
            (run_id, event, *workflow, owner, at, _text(conditions)),
        )
        return cursor.lastrowid or 0

    def accept_again(  # noqa: PLR0913 - what tells the new run from the first
        self,
        run_id: str,
        first: int,
        rev: int,
        owner: str,
        at: str,
        *,
        taken_over: int = 0,
        conditions: RunConditions = NO_CONDITIONS,
    ) -> int:
        """Write a new run of what another was of, waiting; give its number. `rev` is the workflow's
        rev now, `taken_over` the number of steps that its log takes over.
        """
        cursor = self._connection.execute(
            "INSERT INTO runs (id, event_number, workflow_id, workflow_rev, status, owner,"
            " started_at, rerun_of, taken_over, conditions) SELECT ?, event_number, workflow_id,"
            " ?, 'waiting', ?, ?, number, ?, ? FROM runs WHERE number = ?",
            (run_id, rev, owner, at, taken_over, _text(conditions), first),
        )
        return cursor.lastrowid or 0

    def to_rerun(self, wanted: RunFilter) -> _Repeatable:
        """Return the runs that fit and are over, the oldest first. (An event starts a workflow
        once: what it starts later is a rerun.)
        """
        where, values = wanted.sql()
        rows = self._connection.execute(
            "SELECT r.number, r.event_number, r.workflow_id, c.event_number, c.workflow_id,"
            " EXISTS (SELECT 1 FROM runs a INDEXED BY runs_by_event"
            " WHERE a.event_number = r.event_number AND a.number > r.number"
            " AND a.workflow_id = r.workflow_id)"
            " FROM runs r JOIN events e ON e.number = r.event_number"
            " LEFT JOIN runs c ON c.number = e.cause"
            f"{where}{' AND' if where else ' WHERE'} NOT r.{_OPEN} ORDER BY r.number",
            values,
        ).fetchall()
        return [
            Repeatable(number, (event, workflow), (by, its) if by else None, bool(repeated))
            for number, event, workflow, by, its, repeated in rows
        ]

    def repeats(self, number: int) -> _Runs:
        """Return the later runs of what a run is of."""
        return self._rows.some(
            "JOIN runs f ON f.number = ? WHERE r.event_number = f.event_number"
            " AND +r.workflow_id = f.workflow_id AND +r.number > f.number ORDER BY r.number",
            number,
        )

    def open(self, number: int) -> OpenRun | None:
        """Return the run if it is not over: inside a transaction, whoever gets it may work on
        it.
        """
        return self._open_rows.one(f"WHERE r.{_OPEN} AND r.number = ?", number)

    def any_unfinished(self) -> bool:
        """Return whether there is a run that is not over and not paused."""
        (found,) = self._connection.execute(
            f"SELECT EXISTS (SELECT 1 FROM runs WHERE {_UNFINISHED})"
        ).fetchone()
        return bool(found)

    def all_unfinished(self) -> list[OpenRun]:
        """Return every run that is not over and not paused, the oldest first."""
        return self._open_rows.some(f"WHERE r.{_UNFINISHED} ORDER BY r.number")

    def checkpoint(self, number: int, owner: str) -> None:
        """Mark a run whose first steps are about to be committed."""
        self._connection.execute(
            "UPDATE runs SET status = 'running', owner = ? WHERE number = ?", (owner, number)
        )

    def pause(self, number: int) -> None:
        """Mark a run that goes on when somebody says so."""
        self._connection.execute("UPDATE runs SET status = 'paused' WHERE number = ?", (number,))

    def finish(self, number: int, status: RunStatus, duration: float, error: str) -> None:
        """Close a run; `duration` is in milliseconds."""
        self._connection.execute(
            "UPDATE runs SET status = ?, duration = ?, error = ? WHERE number = ?",
            (status, duration, error, number),
        )

    def get(self, number_or_id: str) -> Run | None:
        """Return the run with this number or id, or None."""
        column = "r.number" if number_or_id.isdigit() and len(number_or_id) < 19 else "r.id"  # noqa: PLR2004 - SQLite's integers have 18 full digits
        return self._rows.one(f"WHERE {column} = ?", number_or_id)

    def caused_by(self, number: int) -> _Runs:
        """Return the runs that a run set off, in their order; what repeats one is not of them."""
        caused = "WHERE e.cause = ? AND r.rerun_of IS NULL ORDER BY r.number"
        return self._rows.some(caused, number)

    def chain(self, number: int) -> _Runs:
        """Return the runs that led to a run, the first first, and the run itself."""
        rows = self._connection.execute(
            "WITH RECURSIVE causes (number) AS (SELECT ? UNION ALL"
            " SELECT e.cause FROM causes c JOIN runs r ON r.number = c.number"
            " JOIN events e ON e.number = r.event_number WHERE e.cause IS NOT NULL)"
            f" {_RUN} JOIN causes c ON c.number = r.number ORDER BY r.number",
            (number,),
        ).fetchall()
        return [Run(*_COLUMNS.read(row)) for row in rows]

    def newest(self) -> Run | None:
        """Return the newest run, or None."""
        return self._rows.one("ORDER BY r.number DESC LIMIT 1")

    def newest_rerun(self) -> int | None:
        """Return the number of the newest run that repeats another, or None."""
        (number,) = self._connection.execute(
            "SELECT max(number) FROM runs WHERE rerun_of IS NOT NULL"
        ).fetchone()
        return None if number is None else int(number)

    def list(self, wanted: RunFilter, limit: int) -> _Runs:
        """Return the newest runs that fit, newest first."""
        where, values = wanted.sql()
        return self._rows.some(f"{where} ORDER BY r.number DESC LIMIT ?", *values, limit)


# As `_conditions`.
@lru_cache(maxsize=16)
def _text(conditions: RunConditions) -> str:
    return encode(conditions.as_json())
