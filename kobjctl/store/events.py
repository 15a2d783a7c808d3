"""The events that the org keeps, with what they brought."""

import sqlite3
from collections.abc import Collection, Iterator
from typing import Final, NamedTuple, TypeAlias

from kobjctl.model.event import Event
from kobjctl.model.values import Json
from kobjctl.store.columns import ANY_JSON, INTEGER, TEXT, Columns
from kobjctl.store.runs import RunFilter


class LoggedEvent(NamedTuple):
    """An event as the log has it: `body` is JSON text, `hook_id` that of its hook, if any."""

    number: int
    name: str
    hook_id: str | None
    body: str

    def read(self) -> Json:
        """Return what it brought; raises DamagedRowError for what is no JSON."""
        return _BODY.read((self.number, self.body))[1]


_Logged: TypeAlias = list[LoggedEvent]
# In the order of an event's fields, but for the last.
_EVENT: Final = Columns(
    "events",
    ("number",),
    id=TEXT,
    number=INTEGER,
    name=TEXT,
    body=ANY_JSON,
    received_at=TEXT,
    org__id=TEXT,
    hook_id=TEXT.or_null(""),
    hooks__type=TEXT.or_null(""),
    cause=INTEGER.or_null(),
    depth=INTEGER,
    hooks__name=TEXT.or_null(""),
)
# What is replayed is read payload by payload, where what can't be read is told.
_BODY: Final = Columns("events", number=INTEGER, body=ANY_JSON)
_LOGGED: Final = Columns("events", number=INTEGER, name=TEXT, hook_id=TEXT.or_null(), body=TEXT)


class Events:
    """The table `events`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(  # noqa: PLR0913 - one argument for each column
        self,
        event_id: str,
        name: str,
        body: str,
        at: str,
        *,
        hook_id: str | None = None,
        cause: int | None = None,
        depth: int = 1,
    ) -> int:
        """Keep an event with what it brought (JSON text); give its number."""
        cursor = self._connection.execute(
            "INSERT INTO events (id, name, hook_id, body, cause, depth, received_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (event_id, name, hook_id, body, cause, depth, at),
        )
        return cursor.lastrowid or 0

    def get(self, number: int) -> Event:
        """Return an event, read."""
        return self._one("number", number)

    def of_id(self, event_id: str) -> Event:
        """Return the event with an id, read."""
        return self._one("id", event_id)

    def _one(self, column: str, value: int | str) -> Event:
        row = self._connection.execute(
            "SELECT e.id, e.number, e.name, e.body, e.received_at, o.id, e.hook_id, h.type,"
            " e.cause, e.depth, h.name FROM events e LEFT JOIN hooks h ON h.id = e.hook_id, org o"
            f" WHERE e.{column} = ?",
            (value,),
        ).fetchone()
        *values, hook_name = _EVENT.read(row)
        return Event(*values)._replace(hook_name=hook_name, text=row[3])

    def logged(self, wanted: RunFilter, after: int, last: int, limit: int) -> _Logged:
        """Return the first events after a number, up to the `last`, that came from outside and
        started a run that fits; without a filter, all that came from outside.
        """
        condition, values = _from_outside(wanted)
        rows = self._connection.execute(
            f"SELECT e.number, e.name, e.hook_id, e.body FROM events e WHERE {condition}"
            " AND e.number > ? AND e.number <= ? ORDER BY e.number LIMIT ?",
            (*values, after, last, limit),
        ).fetchall()
        return [LoggedEvent(*_LOGGED.read(row)) for row in rows]

    def count_logged(self, wanted: RunFilter, last: int) -> int:
        """Count the events that `logged` gives in all."""
        condition, values = _from_outside(wanted)
        (count,) = self._connection.execute(
            f"SELECT count(*) FROM events e WHERE {condition} AND e.number <= ?", (*values, last)
        ).fetchone()
        return int(count)

    def recorded(
        self, names: Collection[str], since: str, without: Collection[str]
    ) -> Iterator[Event]:
        """Yield the events of these names since a time, the oldest first, but not those that runs
        of workflows with the ids `without` have set off.
        """
        rows = self._connection.execute(
            "SELECT e.number FROM events e WHERE received_at >= ?"
            f" AND name IN ({', '.join('?' * len(names))})"
            " AND ifnull((SELECT workflow_id FROM runs WHERE runs.number = cause), '')"
            f" NOT IN ({', '.join('?' * len(without))}) ORDER BY e.number",
            (since, *names, *without),
        )
        for (number,) in rows:
            yield self.get(number)

    def newest(self) -> int:
        """Return the number of the newest event; 0 when there is none."""
        (number,) = self._connection.execute("SELECT max(number) FROM events").fetchone()
        return number or 0

    def pruned(self) -> tuple[int, ...]:
        """Return the last numbers that an event and a run were given, where runs have been deleted
        since; else nothing: the newest that are there tell as much.
        """
        events, runs, count = self._connection.execute(
            "SELECT (SELECT seq FROM sqlite_sequence WHERE name = 'events'),"
            " (SELECT seq FROM sqlite_sequence WHERE name = 'runs'), (SELECT count(*) FROM runs)"
        ).fetchone()
        return (events, runs) if (runs or 0) != count else ()


def _from_outside(wanted: RunFilter) -> tuple[str, list[str | int]]:
    where, values = wanted.sql()
    # By the index of another column, each event would look at all runs that it has of a status.
    runs = f"SELECT 1 FROM runs r INDEXED BY runs_by_event{where} AND r.event_number = e.number"
    fits = f" AND EXISTS ({runs})"
    return f"e.cause IS NULL{fits if where else ''}", values
