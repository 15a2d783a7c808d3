"""How far replays have come that are not over."""

import sqlite3
from typing import NamedTuple

from kobjctl.model.values import JsonObject
from kobjctl.store.columns import INTEGER, OBJECT, TEXT, Columns
from kobjctl.store.text import encode

_COLUMNS = Columns(
    "replays", key=TEXT, begun=OBJECT, position=INTEGER, state=OBJECT, started_at=TEXT
)


class Replay(NamedTuple):
    """A replay that is not over: `key` tells what is replayed to what, `begun` how it was begun.

    `position` counts the payloads that are done, `state` is what came of them so far.
    """

    key: str
    begun: JsonObject
    position: int
    state: JsonObject
    started_at: str


class Replays:
    """The table `replays`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def put(self, replay: Replay, at: str) -> None:
        """Write how far a replay has come."""
        self._connection.execute(
            "INSERT INTO replays VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (key) DO UPDATE SET"
            " begun = ?2, position = ?3, state = ?4, started_at = ?5, updated_at = ?6",
            (
                replay.key,
                encode(replay.begun),
                replay.position,
                encode(replay.state),
                replay.started_at,
                at,
            ),
        )

    def advance(self, replay: Replay, before: int, at: str) -> bool:
        """Write how far a replay has come; tells whether it was at a position before, and not
        anybody else has gone on with it meanwhile.
        """
        cursor = self._connection.execute(
            "UPDATE replays SET position = ?, state = ?, updated_at = ?"
            " WHERE key = ? AND position = ?",
            (replay.position, encode(replay.state), at, replay.key, before),
        )
        return cursor.rowcount == 1

    def get(self, key: str) -> Replay | None:
        """Give the replay with this key, or None."""
        row = self._connection.execute(
            f"SELECT {_COLUMNS} FROM replays WHERE key = ?", (key,)
        ).fetchone()
        return Replay(*_COLUMNS.read(row)) if row else None

    def remove(self, key: str) -> None:
        """Delete the replay with this key."""
        self._connection.execute("DELETE FROM replays WHERE key = ?", (key,))
