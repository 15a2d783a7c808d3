"""What people set that no file holds: settings of apps, with their defaults, and variables of
workflows. Among both are the texts that no log may show.
"""

import sqlite3
from typing import TYPE_CHECKING, Any

from kobjctl.model.app import plain_key
from kobjctl.model.values import MISSING, Json, MissingValue
from kobjctl.model.workflow import Variable
from kobjctl.store.columns import ANY_JSON, BOOLEAN, TEXT, Columns, Rows, texts
from kobjctl.store.kept import TransactionCache
from kobjctl.store.text import encode

if TYPE_CHECKING:
    from kobjctl.model.app import Setting

# In the order of a setting's fields.
_SETTING = Columns(
    "settings",
    key=TEXT,
    value=ANY_JSON.or_null(MISSING),
    secret=BOOLEAN,
    app=TEXT,
    default=ANY_JSON.or_null(MISSING),
)
_VARIABLE = Columns("variables", id=TEXT, workflow_id=TEXT, name=TEXT, value=TEXT, updated_at=TEXT)


class Settings:
    """The table `settings`."""

    def __init__(self, connection: sqlite3.Connection, kept: TransactionCache) -> None:
        self._connection = connection
        self._kept = kept
        self._rows = Rows(connection, _SETTING, _setting)

    def put(self, setting: "Setting", at: str) -> None:
        """Write a setting, new or in place of the one with its key."""
        self._kept.forget()
        self._connection.execute(
            'INSERT INTO settings (key, plain, app, secret, "default", value, updated_at)'
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (plain) DO UPDATE SET"
            ' key = ?1, app = ?3, secret = ?4, "default" = ?5, value = ?6, updated_at = ?7',
            (
                setting.key,
                plain_key(setting.key),
                setting.app,
                setting.secret,
                _stored(setting.default),
                _stored(setting.value),
                at,
            ),
        )

    def get(self, key: str) -> "Setting | None":
        """Return the setting of this key, with or without the id of an org; or None."""
        return self._rows.one("WHERE plain = ?", plain_key(key))

    def all(self) -> "list[Setting]":
        """Return every setting, by key."""
        return self._rows.some("ORDER BY key")

    def keys(self) -> list[str]:
        """Return the keys of all settings."""
        return texts(self._connection, "settings", "key", "ORDER BY key")

    def remove(self, key: str) -> None:
        """Delete the setting of this key."""
        self._kept.forget()
        self._connection.execute("DELETE FROM settings WHERE plain = ?", (plain_key(key),))

    def secrets(self) -> list[str]:
        """Return the texts that no log may show: the values of secret settings."""
        values = (setting.resolved for setting in self._rows.some("WHERE secret = 1"))
        return [value if isinstance(value, str) else encode(value) for value in values if value]


class Variables:
    """The table `variables`."""

    def __init__(self, connection: sqlite3.Connection, kept: TransactionCache) -> None:
        self._connection = connection
        self._kept = kept
        self._rows = Rows(connection, _VARIABLE, lambda row: Variable(*_VARIABLE.read(row)))

    def set(self, variable: Variable) -> None:
        """Write a variable, new or changed."""
        self._kept.forget()
        if self.get(variable.id):
            _VARIABLE.change(self._connection, variable, "name", "value", "updated_at")
        else:
            _VARIABLE.add(self._connection, variable)

    def remove(self, variable_id: str) -> None:
        """Delete a variable."""
        self._kept.forget()
        self._connection.execute("DELETE FROM variables WHERE id = ?", (variable_id,))

    def of_workflow(self, workflow_id: str) -> list[Variable]:
        """Return the variables of a workflow, by name."""
        return self._rows.some("WHERE workflow_id = ? ORDER BY name", workflow_id)

    def get(self, variable_id: str) -> Variable | None:
        """Return the variable with this id, or None."""
        return self._rows.one("WHERE id = ?", variable_id)

    def secrets(self) -> list[str]:
        """Return the values of all variables of the org."""
        return texts(self._connection, "variables", "value")


def _stored(value: Json | MissingValue) -> str | None:
    return None if value is MISSING else encode(value)


def _setting(row: tuple[Any, ...]) -> "Setting":
    from kobjctl.model.app import Setting  # noqa: PLC0415 - every run asks for the secrets

    return Setting(*_SETTING.read(row))
