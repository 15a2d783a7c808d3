"""The hooks of the org."""

import sqlite3

from kobjctl.model.app import plain_name
from kobjctl.model.hook import HOOK_TYPES, Hook
from kobjctl.model.values import MISSING, Json
from kobjctl.store.columns import ANY_JSON, TEXT, Columns, Rows, one_of, texts
from kobjctl.store.text import encode

# In the order of a hook's fields.
_COLUMNS = Columns(
    "hooks",
    id=TEXT,
    name=TEXT,
    type=one_of(*HOOK_TYPES),
    event_name=TEXT,
    hash=TEXT,
    created_at=TEXT,
    updated_at=TEXT,
    description=TEXT,
    key=TEXT,
    example=ANY_JSON.or_null(MISSING),
)


class Hooks:
    """The table `hooks`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._rows = Rows(connection, _COLUMNS, lambda row: Hook(*_COLUMNS.read(row)))

    def add(self, hook: Hook) -> None:
        """Write a new hook."""
        example = None if hook.example is MISSING else encode(hook.example)
        _COLUMNS.add(self._connection, hook, example=example)

    def describe(self, hook: Hook, description: str, at: str) -> None:
        """Change the description of a hook."""
        self._connection.execute(
            "UPDATE hooks SET description = ?, updated_at = ? WHERE id = ?",
            (description, at, hook.id),
        )

    def set_example(self, hook_id: str, example: Json) -> None:
        """Keep an example payload for the hook."""
        self._connection.execute(
            "UPDATE hooks SET example = ? WHERE id = ?", (encode(example), hook_id)
        )

    def set_first_example(self, hook_id: str, example: Json) -> None:
        """Keep an example payload for the hook if it has none."""
        missing = self._connection.execute(
            "SELECT 1 FROM hooks WHERE id = ? AND example IS NULL", (hook_id,)
        ).fetchone()
        if missing:
            self.set_example(hook_id, example)

    def get(self, name: str) -> Hook | None:
        """Return the hook of this name, id or event name, or None."""
        where = "WHERE name = ?1 OR id = ?1 OR event_name = ?2"
        return self._rows.one(where, name, plain_name(name))

    def all(self) -> list[Hook]:
        """Return every hook, by name."""
        return self._rows.some("ORDER BY name")

    def names(self) -> list[str]:
        """Return the names of all hooks."""
        return texts(self._connection, "hooks", "name", "ORDER BY name")
