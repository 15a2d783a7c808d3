"""The Klasses of the org."""

import sqlite3
from functools import lru_cache

from kobjctl.model.klass import Klass
from kobjctl.store.columns import OBJECT, TEXT, Columns, Rows, texts
from kobjctl.store.kept import TransactionCache
from kobjctl.store.text import encode

_COLUMNS = Columns(
    "klasses", id=TEXT, name=TEXT, definition=OBJECT, created_at=TEXT, updated_at=TEXT
)


class Klasses:
    """The table `klasses`."""

    def __init__(self, connection: sqlite3.Connection, kept: TransactionCache) -> None:
        self._connection = connection
        self._kept = kept
        self._rows = Rows(connection, _COLUMNS, lambda row: _klass(*row))

    def add(self, klass: Klass) -> None:
        """Write a new Klass."""
        self._kept.forget()
        _COLUMNS.add(self._connection, klass, definition=encode(klass.definition()))

    def replace(self, klass: Klass) -> None:
        """Write a Klass that has changed; its name and id stay."""
        self._kept.forget()
        definition = encode(klass.definition())
        _COLUMNS.change(self._connection, klass, "updated_at", definition=definition)

    def get(self, name: str) -> Klass | None:
        """Return the Klass of this name (case counts), or None."""
        return self._kept.get(("klass", name), lambda: self._rows.one("WHERE name = ?", name))

    def all(self) -> list[Klass]:
        """Return every Klass, by name."""
        return self._rows.some("ORDER BY name")

    def names(self) -> list[str]:
        """Return the names of all Klasses."""
        return texts(self._connection, "klasses", "name")

    def remove(self, klass: Klass) -> None:
        """Delete a Klass that has no KObjects."""
        self._kept.forget()
        self._connection.execute("DELETE FROM klasses WHERE id = ?", (klass.id,))


# Keyed by the row as it stands, so that a Klass which somebody changed is never taken for the old.
@lru_cache(maxsize=128)
def _klass(*row: str) -> Klass:
    return _COLUMNS.make(
        row,
        lambda klass_id, _name, definition, created_at, updated_at: Klass.from_definition(
            definition, klass_id=klass_id, created_at=created_at, updated_at=updated_at
        ),
    )
