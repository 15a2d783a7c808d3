"""What a run or a schedule that isn't over needs in clear, and no log may have."""

import sqlite3
from collections.abc import Sequence
from typing import Literal, NamedTuple

from kobjctl.model.values import Json
from kobjctl.store.columns import INTEGER, PAIR, Columns
from kobjctl.store.text import encode

# Who needs it: the runs that an event started, a scheduled run, or the rest of a run.
Holder = Literal["event", "schedule", "run"]


class ClearValue(NamedTuple):
    """A value with its secrets in it, and the texts that were made of secrets before."""

    value: Json
    secrets: Sequence[str] = ()


class PrivateValues:
    """The table `private_values`: a row goes when what it is for is over."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def keep(self, holder: Holder, number: int, clear: ClearValue) -> None:
        """Keep what an event, a schedule or a run of this number needs, in place of what it had."""
        self.forget(holder, number)
        self._connection.execute(
            f"INSERT INTO private_values ({holder}, content) VALUES (?, ?)",
            (number, encode([clear.value, [*clear.secrets]])),
        )

    def get(self, holder: Holder, number: int) -> ClearValue | None:
        """Return what is kept for an event, a schedule or a run; None where nothing is."""
        row = self._connection.execute(
            f"SELECT {holder}, content FROM private_values WHERE {holder} = ?", (number,)
        ).fetchone()
        columns = Columns("private_values", **{holder: INTEGER}, content=PAIR)
        return columns.make(row, lambda _, content: ClearValue(*content)) if row else None

    def forget(self, holder: Holder, number: int) -> None:
        """Forget what is kept for an event, a schedule or a run."""
        self._connection.execute(f"DELETE FROM private_values WHERE {holder} = ?", (number,))
