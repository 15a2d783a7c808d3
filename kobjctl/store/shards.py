"""Put together what several processes wrote to copies of one org.

Each process worked on some of the payloads. What it made has ids in the order of the payloads, so
that they tell what is new and where it belongs; what it looked for is in a table of its copy.
"""

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from kobjctl.model.kinds import KINDS
from kobjctl.store.record_tables import RELATIONS
from kobjctl.store.text import encode

READS: Final = (
    "CREATE TABLE IF NOT EXISTS replay_reads (space TEXT NOT NULL, name TEXT NOT NULL,"
    " PRIMARY KEY (space, name)) WITHOUT ROWID"
)
# What `space` is when a record was looked for by its id.
BY_ID: Final = "id"

# Kilobytes: what is appended to all tables at once spills less often.
_CACHE: Final = 8_000
_COLUMN_OF: Final = {"externalId": "external_id"}
# The columns that find a record beside its id, with the spaces they are looked up in.
_FOUND_BY: Final = (
    ("klasses", "name", "'klasses.name'"),
    ("kobjects", "external_id", "'kobjects.' || t.klass"),
    *(
        (kind.plural, _COLUMN_OF.get(each, each), f"'{kind.plural}.{each}'")
        for kind in KINDS.values()
        for each in kind.found_by
    ),
)


class Clash(NamedTuple):
    """Something that two processes had to do with: in one process, one would have seen the other.

    `space` says what it was found by: an id, a kind of identity, a column.
    """

    space: str
    name: str

    def __str__(self) -> str:
        if self.space == BY_ID:
            return f"the record {self.name}"
        return f'what has "{self.name}" in {self.space.replace("externalIds", "external ids")}'


class Ids(NamedTuple):
    """The ids from `first` up to, not including, `end`."""

    first: str
    end: str

    def sql(self, column: str) -> str:
        """Give the condition on a column; ids are hex and need no quoting."""
        return f"{column} >= '{self.first}' AND {column} < '{self.end}'"


def note_reads(connection: sqlite3.Connection, reads: Sequence[tuple[str, str]]) -> None:
    """Keep in a copy what was looked for there: (space, name)."""
    connection.executemany("INSERT OR IGNORE INTO replay_reads VALUES (?, ?)", reads)


def signature(connection: sqlite3.Connection) -> str:
    """Give a text that is another one once somebody has written to the org."""
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'replays' ORDER BY name"
    ).fetchall()
    facts = [
        connection.execute(f"SELECT {_summary(connection, name)} FROM {name}").fetchone()
        for (name,) in tables
    ]
    return hashlib.sha256(encode([list(each) for each in facts]).encode()).hexdigest()


def _summary(connection: sqlite3.Connection, table: str) -> str:
    columns = _columns(connection, table)
    told = ["count(*)"]
    told += [f"max({each})" for each in columns if each.endswith("_at") or each == "number"]
    told += [f"total({each})" for each in columns if each == "rev"]
    return ", ".join(told)


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA main.table_info({table})")]


class Shards:
    """The copies that are attached to an org; `ids` are those of all that was made there."""

    def __init__(self, connection: sqlite3.Connection, names: Sequence[str], ids: Ids) -> None:
        self._connection = connection
        self._execute = connection.execute
        self.names = names
        self._ids = ids

    def find_changes(self) -> None:
        """Find what was changed or deleted of what the org had, and whom that concerns."""
        self._execute(
            "CREATE TEMP TABLE changed (shard TEXT, source TEXT, id TEXT, gone INTEGER,"
            " PRIMARY KEY (source, id, shard)) WITHOUT ROWID"
        )
        self._execute(
            "CREATE TEMP TABLE concerned (id TEXT, shard TEXT, PRIMARY KEY (id, shard))"
            " WITHOUT ROWID"
        )
        for shard in self.names:
            for table in RELATIONS:
                self._find_changed(shard, table)
                self._find_concerned(shard, table)
            self._execute(
                "INSERT OR IGNORE INTO concerned SELECT id, shard FROM changed WHERE shard = ?",
                (shard,),
            )

    def _find_changed(self, shard: str, table: str) -> None:
        columns = _columns(self._connection, table)
        ours, theirs = (", ".join(f"{name}.{each}" for each in columns) for name in "ms")
        self._execute(
            f"INSERT INTO changed SELECT '{shard}', '{table}', m.id, s.id IS NULL"
            f" FROM main.{table} m LEFT JOIN {shard}.{table} s ON s.id = m.id"
            f" WHERE s.id IS NULL OR ({ours}) IS NOT ({theirs})"
        )

    def _find_concerned(self, shard: str, table: str) -> None:
        """Find the records of the org that something new or changed belongs to."""
        changed = f"SELECT id FROM changed WHERE source = '{table}' AND shard = '{shard}'"
        for relation in RELATIONS[table]:
            column = f"t.{relation}"
            is_old = f"{column} IS NOT NULL AND NOT ({self._ids.sql(column)})"
            for of, is_new in ((shard, self._ids.sql("t.id")), ("main", "0")):
                self._execute(
                    f"INSERT OR IGNORE INTO concerned SELECT DISTINCT {column}, '{shard}'"
                    f" FROM {of}.{table} t WHERE ({is_new} OR t.id IN ({changed})) AND {is_old}"
                )

    def clash(self) -> Clash | None:
        """Give something that one process wrote and another wrote or looked for, or None."""
        twice = "SELECT 'id', id FROM changed GROUP BY source, id HAVING count(*) > 1 LIMIT 1"
        found = self._execute(twice).fetchone()
        for shard in self.names:
            for other in self.names:
                if not found and shard != other:
                    found = self._clash(shard, other)
        return Clash(*found) if found else None

    def _clash(self, shard: str, other: str) -> tuple[str, str] | None:
        """Give what a process looked for or made that another one wrote."""
        reads = f"{shard}.replay_reads r"
        made = f"{shard}.customers c JOIN {shard}.customer_identities j ON j.customer = c.id"
        known = f"{other}.customer_identities i JOIN {other}.customers t ON t.id = i.customer"
        is_written = (
            f"({self._ids.sql('t.id')} OR t.id IN (SELECT id FROM changed WHERE shard = '{other}'))"
        )
        statements = [
            f"{reads} JOIN concerned c ON c.id = r.name WHERE r.space = 'id' AND shard = '{other}'",
            f"{reads} JOIN {known} WHERE i.kind = r.space AND i.value = r.name AND {is_written}",
            *(
                f"{reads} JOIN {other}.{table} t ON t.{column} = r.name"
                f" WHERE r.space = {space} AND {is_written}"
                for table, column, space in _FOUND_BY
            ),
        ]
        same = "i.kind = r.space AND i.value = r.name AND r.id <> t.id"
        made = f"SELECT c.id, j.kind AS space, j.value AS name FROM {made}"
        made = f"({made} WHERE {self._ids.sql('c.id')}) r"
        for statement in [*statements, f"{made} JOIN {known} WHERE {same}"]:
            sql = f"SELECT r.space, r.name FROM {statement} LIMIT 1"
            found: tuple[str, str] | None = self._execute(sql).fetchone()
            if found:
                return found
        return None

    def write_changes(self) -> None:
        """Write what was changed of what the org had, and delete what was deleted."""
        for shard in self.names:
            of_shard = f"(SELECT id FROM changed WHERE source = 'customers' AND shard = '{shard}')"
            self._execute(f"DELETE FROM main.customer_identities WHERE customer IN {of_shard}")
        for shard in self.names:
            for table in RELATIONS:
                self._write_changes(shard, table)
            of_shard = f"(SELECT id FROM changed WHERE source = 'customers' AND shard = '{shard}')"
            self._execute(
                "INSERT INTO main.customer_identities SELECT * FROM"
                f" {shard}.customer_identities WHERE customer IN {of_shard}"
            )

    def _write_changes(self, shard: str, table: str) -> None:
        columns = _columns(self._connection, table)
        values = ", ".join(f"{each} = s.{each}" for each in columns)
        which = f"source = '{table}' AND shard = '{shard}'"
        self._execute(
            f"DELETE FROM main.{table} WHERE id IN (SELECT id FROM changed WHERE {which} AND gone)"
        )
        self._execute(
            f"UPDATE main.{table} AS m SET {values} FROM {shard}.{table} s WHERE s.id = m.id"
            f" AND m.id IN (SELECT id FROM changed WHERE {which} AND NOT gone)"
        )

    def write_examples(self) -> None:
        """Give each hook without an example the payload that it got first of all."""
        hooks = self._execute("SELECT id FROM main.hooks WHERE example IS NULL").fetchall()
        for (hook,) in hooks:
            firsts = [
                self._execute(
                    f"SELECT e.id, h.example FROM {shard}.hooks h JOIN {shard}.events e"
                    " ON e.hook_id = h.id WHERE h.id = ? AND h.example IS NOT NULL"
                    f" AND {self._ids.sql('e.id')} ORDER BY e.id LIMIT 1",
                    (hook,),
                ).fetchone()
                for shard in self.names
            ]
            if found := sorted(each for each in firsts if each):
                self._execute("UPDATE main.hooks SET example = ? WHERE id = ?", (found[0][1], hook))

    def forget(self) -> None:
        """Delete what was kept on the way."""
        for table in ("changed", "concerned"):
            self._execute(f"DROP TABLE IF EXISTS temp.{table}")


@contextmanager
def attached(connection: sqlite3.Connection, paths: Sequence[Path], ids: Ids) -> Iterator[Shards]:
    """Attach copies to an org, for a merge of what is new in them."""
    names = [f"shard{number}" for number in range(len(paths))]
    # What refers to what was checked when it was written.
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute(f"PRAGMA cache_size = -{_CACHE}")
    try:
        for name, path in zip(names, paths, strict=True):
            connection.execute(f"ATTACH ? AS {name}", (str(path),))
        shards = Shards(connection, names, ids)
        yield shards
        shards.forget()
    finally:
        for _, name, _ in connection.execute("PRAGMA database_list").fetchall():
            if name in names:
                connection.execute(f"DETACH {name}")
        connection.execute("PRAGMA foreign_keys = ON")
