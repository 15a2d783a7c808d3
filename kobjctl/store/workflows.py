"""The workflows of the org."""

import sqlite3
from functools import lru_cache
from typing import TYPE_CHECKING

from kobjctl.model.app import plain_name
from kobjctl.model.workflow import Workflow
from kobjctl.store.columns import INTEGER, OBJECT, TEXT, Columns, Rows, texts
from kobjctl.store.kept import TransactionCache
from kobjctl.store.text import encode

if TYPE_CHECKING:
    from kobjctl.model.envelope import Envelope

_COLUMNS = Columns("workflows", id=TEXT, enabled=INTEGER, rev=INTEGER, document=OBJECT)
_ENVELOPE = Columns("workflows", id=TEXT, envelope=OBJECT.or_null())


class Workflows:
    """The table `workflows`."""

    def __init__(self, connection: sqlite3.Connection, kept: TransactionCache) -> None:
        self._connection = connection
        self._kept = kept
        self._rows = Rows(connection, _COLUMNS, lambda row: _workflow(*row))

    def add(self, workflow: Workflow, at: str) -> None:
        """Write a new workflow."""
        self._kept.forget()
        written = {"document": encode(workflow.document), "created_at": at, "updated_at": at}
        _COLUMNS.add(self._connection, workflow, "name", "event_name", **written)

    def replace(self, workflow: Workflow, at: str) -> None:
        """Write a workflow that has changed; its name and id stay."""
        self._kept.forget()
        written = {"document": encode(workflow.document), "updated_at": at}
        _COLUMNS.change(self._connection, workflow, "event_name", "enabled", "rev", **written)

    def move(self, old_id: str, new_id: str) -> None:
        """Give a workflow another id, with its runs, schedules and variables."""
        self._kept.forget()
        self._connection.execute("PRAGMA defer_foreign_keys = ON")
        self._connection.execute("UPDATE workflows SET id = ? WHERE id = ?", (new_id, old_id))
        for table in ("runs", "schedules", "variables"):
            self._connection.execute(
                f"UPDATE {table} SET workflow_id = ? WHERE workflow_id = ?", (new_id, old_id)
            )

    def set_envelope(self, workflow_id: str, envelope: "Envelope") -> None:
        """Keep what was around a workflow in its file."""
        self._connection.execute(
            "UPDATE workflows SET envelope = ? WHERE id = ?",
            (encode(envelope.as_json()), workflow_id),
        )

    def envelope(self, workflow_id: str) -> "Envelope | None":
        """Return what was around a workflow in its file; None when it came bare."""
        from kobjctl.model.envelope import Envelope  # noqa: PLC0415 - no run needs it

        row = self._connection.execute(
            f"SELECT {_ENVELOPE} FROM workflows WHERE id = ? AND envelope IS NOT NULL",
            (workflow_id,),
        ).fetchone()
        return _ENVELOPE.make(row, lambda _, stored: Envelope.from_json(stored)) if row else None

    def get(self, name: str) -> Workflow | None:
        """Return the workflow of this name or id, or None."""
        return self._rows.one("WHERE name = ?1 OR id = ?1", name)

    def all(self) -> list[Workflow]:
        """Return every workflow, by name."""
        return self._rows.some("ORDER BY name")

    def listening(self, event_name: str) -> list[tuple[str, int]]:
        """Return (id, rev) of the enabled workflows that an event starts, in order of their
        names.
        """
        key = ("listening", event_name)
        heard: list[tuple[str, int]] | None = self._kept.look(key)
        return self._kept.get(key, lambda: self._listening(event_name)) if heard is None else heard

    def _listening(self, event_name: str) -> list[tuple[str, int]]:
        rows = self._connection.execute(
            "SELECT id, rev FROM workflows WHERE event_name = ? AND enabled ORDER BY name",
            (plain_name(event_name),),
        )
        return rows.fetchall()

    def names(self) -> list[str]:
        """Return the names of all workflows."""
        return texts(self._connection, "workflows", "name", "ORDER BY name")


# Keyed by the row as it stands, so that a workflow which somebody changed is read anew.
@lru_cache(maxsize=128)
def _workflow(*row: str | int) -> Workflow:
    return _COLUMNS.make(
        row,
        lambda workflow_id, enabled, rev, document: Workflow.from_document(
            document, workflow_id=workflow_id, enabled=bool(enabled), rev=rev
        ),
    )
