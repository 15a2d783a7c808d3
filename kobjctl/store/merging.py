"""Write what is new in the copies of an org to the org, in the order of the payloads."""

import sqlite3
from collections.abc import Sequence
from typing import Final

from kobjctl.store.record_tables import RELATIONS
from kobjctl.store.shards import Ids

_MAPS: Final = (("events", "event_map"), ("runs", "run_map"))
_EVENT: Final = "e.id, e.name, e.hook_id, e.body"
_RUN: Final = (
    "r.workflow_id, r.workflow_rev, r.status, r.owner, r.started_at, r.duration, r.error,"
    " r.rerun_of, r.taken_over"
)
_STEP: Final = (
    "s.sequence, s.step_id, s.display_name, s.action, s.status, s.input, s.output, s.error,"
    " s.warnings, s.decisions, s.started_at, s.duration"
)
_SCHEDULE: Final = "id, workflow_id, inputs, run_at, cause, created_at, started_at, run"


class Merger:
    """Copies block by block what attached copies have that is new.

    Within a block all of it is sorted; so everything comes in the order of the payloads, runs and
    events with the numbers that one process would have given them, and memory stays constant.
    """

    def __init__(self, connection: sqlite3.Connection, names: Sequence[str], every: Ids) -> None:
        self._execute = connection.execute
        self._names = names
        self._first_run = self._number(
            "SELECT max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'runs'), 0),"
            " coalesce((SELECT max(number) FROM main.runs), 0))"
        )
        self._first_event = self._number("SELECT coalesce(max(number), 0) FROM main.events")
        self._tables = [each for each in RELATIONS if self._has_new(each, every)]
        self._has_schedules = self._has_new("schedules", every)
        for _, name in _MAPS:
            self._execute(f"DROP TABLE IF EXISTS temp.{name}")
            self._execute(
                f"CREATE TEMP TABLE {name} (place INTEGER PRIMARY KEY, shard TEXT, old INTEGER,"
                " UNIQUE (shard, old))"
            )

    def _number(self, statement: str) -> int:
        (number,) = self._execute(statement).fetchone()
        return int(number)

    def _has_new(self, table: str, ids: Ids) -> bool:
        return any(
            self._number(f"SELECT EXISTS (SELECT 1 FROM {each}.{table} WHERE {ids.sql('id')})")
            for each in self._names
        )

    def write(self, ids: Ids) -> None:
        """Write what has these ids: the block that comes next."""
        events, runs = (self._map(table, name, ids) for table, name in _MAPS)
        for table in self._tables:
            self._write_records(table, ids)
        for shard in self._names:
            self._write_events(shard)
            self._write_runs(shard)
            self._write_steps(shard)
            self._execute(
                "INSERT INTO main.customer_identities SELECT i.* FROM"
                f" {shard}.customers c CROSS JOIN {shard}.customer_identities i"
                f" ON i.customer = c.id WHERE {ids.sql('c.id')}"
            )
        if self._has_schedules:
            self._write_schedules(ids)
        self._first_event += events
        self._first_run += runs

    def _union(self, columns: str, table: str, ids: Ids) -> str:
        return " UNION ALL ".join(
            f"SELECT '{shard}' AS shard, {columns} FROM {shard}.{table} WHERE {ids.sql('id')}"
            for shard in self._names
        )

    def _map(self, table: str, name: str, ids: Ids) -> int:
        """Number the new rows of a table in their order; give how many there are."""
        self._execute(f"DELETE FROM temp.{name}")
        cursor = self._execute(
            f"INSERT INTO temp.{name} (shard, old)"
            f" SELECT shard, number FROM ({self._union('id, number', table, ids)}) ORDER BY id"
        )
        return cursor.rowcount

    def _write_records(self, table: str, ids: Ids) -> None:
        columns = ", ".join(row[1] for row in self._execute(f"PRAGMA main.table_info({table})"))
        self._execute(
            f"INSERT INTO main.{table} ({columns}) SELECT {columns}"
            f" FROM ({self._union(columns, table, ids)}) ORDER BY id"
        )

    def _write_events(self, shard: str) -> None:
        self._execute(
            "INSERT INTO main.events (number, id, name, hook_id, body, depth, received_at, cause)"
            f" SELECT ? + m.place, {_EVENT}, e.depth, e.received_at, {self._new_run('e.cause')}"
            f" FROM temp.event_map m CROSS JOIN {shard}.events e ON e.number = m.old"
            " WHERE m.shard = ? ORDER BY m.old",
            (self._first_event, shard),
        )

    def _new_run(self, old: str) -> str:
        """Give what is now the number of a run that the row `m` of a map tells of."""
        return (
            f"(SELECT {self._first_run} + n.place FROM temp.run_map n"
            f" WHERE n.shard = m.shard AND n.old = {old})"
        )

    def _write_runs(self, shard: str) -> None:
        columns = _RUN.replace("r.", "")
        self._execute(
            f"INSERT INTO main.runs (number, id, event_number, {columns})"
            f" SELECT ? + m.place, r.id, ? + n.place, {_RUN}"
            f" FROM temp.run_map m CROSS JOIN {shard}.runs r ON r.number = m.old"
            " CROSS JOIN temp.event_map n ON n.shard = m.shard AND n.old = r.event_number"
            " WHERE m.shard = ? ORDER BY m.old",
            (self._first_run, self._first_event, shard),
        )

    def _write_steps(self, shard: str) -> None:
        columns = _STEP.replace("s.", "")
        self._execute(
            f"INSERT INTO main.step_log (run, {columns}) SELECT ? + m.place, {_STEP}"
            f" FROM temp.run_map m CROSS JOIN {shard}.step_log s ON s.run = m.old"
            " WHERE m.shard = ? ORDER BY m.old",
            (self._first_run, shard),
        )

    def _write_schedules(self, ids: Ids) -> None:
        mapped = _SCHEDULE.replace("cause", self._new_run("m.cause"))
        self._execute(
            f"INSERT INTO main.schedules ({_SCHEDULE})"
            f" SELECT {mapped} FROM ({self._union(_SCHEDULE, 'schedules', ids)}) m ORDER BY id"
        )
