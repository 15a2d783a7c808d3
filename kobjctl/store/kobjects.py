"""The KObjects of the org."""

import sqlite3
from typing import Any

from kobjctl.model.errors import ConflictError
from kobjctl.model.kobject import KObject
from kobjctl.store.columns import INTEGER, OBJECT, TEXT, Columns
from kobjctl.store.text import JsonWriter

_COLUMNS = Columns(
    "kobjects",
    id=TEXT,
    klass=TEXT,
    customer=TEXT.or_null(),
    company=TEXT.or_null(),
    given=OBJECT,
    rev=INTEGER,
    created_at=TEXT,
    updated_at=TEXT,
)
_KLASS = Columns("kobjects", klass=TEXT)


class KObjects:
    """The table `kobjects`."""

    def __init__(self, connection: sqlite3.Connection, json: JsonWriter) -> None:
        self._connection = connection
        self._json = json

    def add(self, kobject: KObject) -> int:
        """Write a new KObject; give the characters that its attributes take as JSON.

        Raises ConflictError when another KObject of its Klass has its external id.
        """
        external_id, given = kobject.given.get("externalId"), self._json.write(kobject.given)
        try:
            self._connection.execute(
                "INSERT INTO kobjects VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    kobject.id,
                    kobject.klass,
                    external_id,
                    kobject.customer,
                    kobject.company,
                    given,
                    kobject.rev,
                    kobject.created_at,
                    kobject.updated_at,
                ),
            )
        except sqlite3.IntegrityError as error:
            raise _conflict(kobject) from error
        return len(given)

    def replace(self, kobject: KObject) -> None:
        """Write a KObject that has changed; raises ConflictError as `add` does."""
        try:
            self._connection.execute(
                "UPDATE kobjects SET external_id = ?, customer = ?, company = ?, given = ?,"
                " rev = ?, updated_at = ? WHERE id = ?",
                (
                    kobject.given.get("externalId"),
                    kobject.customer,
                    kobject.company,
                    self._json.write(kobject.given),
                    kobject.rev,
                    kobject.updated_at,
                    kobject.id,
                ),
            )
        except sqlite3.IntegrityError as error:
            raise _conflict(kobject) from error

    def remove(self, kobject_id: str) -> None:
        """Delete a KObject."""
        self._connection.execute("DELETE FROM kobjects WHERE id = ?", (kobject_id,))

    def remove_of(self, customer_id: str) -> None:
        """Delete all KObjects of a customer."""
        self._connection.execute("DELETE FROM kobjects WHERE customer = ?", (customer_id,))

    def leave(self, company_id: str) -> None:
        """Take all KObjects out of a company."""
        self._connection.execute(
            "UPDATE kobjects SET company = NULL WHERE company = ?", (company_id,)
        )

    def get(self, kobject_id: str) -> KObject | None:
        """Return the KObject with this id, or None."""
        row = self._connection.execute(
            f"SELECT {_COLUMNS} FROM kobjects WHERE id = ?",
            (kobject_id,),
        ).fetchone()
        return _kobject(row) if row else None

    def exists(self, kobject_id: str) -> bool:
        """Return whether there is a KObject with this id."""
        return self.get(kobject_id) is not None

    def find(self, klass: str, external_id: str) -> KObject | None:
        """Return the KObject of this Klass with this external id, or None."""
        row = self._connection.execute(
            f"SELECT {_COLUMNS} FROM kobjects WHERE klass = ? AND external_id = ?",
            (klass, external_id),
        ).fetchone()
        return _kobject(row) if row else None

    def of_customer(self, customer_id: str, limit: int) -> list[KObject]:
        """Return a customer's KObjects, the last changed first: the timeline's order."""
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM kobjects WHERE customer = ?"
            " ORDER BY updated_at DESC, rowid DESC LIMIT ?",
            (customer_id, limit),
        )
        return [_kobject(row) for row in rows]

    def klasses_of(self, customer_id: str) -> list[str]:
        """Return the names of the Klasses that a customer has KObjects of."""
        rows = self._connection.execute(
            "SELECT DISTINCT klass FROM kobjects WHERE customer = ? ORDER BY klass", (customer_id,)
        )
        return [_KLASS.read(row)[0] for row in rows]

    def of_klass(self, klass: str, limit: int) -> list[KObject]:
        """Return the newest KObjects of a Klass, the newest first."""
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM kobjects WHERE klass = ? ORDER BY rowid DESC LIMIT ?",
            (klass, limit),
        )
        return [_kobject(row) for row in rows]

    def all(self, limit: int) -> list[KObject]:
        """Return the newest KObjects of the org, the newest first."""
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM kobjects ORDER BY rowid DESC LIMIT ?",
            (limit,),
        )
        return [_kobject(row) for row in rows]

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


def _kobject(row: tuple[Any, ...]) -> KObject:
    kobject_id, klass, customer, company, given, rev, created_at, updated_at = _COLUMNS.read(row)
    return KObject(
        id=kobject_id,
        klass=klass,
        given=given,
        created_at=created_at,
        updated_at=updated_at,
        rev=rev,
        customer=customer,
        company=company,
    )
