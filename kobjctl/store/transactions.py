"""The accepted payloads, as they came in."""

import sqlite3

from kobjctl.model.hook import Transaction
from kobjctl.store.text import decode


class Transactions:
    """The table `transactions`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, transaction_id: str, hook_id: str, body: str, at: str) -> int:
        """Keep a payload (its JSON text); give its number."""
        cursor = self._connection.execute(
            "INSERT INTO transactions (id, hook_id, body, received_at) VALUES (?, ?, ?, ?)",
            (transaction_id, hook_id, body, at),
        )
        return cursor.lastrowid or 0

    def get(self, number: int) -> Transaction:
        """Give an accepted payload, read."""
        transaction_id, hook_id, hook_type, org_id, body, received_at = self._connection.execute(
            "SELECT t.id, t.hook_id, h.type, o.id, t.body, t.received_at"
            " FROM transactions t JOIN hooks h ON h.id = t.hook_id, org o WHERE t.number = ?",
            (number,),
        ).fetchone()
        return Transaction(
            id=transaction_id,
            number=number,
            hook_id=hook_id,
            hook_type=hook_type,
            org_id=org_id,
            data=decode(body),
            created_at=received_at,
        )

    def hook_name(self, transaction_id: str) -> str:
        """Give the name of the hook that a payload came in by."""
        row = self._connection.execute(
            "SELECT h.name FROM transactions t JOIN hooks h ON h.id = t.hook_id WHERE t.id = ?",
            (transaction_id,),
        ).fetchone()
        return row[0] if row else ""
