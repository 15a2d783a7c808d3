"""The actions and the triggers that apps define: two tables of one shape."""

import sqlite3

from kobjctl.model.app import AppPart, plain_name
from kobjctl.store.columns import OBJECT, TEXT, Columns, texts
from kobjctl.store.text import encode


class AppParts:
    """The table `app_actions` or `app_triggers`."""

    def __init__(self, connection: sqlite3.Connection, table: str) -> None:
        self._connection = connection
        self._table = table
        self._columns = Columns(table, name=TEXT, app=TEXT, definition=OBJECT)

    def put(self, part: AppPart, at: str) -> None:
        """Write an action or a trigger, new or in place of the one with its name."""
        self._connection.execute(
            f"INSERT INTO {self._table} (name, plain, app, definition, created_at, updated_at)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?5) ON CONFLICT (plain) DO UPDATE SET"
            " name = ?1, app = ?3, definition = ?4, updated_at = ?5",
            (part.name, plain_name(part.name), part.app, encode(part.definition), at),
        )

    def get(self, name: str) -> AppPart | None:
        """Return the one of this name, with or without the id of an org; or None."""
        row = self._connection.execute(
            f"SELECT {self._columns} FROM {self._table} WHERE plain = ?", (plain_name(name),)
        ).fetchone()
        return AppPart(*self._columns.read(row)) if row else None

    def all(self) -> list[AppPart]:
        """Return all of them, by name."""
        rows = self._connection.execute(f"SELECT {self._columns} FROM {self._table} ORDER BY name")
        return [AppPart(*self._columns.read(row)) for row in rows]

    def names(self) -> list[str]:
        """Return the names of all of them."""
        return texts(self._connection, self._table, "name", "ORDER BY name")

    def remove(self, name: str) -> None:
        """Delete the one of this name."""
        self._connection.execute(f"DELETE FROM {self._table} WHERE plain = ?", (plain_name(name),))
