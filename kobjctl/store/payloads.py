"""The payloads that people keep under names."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from kobjctl.model.hook import SavedPayload
from kobjctl.store.columns import ANY_JSON, TEXT, Columns, Rows, texts

_COLUMNS = Columns("payloads", name=TEXT, hook_name=TEXT, body=ANY_JSON, saved_at=TEXT)


class SavedPayloads:
    """The table `payloads`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._rows = Rows(connection, _COLUMNS, _read)

    def put(self, payload: SavedPayload) -> None:
        """Write a payload, new or in place of the one with its name."""
        self.remove(payload.name)
        _COLUMNS.add(self._connection, payload)

    def remove(self, name: str) -> None:
        """Delete a payload."""
        self._connection.execute("DELETE FROM payloads WHERE name = ?", (name,))

    def get(self, name: str) -> SavedPayload | None:
        """Return the payload with a name, or None."""
        return self._rows.one("WHERE name = ?", name)

    def all(self) -> list[SavedPayload]:
        """Return all payloads, by name."""
        return self._rows.some("ORDER BY name")

    def names(self) -> list[str]:
        """Return the names of all payloads, sorted."""
        return texts(self._connection, "payloads", "name", "ORDER BY name")


def _read(row: Sequence[Any]) -> SavedPayload:
    # The text itself is kept: what JavaScript loses of it is told when it is sent.
    return SavedPayload(*_COLUMNS.read(row))._replace(body=row[2])
