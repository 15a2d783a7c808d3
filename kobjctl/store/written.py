"""Which records were written since the last look: for comparisons, on a copy of an org."""

import sqlite3
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from kobjctl.model.kinds import KINDS
from kobjctl.model.kinds.kind import SHARED
from kobjctl.model.values import JsonObject
from kobjctl.store.columns import OBJECT, TEXT, Columns

ChangeKind = Literal["created", "changed", "deleted"]

_WATCHED: Final = (
    ("INSERT", "NEW", "created"),
    ("UPDATE", "NEW", "changed"),
    ("DELETE", "OLD", "deleted"),
)


class RecordChange(NamedTuple):
    """What became of a record. `kind` is the platform's type of it, as `customer` and
    `kobject.order`; `fields` are what was written of it and what it belongs to, as they are now.
    """

    kind: str
    id: str
    change: ChangeKind
    fields: JsonObject


class WriteWatch:
    """Notes which records are written, from now on and on this connection alone."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.execute("CREATE TEMP TABLE written (kind TEXT, id TEXT, change TEXT)")
        for table, kind in {each.table: each.name for each in KINDS.values()}.items():
            for event, row, change in _WATCHED:
                told = {
                    "kobjects": f"'kobject.' || {row}.klass",
                    SHARED: f"{row}.kind",
                }.get(table, f"'{kind}'")
                connection.execute(
                    f"CREATE TEMP TRIGGER {table}_{change} AFTER {event} ON {table} BEGIN"
                    f" INSERT INTO written VALUES ({told}, {row}.id, '{change}'); END"
                )

    def take(self) -> list[RecordChange]:
        """Return what was written since the last time, in the order of the first write of each.

        What was made and deleted in between is not told.
        """
        rows = self._connection.execute(
            "SELECT kind, id, group_concat(change) FROM written GROUP BY kind, id"
            " ORDER BY min(rowid)"
        ).fetchall()
        if rows:
            self._connection.execute("DELETE FROM written")
        return [written for row in rows for written in self._written(*row)]

    def _written(self, kind: str, record_id: str, changes: str) -> Iterator[RecordChange]:
        fields = self.fields(kind, record_id)
        is_new = "created" in changes
        if fields is not None:
            yield RecordChange(kind, record_id, "created" if is_new else "changed", fields)
        elif not is_new:
            yield RecordChange(kind, record_id, "deleted", {})

    def fields(self, kind: str, record_id: str) -> JsonObject | None:
        """Return what was written of a record and what it belongs to; None when it is gone."""
        known = KINDS[kind.partition(".")[0]]
        columns = Columns(
            known.table, **{name: TEXT.or_null() for name in ("id", *known.relations)}, given=OBJECT
        )
        row = self._connection.execute(
            f"SELECT {columns} FROM {known.table} WHERE id = ?", (record_id,)
        ).fetchone()
        if row is None:
            return None
        _, *others, given = columns.read(row)
        related = zip(known.relations, others, strict=True)
        belongs = {name: value for name, value in related if value}
        found: JsonObject = given | belongs
        return found
