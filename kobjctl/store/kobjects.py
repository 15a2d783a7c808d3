"""The KObjects of the org."""

import sqlite3

from kobjctl.model.errors import ConflictError
from kobjctl.model.kobject import KObject
from kobjctl.store.columns import INTEGER, OBJECT, TEXT, Columns, Rows
from kobjctl.store.text import JsonWriter

# In the order of a KObject's fields.
_COLUMNS = Columns(
    "kobjects",
    id=TEXT,
    klass=TEXT,
    given=OBJECT,
    created_at=TEXT,
    updated_at=TEXT,
    rev=INTEGER,
    customer=TEXT.or_null(),
    company=TEXT.or_null(),
)
_REPLACED = ("customer", "company", "rev", "updated_at")
_KLASS = Columns("kobjects", klass=TEXT)


class KObjects:
    """The table `kobjects`."""

    def __init__(self, connection: sqlite3.Connection, json: JsonWriter) -> None:
        self._connection = connection
        self._json = json
        self._rows = Rows(connection, _COLUMNS, lambda row: KObject(*_COLUMNS.read(row)))

    def add(self, kobject: KObject) -> int:
        """Write a new KObject; give the characters that its attributes take as JSON.

        Raises ConflictError when another KObject of its Klass has its external id.
        """
        external_id, given = kobject.given.get("externalId"), self._json.write(kobject.given)
        try:
            _COLUMNS.add(self._connection, kobject, given=given, external_id=external_id)
        except sqlite3.IntegrityError as error:
            raise _conflict(kobject) from error
        return len(given)

    def replace(self, kobject: KObject) -> None:
        """Write a KObject that has changed; raises ConflictError as `add` does."""
        external_id, given = kobject.given.get("externalId"), self._json.write(kobject.given)
        written = {"given": given, "external_id": external_id}
        try:
            _COLUMNS.change(self._connection, kobject, *_REPLACED, **written)
        except sqlite3.IntegrityError as error:
            raise _conflict(kobject) from error

    def remove(self, kobject_id: str) -> None:
        """Delete a KObject."""
        self._connection.execute("DELETE FROM kobjects WHERE id = ?", (kobject_id,))

    def remove_of(self, customer_id: str) -> None:
        """Delete all KObjects of a customer."""
        self._connection.execute("DELETE FROM kobjects WHERE customer = ?", (customer_id,))

    def move(self, source: str, target: str) -> None:
        """Give all KObjects of one customer to another."""
        self._connection.execute(
            "UPDATE kobjects SET customer = ? WHERE customer = ?", (target, source)
        )

    def leave(self, company_id: str) -> None:
        """Take all KObjects out of a company."""
        self._connection.execute(
            "UPDATE kobjects SET company = NULL WHERE company = ?", (company_id,)
        )

    def get(self, kobject_id: str) -> KObject | None:
        """Return the KObject with this id, or None."""
        return self._rows.one("WHERE id = ?", kobject_id)

    def exists(self, kobject_id: str) -> bool:
        """Return whether there is a KObject with this id."""
        return self.get(kobject_id) is not None

    def find(self, klass: str, external_id: str) -> KObject | None:
        """Return the KObject of this Klass with this external id, or None."""
        return self._rows.one("WHERE klass = ? AND external_id = ?", klass, external_id)

    def of_customer(self, customer_id: str, limit: int) -> list[KObject]:
        """Return a customer's KObjects, the last changed first: the timeline's order."""
        order = "ORDER BY updated_at DESC, rowid DESC LIMIT ?"
        return self._rows.some(f"WHERE customer = ? {order}", customer_id, limit)

    def klasses_of(self, customer_id: str) -> list[str]:
        """Return the names of the Klasses that a customer has KObjects of."""
        rows = self._connection.execute(
            "SELECT DISTINCT klass FROM kobjects WHERE customer = ? ORDER BY klass", (customer_id,)
        )
        return [_KLASS.read(row)[0] for row in rows]

    def of_klass(self, klass: str, limit: int) -> list[KObject]:
        """Return the newest KObjects of a Klass, the newest first."""
        return self._rows.some("WHERE klass = ? ORDER BY rowid DESC LIMIT ?", klass, limit)

    def all(self, limit: int) -> list[KObject]:
        """Return the newest KObjects of the org, the newest first."""
        return self._rows.some("ORDER BY rowid DESC LIMIT ?", limit)

    def count(self, klass: str) -> int:
        """Count the KObjects of a Klass."""
        (count,) = self._connection.execute(
            "SELECT count(*) FROM kobjects WHERE klass = ?", (klass,)
        ).fetchone()
        return int(count)


def _conflict(kobject: KObject) -> ConflictError:
    external_id = kobject.given.get("externalId")
    return ConflictError(
        f'another {kobject.klass} has the externalId "{external_id}"',
        parameter="externalId",
        detail="duplicate detected",
    )
