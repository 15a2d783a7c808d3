"""The variables of workflows, and with them the texts that no log may show."""

import sqlite3

from kobjctl.model.workflow import Variable
from kobjctl.store.columns import TEXT, Columns, Rows, texts
from kobjctl.store.kept import TransactionCache

_COLUMNS = Columns("variables", id=TEXT, workflow_id=TEXT, name=TEXT, value=TEXT, updated_at=TEXT)


class Variables:
    """The table `variables`."""

    def __init__(self, connection: sqlite3.Connection, kept: TransactionCache) -> None:
        self._connection = connection
        self._kept = kept
        self._rows = Rows(connection, _COLUMNS, lambda row: Variable(*_COLUMNS.read(row)))

    def set(self, variable: Variable) -> None:
        """Write a variable, new or changed."""
        self._kept.forget()
        self._connection.execute(
            f"{_COLUMNS.insertion()} ON CONFLICT (id)"
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
        return self._rows.some("WHERE workflow_id = ? ORDER BY name", workflow_id)

    def get(self, variable_id: str) -> Variable | None:
        """Return the variable with this id, or None."""
        return self._rows.one("WHERE id = ?", variable_id)

    def secrets(self) -> list[str]:
        """Return the values of all variables of the org."""
        return texts(self._connection, "variables", "value")
