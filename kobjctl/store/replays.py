"""The replays of the org: how far each has come, and what came of it."""

import sqlite3
from typing import Final, NamedTuple

from kobjctl.model.values import JsonObject
from kobjctl.store.columns import INTEGER, OBJECT, TEXT, Columns, Rows
from kobjctl.store.text import encode

_COLUMNS: Final = Columns(
    "replays",
    number=INTEGER,
    subject=TEXT,
    begun=OBJECT,
    position=INTEGER,
    state=OBJECT,
    owner=TEXT,
    started_at=TEXT,
    ended_at=TEXT,
)


class Replay(NamedTuple):
    """A replay: `subject` tells what is replayed to what, `begun` how it was begun.

    `position` counts the payloads that are done, `state` is what came of them so far. `owner` is
    the process that is at it, or was; `ended_at` is empty as long as payloads are left.
    """

    number: int
    subject: str
    begun: JsonObject
    position: int
    state: JsonObject
    owner: str
    started_at: str
    ended_at: str = ""


class Replays:
    """The table `replays`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._rows = Rows(connection, _COLUMNS, lambda row: Replay(*_COLUMNS.read(row)))

    def add(self, subject: str, begun: JsonObject, owner: str, at: str) -> Replay:
        """Write a replay that begins now, and give it."""
        cursor = self._connection.execute(
            "INSERT INTO replays (subject, begun, position, state, owner, started_at, updated_at,"
            " ended_at) VALUES (?1, ?2, 0, '{}', ?3, ?4, ?4, '')",
            (subject, encode(begun), owner, at),
        )
        return Replay(
            number=cursor.lastrowid or 0,
            subject=subject,
            begun=begun,
            position=0,
            state={},
            owner=owner,
            started_at=at,
        )

    def advance(self, replay: Replay, at: str) -> bool:
        """Write how far a replay has come; tells whether it is still its owner's."""
        cursor = self._connection.execute(
            "UPDATE replays SET position = ?, state = ?, updated_at = ?"
            " WHERE number = ? AND owner = ?",
            (replay.position, encode(replay.state), at, replay.number, replay.owner),
        )
        return cursor.rowcount == 1

    def take_over(self, number: int, owner: str) -> None:
        """Give a replay to a process that goes on with it."""
        self._connection.execute("UPDATE replays SET owner = ? WHERE number = ?", (owner, number))

    def end(self, number: int, begun: JsonObject, at: str) -> None:
        """Note that all payloads of a replay are done; `begun` tells now what they were."""
        self._connection.execute(
            "UPDATE replays SET begun = ?, ended_at = ? WHERE number = ?",
            (encode(begun), at, number),
        )

    def get(self, number: int) -> Replay | None:
        """Return the replay with this number, or None."""
        return self._rows.one("WHERE number = ?", number)

    def of(self, subject: str) -> list[Replay]:
        """Return the replays of a subject, the newest first."""
        return self._rows.some("WHERE subject = ? ORDER BY number DESC", subject)

    def bases(self) -> frozenset[int]:
        """Return the numbers that the ids of the replays begin with, after the time."""
        rows = self._connection.execute("SELECT json_extract(begun, '$.origin.base') FROM replays")
        return frozenset(base for (base,) in rows if base is not None)

    def remove(self, number: int) -> None:
        """Delete the replay with this number."""
        self._connection.execute("DELETE FROM replays WHERE number = ?", (number,))
