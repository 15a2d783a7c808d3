"""The records that are neither customers nor KObjects: a table each, or one for several kinds.

Kinds without relations share the table `records`, in which `key` is what finds a record; such a
kind needs no migration.
"""

import sqlite3
from collections.abc import Sequence
from typing import Any, Final, Protocol

from kobjctl.model.customer import Customer
from kobjctl.model.errors import ConflictError
from kobjctl.model.kinds.core_record import CoreRecord
from kobjctl.model.kinds.kind import SHARED, RecordKind
from kobjctl.model.kobject import KObject
from kobjctl.store.columns import INTEGER, OBJECT, TEXT, Columns, Rows, texts
from kobjctl.store.text import JsonWriter

# An attribute that finds a record stands in a column of its own, too.
_COLUMN_OF: Final = {"externalId": "external_id"}


def source_of(kind: RecordKind) -> str:
    """Return what the records of a kind are read from."""
    if kind.table != SHARED:
        return kind.table
    return f"(SELECT rowid, * FROM {SHARED} WHERE kind = '{kind.name}')"


class RecordTable(Protocol):
    """The table of any kind of record, customers and KObjects among them."""

    def get(self, record_id: str, /) -> Customer | KObject | CoreRecord | None:
        """Return the record with this id, or None."""

    def exists(self, record_id: str, /) -> bool:
        """Return whether there is a record with this id."""

    def all(self, limit: int) -> Sequence[Customer | KObject | CoreRecord]:
        """Return the newest records, the newest first."""


class Records:
    """The table of one kind of record."""

    def __init__(self, connection: sqlite3.Connection, kind: RecordKind, json: JsonWriter) -> None:
        self._connection = connection
        self._json = json
        self._kind = kind
        self._found_by = [self._column(name) for name in kind.found_by]
        names = ("id", *kind.relations, *self._found_by)
        self._columns = Columns(
            kind.table,
            **{name: TEXT if name == "id" else TEXT.or_null() for name in names},
            given=OBJECT,
            rev=INTEGER,
            created_at=TEXT,
            updated_at=TEXT,
            modified_at=TEXT,
        )
        self._source = source_of(kind)
        select = f"SELECT {self._columns} FROM {self._source}"
        self._rows = Rows(connection, self._columns, self._record, select)

    def add(self, record: CoreRecord) -> None:
        """Write a new record; raises ConflictError when another has what must be its own."""
        columns, values = self._columns.names, [record.id, *self._values(record)]
        if self._kind.table == SHARED:
            columns, values = (*columns, "kind"), [*values, self._kind.name]
        places = ", ".join("?" * len(values))
        statement = f"INSERT INTO {self._kind.table} ({', '.join(columns)}) VALUES ({places})"
        self._write(statement, values, record)

    def replace(self, record: CoreRecord) -> None:
        """Write a record that has changed; raises ConflictError as `add` does."""
        changes = ", ".join(f"{column} = ?" for column in self._columns.names[1:])
        statement = f"UPDATE {self._kind.table} SET {changes} WHERE id = ?"
        self._write(statement, [*self._values(record), record.id], record)

    def remove(self, record_id: str) -> None:
        """Delete a record."""
        self._connection.execute(f"DELETE FROM {self._kind.table} WHERE id = ?", (record_id,))

    def get(self, record_id: str) -> CoreRecord | None:
        """Return the record with this id, or None."""
        return self._rows.one("WHERE id = ?", record_id)

    def exists(self, record_id: str) -> bool:
        """Return whether there is a record with this id."""
        statement = f"SELECT 1 FROM {self._source} WHERE id = ?"
        return self._connection.execute(statement, (record_id,)).fetchone() is not None

    def find(self, attribute: str, value: str) -> CoreRecord | None:
        """Return the newest record with this value of an attribute that finds one, or None."""
        found = self.named(attribute, value, 1)
        return found[0] if found else None

    def named(self, attribute: str, value: str, limit: int) -> list[CoreRecord]:
        """Return the newest records with this value of an attribute that finds one."""
        return self._rows.some(
            f"WHERE {self._column(attribute)} = ? ORDER BY rowid DESC LIMIT ?", value, limit
        )

    def all(self, limit: int) -> list[CoreRecord]:
        """Return the newest records, the newest first."""
        return self._rows.some("ORDER BY rowid DESC LIMIT ?", limit)

    def last_created(self, relation: str, record_id: str, limit: int) -> list[CoreRecord]:
        """Return the newest records of a customer or conversation, the newest first."""
        order = "ORDER BY created_at DESC, rowid DESC LIMIT ?"
        return self._rows.some(f"WHERE {relation} = ? {order}", record_id, limit)

    def last_changed(self, customer_id: str, limit: int) -> list[CoreRecord]:
        """Return a customer's records that are in no conversation, the last changed first: the
        timeline's order.
        """
        alone = "AND conversation IS NULL" if "conversation" in self._kind.relations else ""
        order = "ORDER BY updated_at DESC, rowid DESC LIMIT ?"
        return self._rows.some(f"WHERE customer = ? {alone} {order}", customer_id, limit)

    def move(self, relation: str, source: str, target: str) -> None:
        """Put all records of one customer or conversation into another."""
        statement = f"UPDATE {self._kind.table} SET {relation} = ? WHERE {relation} = ?"
        self._connection.execute(statement, (target, source))

    def remove_of(self, relation: str, record_id: str) -> None:
        """Delete all records of a customer or conversation."""
        statement = f"DELETE FROM {self._kind.table} WHERE {relation} = ?"
        self._connection.execute(statement, (record_id,))

    def names(self) -> list[str]:
        """Return what finds the records of the kind beside their ids."""
        names: list[str] = []
        for column in self._found_by:
            own = f"kind = '{self._kind.name}' AND " if self._kind.table == SHARED else ""
            rest = f"WHERE {own}{column} IS NOT NULL LIMIT 1000"
            names += texts(self._connection, self._kind.table, column, rest)
        return names

    def _column(self, attribute: str) -> str:
        return "key" if self._kind.table == SHARED else _COLUMN_OF.get(attribute, attribute)

    def _values(self, record: CoreRecord) -> list[Any]:
        """Return the values of all columns but the id, in their order."""
        return [
            *(record.relations.get(name) for name in self._kind.relations),
            *(record.given.get(name) for name in self._kind.found_by),
            *(self._json.write(record.given), record.rev),
            *(record.created_at, record.updated_at, record.modified_at),
        ]

    def _write(self, statement: str, values: list[Any], record: CoreRecord) -> None:
        try:
            self._connection.execute(statement, values)
        except sqlite3.IntegrityError as error:
            raise self._conflict(record) from error

    def _conflict(self, record: CoreRecord) -> ConflictError:
        unique = self._kind.found_by[0]
        return ConflictError(
            f'another {self._kind.name} has the {unique} "{record.given.get(unique)}"',
            parameter=unique,
            detail="duplicate detected",
        )

    def _record(self, row: tuple[Any, ...]) -> CoreRecord:
        record_id, *found_by, given, rev, created, updated, modified = self._columns.read(row)
        related = zip(self._kind.relations, found_by, strict=False)
        return CoreRecord(
            kind=self._kind.name,
            id=record_id,
            given=given,
            relations={name: other for name, other in related if other},
            created_at=created,
            updated_at=updated,
            modified_at=modified,
            rev=rev,
        )
