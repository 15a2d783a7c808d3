"""The events that the org keeps, with what they brought."""

import sqlite3

from kobjctl.model.event import Event
from kobjctl.store.text import decode


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
        """Give an event, read."""
        row = self._connection.execute(
            "SELECT e.id, e.number, e.name, e.body, e.received_at, o.id, e.hook_id, h.type,"
            " e.cause, e.depth FROM events e LEFT JOIN hooks h ON h.id = e.hook_id, org o"
            " WHERE e.number = ?",
            (number,),
        ).fetchone()
        event_id, number, name, body, at, org_id, hook_id, hook_type, cause, depth = row
        return Event(
            id=event_id,
            number=number,
            name=name,
            data=decode(body),
            created_at=at,
            org_id=org_id,
            hook_id=hook_id or "",
            hook_type=hook_type or "",
            cause=cause,
            depth=depth,
        )

    def newest(self) -> int:
        """Give the number of the newest event; 0 when there is none."""
        (number,) = self._connection.execute("SELECT max(number) FROM events").fetchone()
        return number or 0
