"""The variables of workflows, and with them the texts that no log may show."""

import sqlite3

from kobjctl.model.workflow import Variable
from kobjctl.store.columns import TEXT, Columns, texts
from kobjctl.store.kept import TransactionCache

_COLUMNS = Columns("variables", id=TEXT, workflow_id=TEXT, name=TEXT, value=TEXT, updated_at=TEXT)


class Variables:
    """The table `variables`."""

    def __init__(self, connection: sqlite3.Connection, kept: TransactionCache) -> None:
        self._connection = connection
        self._kept = kept

    def set(self, variable: Variable) -> None:
        """Write a variable, new or changed."""
        self._kept.forget()
        self._connection.execute(
            f"INSERT INTO variables ({_COLUMNS}) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id)"
            " DO UPDATE SET name = excluded.name, value = excluded.value,"
            " updated_at = excluded.updated_at",
            variable,
        )

    def remove(self, variable_id: str) -> None:
        """Delete a variable."""
        self._kept.forget()
        self._connection.execute("DELETE FROM variables WHERE id = ?", (variable_id,))

    def of_workflow(self, workflow_id: str) -> list[Variable]:
        """Return the variables of a workflow, by name."""
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM variables WHERE workflow_id = ? ORDER BY name",
            (workflow_id,),
        )
        return [Variable(*_COLUMNS.read(row)) for row in rows]

    def get(self, variable_id: str) -> Variable | None:
        """Return the variable with this id, or None."""
        row = self._connection.execute(
            f"SELECT {_COLUMNS} FROM variables WHERE id = ?", (variable_id,)
        ).fetchone()
        return Variable(*_COLUMNS.read(row)) if row else None

    def secrets(self) -> list[str]:
        """Return the values of all variables of the org."""
        return texts(self._connection, "variables", "value")
