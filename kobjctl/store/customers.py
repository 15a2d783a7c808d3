"""The customers of the org, and the index of what identifies them."""

import sqlite3
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from kobjctl.model.customer import RECENT_ITEMS, Customer
from kobjctl.model.errors import ConflictError
from kobjctl.model.kinds.identities import IDENTITIES, contact_ids, identities
from kobjctl.model.values import JsonObject
from kobjctl.store.columns import ID, INTEGER, OBJECT, TEXT, Columns, Rows, texts
from kobjctl.store.text import JsonWriter

# In the order of a customer's fields.
_COLUMNS = Columns(
    "customers",
    id=ID,
    given=OBJECT,
    created_at=TEXT,
    updated_at=TEXT,
    modified_at=TEXT,
    last_activity_at=TEXT,
    last_customer_activity_at=TEXT.or_null(),
    rev=INTEGER,
    company=TEXT.or_null(),
)
_NOTED = ("rev", "updated_at", "last_activity_at", "last_customer_activity_at")
_LAST_CHANGED = "ORDER BY updated_at DESC, rowid DESC LIMIT ?"
_KOBJECT_ITEM = Columns("kobjects", ("id",), klass=TEXT, updated_at=TEXT, id=TEXT)
_KOBJECTS = f"SELECT {_KOBJECT_ITEM} FROM kobjects WHERE customer = ? {_LAST_CHANGED}"
# What is in a conversation is no item of its own.
_ALONE = "AND conversation IS NULL"


class Customers:
    """The tables `customers` and `customer_identities`."""

    def __init__(self, connection: sqlite3.Connection, json: JsonWriter) -> None:
        self._connection = connection
        self._json = json
        self._rows = Rows(connection, _COLUMNS, self._customer)

    def add(self, customer: Customer) -> None:
        """Write a new customer.

        Raises ConflictError when an email, phone or external id is another customer's.
        """
        _COLUMNS.add(self._connection, customer, given=self._json.write(customer.given))
        self._add_identities(customer)

    def replace(self, customer: Customer) -> None:
        """Write a customer that has changed; raises ConflictError as `add` does."""
        given = self._json.write(customer.given)
        _COLUMNS.change(self._connection, customer, *_COLUMNS.names[1:], given=given)
        self._connection.execute(
            "DELETE FROM customer_identities WHERE customer = ?", (customer.id,)
        )
        self._add_identities(customer)

    def touch(self, customer_id: str, at: str) -> None:
        """Note that a KObject of the customer was created (`manual/platform.md 9.8`)."""
        self._connection.execute(
            "UPDATE customers SET updated_at = ?1, last_activity_at = ?1,"
            " last_customer_activity_at = ?1, rev = rev + 1 WHERE id = ?2",
            (at, customer_id),
        )

    def note(self, customer: Customer) -> None:
        """Write what happened to a customer; who it is stays."""
        given = self._json.write(customer.given)
        _COLUMNS.change(self._connection, customer, *_NOTED, given=given)

    def remove(self, customer_id: str) -> None:
        """Delete a customer of which there are no other records any more."""
        self._connection.execute("DELETE FROM customers WHERE id = ?", (customer_id,))

    def leave(self, company_id: str) -> None:
        """Take all customers out of a company."""
        self._connection.execute(
            "UPDATE customers SET company = NULL WHERE company = ?", (company_id,)
        )

    def of_company(self, company_id: str, limit: int) -> list[Customer]:
        """Return a company's customers, the last changed first."""
        return self._rows.some(f"WHERE company = ? {_LAST_CHANGED}", company_id, limit)

    def get(self, customer_id: str) -> Customer | None:
        """Return the customer with this id, or None."""
        return self._rows.one("WHERE id = ?", customer_id)

    def find(self, kind: str, value: str) -> Customer | None:
        """Return the customer with this value in `emails`, `phones` or `externalIds`, or None.

        The value must be in the stored form (`model.kinds.identities.normalize_email`).
        """
        return self._rows.one(
            "JOIN customer_identities ON customer = id WHERE kind = ? AND value = ?", kind, value
        )

    def exists(self, customer_id: str) -> bool:
        """Return whether there is a customer with this id."""
        statement = "SELECT 1 FROM customers WHERE id = ?"
        return self._connection.execute(statement, (customer_id,)).fetchone() is not None

    def all(self, limit: int) -> list[Customer]:
        """Return the newest customers, the newest first."""
        return self._rows.some("ORDER BY rowid DESC LIMIT ?", limit)

    def identity_values(self) -> list[str]:
        """Return the emails, phones and external ids known to the org."""
        return texts(self._connection, "customer_identities", "value", "LIMIT 1000")

    def _add_identities(self, customer: Customer) -> None:
        for kind, value in identities(customer.given):
            try:
                self._connection.execute(
                    "INSERT INTO customer_identities VALUES (?, ?, ?)", (kind, value, customer.id)
                )
            except sqlite3.IntegrityError as error:
                raise ConflictError(
                    "duplicate detected: another customer has the"
                    f' {IDENTITIES[kind].key} "{value}"',
                    parameter=kind,
                    detail="duplicate detected",
                ) from error

        # Two customers may say that they have the same; it finds the first of them.
        for kind, value in contact_ids(customer.given):
            self._connection.execute(
                "INSERT OR IGNORE INTO customer_identities VALUES (?, ?, ?)",
                (kind, value, customer.id),
            )

    def _recent(self, customer_id: str) -> tuple[JsonObject, ...]:
        items: list[JsonObject] = [
            _item("kobject", {"klassName": klass}, updated_at, record_id)
            for klass, updated_at, record_id in self._last_changed(
                _KOBJECT_ITEM, _KOBJECTS, customer_id
            )
        ]
        others = [
            _item(kind, {}, updated_at, record_id)
            for kind, columns, statement in _other_items()
            for updated_at, record_id in self._last_changed(columns, statement, customer_id)
        ]
        if others:
            items = sorted([*items, *others], key=lambda item: item["updatedAt"], reverse=True)
        return tuple(items[:RECENT_ITEMS])

    def _last_changed(
        self, columns: Columns, statement: str, customer_id: str
    ) -> Iterator[Sequence[Any]]:
        return map(columns.read, self._connection.execute(statement, (customer_id, RECENT_ITEMS)))

    def _customer(self, row: Sequence[Any]) -> Customer:
        return Customer(*_COLUMNS.read(row))._replace(recent=self._recent(row[0]))


def _item(kind: str, meta: JsonObject, updated_at: str, record_id: str) -> JsonObject:
    return {"meta": meta, "updatedAt": updated_at, "type": kind, "id": record_id}


@cache
def _other_items() -> tuple[tuple[str, Columns, str], ...]:
    """Return what of other kinds stands on a timeline: the kind, and how its items are read."""
    # Who only looks at runs needs no kinds.
    from kobjctl.model.kinds import CORE_KINDS  # noqa: PLC0415

    items = []
    for kind in CORE_KINDS.values():
        if kind.on_timeline:
            alone = _ALONE if "conversation" in kind.relations else ""
            columns = Columns(kind.table, ("id",), updated_at=TEXT, id=TEXT)
            query = f"SELECT {columns} FROM {kind.table} WHERE customer = ? {alone} {_LAST_CHANGED}"
            items.append((kind.name, columns, query))
    return tuple(items)
