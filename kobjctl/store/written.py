"""Which records were written since the last look: for comparisons, on a copy of an org."""

import sqlite3
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from kobjctl.model.kinds import KINDS, PLURALS
from kobjctl.model.values import JsonObject
from kobjctl.store.columns import OBJECT, TEXT, Columns

ChangeKind = Literal["created", "changed", "deleted"]

# The tables of records by the kind of these, and the other way round.
_TABLES: Final = PLURALS | {"kobject": "kobjects"}
_KINDS: Final = {table: kind for kind, table in _TABLES.items()}
# The columns that say which other records a row belongs to.
_RELATIONS: Final = {
    "customers": ("company",),
    "kobjects": ("customer", "company"),
    **{kind.plural: kind.relations for kind in KINDS.values()},
}
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
        connection.execute(
            "CREATE TEMP TABLE written (source TEXT, id TEXT, klass TEXT, change TEXT)"
        )
        for table in _KINDS:
            for event, row, change in _WATCHED:
                klass = f"{row}.klass" if table == "kobjects" else "''"
                connection.execute(
                    f"CREATE TEMP TRIGGER {table}_{change} AFTER {event} ON {table} BEGIN"
                    f" INSERT INTO written VALUES ('{table}', {row}.id, {klass}, '{change}'); END"
                )

    def take(self) -> list[RecordChange]:
        """Return what was written since the last time, in the order of the first write of each.

        What was made and deleted in between is not told.
        """
        rows = self._connection.execute(
            "SELECT source, id, klass, group_concat(change) FROM written GROUP BY source, id"
            " ORDER BY min(rowid)"
        ).fetchall()
        if rows:
            self._connection.execute("DELETE FROM written")
        return [written for row in rows for written in self._written(*row)]

    def _written(
        self, table: str, record_id: str, klass: str, changes: str
    ) -> Iterator[RecordChange]:
        kind = _KINDS[table]
        told = f"{kind}.{klass}" if klass else kind
        fields = self.fields(told, record_id)
        is_new = "created" in changes
        if fields is not None:
            yield RecordChange(told, record_id, "created" if is_new else "changed", fields)
        elif not is_new:
            yield RecordChange(told, record_id, "deleted", {})

    def fields(self, kind: str, record_id: str) -> JsonObject | None:
        """Return what was written of a record and what it belongs to; None when it is gone."""
        table = _TABLES[kind.partition(".")[0]]
        relations = _RELATIONS[table]
        columns = Columns(
            table, **{name: TEXT.or_null() for name in ("id", *relations)}, given=OBJECT
        )
        row = self._connection.execute(
            f"SELECT {columns} FROM {table} WHERE id = ?", (record_id,)
        ).fetchone()
        if row is None:
            return None
        _, *others, given = columns.read(row)
        belongs = {name: value for name, value in zip(relations, others, strict=True) if value}
        found: JsonObject = given | belongs
        return found
