"""The workflows of the org."""

import sqlite3
from functools import lru_cache

from kobjctl.model.workflow import Workflow
from kobjctl.store.text import decode, encode

_COLUMNS = "id, enabled, rev, document"


class Workflows:
    """The table `workflows`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, workflow: Workflow, at: str) -> None:
        """Write a new workflow."""
        self._connection.execute(
            "INSERT INTO workflows VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                workflow.id,
                workflow.name,
                workflow.event_name,
                workflow.enabled,
                workflow.rev,
                encode(workflow.document),
                at,
                at,
            ),
        )

    def replace(self, workflow: Workflow, at: str) -> None:
        """Write a workflow that has changed; its name and id stay."""
        self._connection.execute(
            "UPDATE workflows SET event_name = ?, enabled = ?, rev = ?, document = ?,"
            " updated_at = ? WHERE id = ?",
            (
                workflow.event_name,
                workflow.enabled,
                workflow.rev,
                encode(workflow.document),
                at,
                workflow.id,
            ),
        )

    def get(self, name: str) -> Workflow | None:
        """Give the workflow of this name or id, or None."""
        row = self._connection.execute(
            f"SELECT {_COLUMNS} FROM workflows WHERE name = ?1 OR id = ?1",
            (name,),
        ).fetchone()
        return _workflow(*row) if row else None

    def all(self) -> list[Workflow]:
        """Give every workflow, by name."""
        rows = self._connection.execute(f"SELECT {_COLUMNS} FROM workflows ORDER BY name")
        return [_workflow(*row) for row in rows]

    def listening(self, event_name: str) -> list[tuple[str, int]]:
        """Give (id, rev) of the enabled workflows that an event starts, in order of their names."""
        rows = self._connection.execute(
            "SELECT id, rev FROM workflows WHERE event_name = ? AND enabled ORDER BY name",
            (event_name,),
        )
        return rows.fetchall()

    def names(self) -> list[str]:
        """Give the names of all workflows."""
        rows = self._connection.execute("SELECT name FROM workflows ORDER BY name")
        return [row[0] for row in rows]


# Keyed by the row as it stands, so that a workflow which somebody changed is read anew.
@lru_cache(maxsize=128)
def _workflow(workflow_id: str, enabled: int, rev: int, document: str) -> Workflow:
    return Workflow.from_document(
        decode(document), workflow_id=workflow_id, enabled=bool(enabled), rev=rev
    )
