"""The apps of the org as their definitions were read, and the actions and triggers of each."""

import sqlite3

from kobjctl.model.app import App, AppPart, plain_app, plain_name
from kobjctl.store.columns import OBJECT, OBJECT_OF_OBJECTS, TEXT, Columns, Rows, texts
from kobjctl.store.text import encode

_COLUMNS = Columns("apps", name=TEXT, document=OBJECT, loaded=OBJECT_OF_OBJECTS)


class Apps:
    """The table `apps`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._rows = Rows(connection, _COLUMNS, lambda row: App(*_COLUMNS.read(row)))

    def put(self, app: App, at: str) -> None:
        """Write an app, new or in place of the one with its name."""
        self._connection.execute(
            "INSERT INTO apps (name, plain, document, loaded, created_at, updated_at)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?5) ON CONFLICT (plain) DO UPDATE SET"
            " name = ?1, document = ?3, loaded = ?4, updated_at = ?5",
            (app.name, plain_app(app.name), encode(app.document), encode(app.loaded), at),
        )

    def get(self, name: str) -> App | None:
        """Return the app of this name, with or without the id of an org; or None."""
        return self._rows.one("WHERE plain = ?", plain_app(name))

    def all(self) -> list[App]:
        """Return every app, by name."""
        return self._rows.some("ORDER BY name")

    def names(self) -> list[str]:
        """Return the names of all apps."""
        return texts(self._connection, "apps", "name", "ORDER BY name")


class AppParts:
    """The table `app_actions` or `app_triggers`."""

    def __init__(self, connection: sqlite3.Connection, table: str) -> None:
        self._connection = connection
        self._table = table
        columns = Columns(table, name=TEXT, app=TEXT, definition=OBJECT)
        self._rows = Rows(connection, columns, lambda row: AppPart(*columns.read(row)))

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
        return self._rows.one("WHERE plain = ?", plain_name(name))

    def all(self) -> list[AppPart]:
        """Return all of them, by name."""
        return self._rows.some("ORDER BY name")

    def names(self) -> list[str]:
        """Return the names of all of them."""
        return texts(self._connection, self._table, "name", "ORDER BY name")

    def remove(self, name: str) -> None:
        """Delete the one of this name."""
        self._connection.execute(f"DELETE FROM {self._table} WHERE plain = ?", (plain_name(name),))
