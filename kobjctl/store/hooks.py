"""The hooks of the org."""

import sqlite3
from typing import Any

from kobjctl.model.app import plain_name
from kobjctl.model.hook import HOOK_TYPES, Hook
from kobjctl.model.values import MISSING, Json
from kobjctl.store.columns import ANY_JSON, TEXT, Columns, one_of, texts
from kobjctl.store.text import encode

_COLUMNS = Columns(
    "hooks",
    id=TEXT,
    name=TEXT,
    type=one_of(*HOOK_TYPES),
    event_name=TEXT,
    hash=TEXT,
    description=TEXT,
    key=TEXT,
    example=ANY_JSON.or_null(),
    created_at=TEXT,
    updated_at=TEXT,
)


class Hooks:
    """The table `hooks`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, hook: Hook) -> None:
        """Write a new hook."""
        self._connection.execute(
            f"INSERT INTO hooks ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                hook.id,
                hook.name,
                hook.type,
                hook.event_name,
                hook.hash,
                hook.description,
                hook.key,
                None if hook.example is MISSING else encode(hook.example),
                hook.created_at,
                hook.updated_at,
            ),
        )

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
        row = self._connection.execute(
            f"SELECT {_COLUMNS} FROM hooks WHERE name = ?1 OR id = ?1 OR event_name = ?2",
            (name, plain_name(name)),
        ).fetchone()
        return _hook(row) if row else None

    def all(self) -> list[Hook]:
        """Return every hook, by name."""
        rows = self._connection.execute(f"SELECT {_COLUMNS} FROM hooks ORDER BY name")
        return [_hook(row) for row in rows]

    def names(self) -> list[str]:
        """Return the names of all hooks."""
        return texts(self._connection, "hooks", "name", "ORDER BY name")


def _hook(row: tuple[Any, ...]) -> Hook:
    (hook_id, name, kind, event_name, digest, description, key, example, created, updated) = (
        _COLUMNS.read(row)
    )
    return Hook(
        id=hook_id,
        name=name,
        type=kind,
        event_name=event_name,
        hash=digest,
        description=description,
        key=key,
        example=MISSING if row[7] is None else example,
        created_at=created,
        updated_at=updated,
    )
