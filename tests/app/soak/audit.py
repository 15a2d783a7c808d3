"""What an org must hold whatever its processes went through, by a record that the org itself keeps.

Triggers write down each event with the workflows that were enabled when it came, each run and each
end of one, each scheduled run and what became of it, in the transaction that does it: no process
can do one without the other, however it ends. What was pruned stays in the record.

A check yields what is wrong, a sentence each; nothing when all is well.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator

OPEN = "('waiting', 'running')"
MOST_TOLD = 5

# What is formatted into SQL here are these words alone.
# ruff: noqa: S608
_TRIGGERS = f"""
CREATE TABLE audit_events (id TEXT, marker TEXT, name TEXT, cause INTEGER);
CREATE TABLE audit_expected (event TEXT, workflow TEXT);
CREATE TABLE audit_runs (
    number INTEGER PRIMARY KEY,
    event TEXT,
    workflow TEXT,
    rerun_of INTEGER,
    pruned INTEGER DEFAULT 0
);
CREATE TABLE audit_ends (run INTEGER, status TEXT);
CREATE TABLE audit_schedules (number INTEGER PRIMARY KEY, workflow TEXT);
CREATE TABLE audit_schedule_ends (schedule INTEGER, run INTEGER, cancelled INTEGER);
CREATE INDEX audit_events_by_cause ON audit_events (cause);
CREATE INDEX audit_events_by_marker ON audit_events (marker);
CREATE INDEX audit_expected_by_event ON audit_expected (event, workflow);
CREATE INDEX audit_runs_by_event ON audit_runs (event, workflow);
CREATE INDEX audit_runs_by_rerun ON audit_runs (rerun_of);
CREATE INDEX audit_ends_by_run ON audit_ends (run);
CREATE INDEX audit_schedule_ends_by_run ON audit_schedule_ends (run);
CREATE INDEX audit_schedule_ends_by_schedule ON audit_schedule_ends (schedule);

CREATE TRIGGER audit_event AFTER INSERT ON events BEGIN
    INSERT INTO audit_events VALUES (
        NEW.id, json_extract(NEW.body, '$.marker'), NEW.name, NEW.cause
    );
    INSERT INTO audit_expected
        SELECT NEW.id, id FROM workflows WHERE event_name = NEW.name AND enabled = 1;
END;
CREATE TRIGGER audit_run AFTER INSERT ON runs BEGIN
    INSERT INTO audit_runs (number, event, workflow, rerun_of) VALUES (
        NEW.number, (SELECT id FROM events WHERE number = NEW.event_number), NEW.workflow_id,
        NEW.rerun_of
    );
    INSERT INTO audit_ends SELECT NEW.number, NEW.status WHERE NEW.status NOT IN {OPEN};
END;
CREATE TRIGGER audit_end AFTER UPDATE OF status ON runs WHEN NEW.status NOT IN {OPEN} BEGIN
    INSERT INTO audit_ends VALUES (NEW.number, NEW.status);
END;
CREATE TRIGGER audit_pruned AFTER DELETE ON runs BEGIN
    UPDATE audit_runs SET pruned = 1 WHERE number = OLD.number;
END;
CREATE TRIGGER audit_schedule AFTER INSERT ON schedules BEGIN
    INSERT INTO audit_schedules VALUES (NEW.number, NEW.workflow_id);
END;
CREATE TRIGGER audit_schedule_start AFTER UPDATE OF started_at ON schedules BEGIN
    INSERT INTO audit_schedule_ends VALUES (NEW.number, NEW.run, 0);
END;
CREATE TRIGGER audit_schedule_cancel AFTER DELETE ON schedules WHEN OLD.started_at IS NULL BEGIN
    INSERT INTO audit_schedule_ends VALUES (OLD.number, NULL, 1);
END;
"""

# Each finds what is wrong, and gives the words for it.
_FINDINGS = {
    "event {} has {} first runs of workflow {}, which was enabled when it came": """
        SELECT e.event, count(r.number), e.workflow FROM audit_expected e
        LEFT JOIN audit_runs r
            ON r.event = e.event AND r.workflow = e.workflow AND r.rerun_of IS NULL
        GROUP BY e.event, e.workflow HAVING count(r.number) <> 1""",
    "run {} is of an event that its workflow {} was not enabled for": """
        SELECT number, workflow FROM audit_runs r WHERE rerun_of IS NULL AND NOT EXISTS (
            SELECT 1 FROM audit_expected e WHERE e.event = r.event AND e.workflow = r.workflow)""",
    "run {} of workflow {} ended {} times": """
        SELECT r.number, r.workflow, count(e.run) FROM audit_runs r
        LEFT JOIN audit_ends e ON e.run = r.number GROUP BY r.number HAVING count(e.run) <> 1""",
    "run {} was pruned before it was over": f"""
        SELECT r.number FROM audit_runs r WHERE r.pruned AND NOT EXISTS (
            SELECT 1 FROM audit_ends e WHERE e.run = r.number AND e.status NOT IN {OPEN})""",
    "run {} is {}, but ended as {}": """
        SELECT r.number, r.status, e.status FROM runs r JOIN audit_ends e ON e.run = r.number
        WHERE r.status <> e.status""",
    "scheduled run {} was started or cancelled {} times": """
        SELECT s.number, count(e.schedule) FROM audit_schedules s
        LEFT JOIN audit_schedule_ends e ON e.schedule = s.number
        GROUP BY s.number HAVING count(e.schedule) <> 1""",
    "run {} was started by {} schedules": """
        SELECT run, count(*) FROM audit_schedule_ends WHERE run IS NOT NULL
        GROUP BY run HAVING count(*) <> 1""",
    "scheduled run {} was started as run {}, which is of another workflow": """
        SELECT e.schedule, e.run FROM audit_schedule_ends e
        JOIN audit_schedules s ON s.number = e.schedule
        LEFT JOIN audit_runs r ON r.number = e.run AND r.workflow = s.workflow
        WHERE e.run IS NOT NULL AND r.number IS NULL""",
    "event {} is kept though all of its {} runs were pruned": """
        SELECT e.id, count(*) FROM events e JOIN audit_runs r ON r.event = e.id
        GROUP BY e.id HAVING min(r.pruned)""",
    "event {} is gone, and run {} of it was not pruned": """
        SELECT r.event, r.number FROM audit_runs r LEFT JOIN events e ON e.id = r.event
        WHERE e.id IS NULL AND NOT r.pruned""",
    "run {} is in the record of what came, but not in the log": """
        SELECT a.number FROM audit_runs a LEFT JOIN runs r ON r.number = a.number
        WHERE NOT a.pruned AND r.number IS NULL""",
}


def install(connection: sqlite3.Connection) -> None:
    """Let an org that has no events yet keep the record from now on."""
    connection.executescript(_TRIGGERS)


def all_problems(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield what is wrong with runs, events and schedules once all has ended, and with the file."""
    yield from damage(connection)
    for words, query in _FINDINGS.items():
        yield from _told(words, connection.execute(query).fetchall())


def damage(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield what SQLite finds wrong with the file."""
    for (line,) in connection.execute("PRAGMA integrity_check").fetchall():
        if line != "ok":
            yield f"integrity_check: {line}"
    for row in connection.execute("PRAGMA foreign_key_check").fetchall():
        yield f"foreign_key_check: {row}"


def open_runs(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield the runs that are not over."""
    rows = connection.execute(f"SELECT number, status FROM runs WHERE status IN {OPEN}")
    yield from _told("run {} is {} still", rows.fetchall())


def repeated_reruns(
    connection: sqlite3.Connection, workflow: str, named: Collection[int] = ()
) -> Iterator[str]:
    """Yield the runs of a workflow that were rerun more than once, though nobody `named` them."""
    rows = connection.execute(
        "SELECT r.rerun_of, count(*) FROM audit_runs r JOIN workflows w ON w.id = r.workflow"
        " WHERE w.name = ? AND r.rerun_of IS NOT NULL GROUP BY r.rerun_of HAVING count(*) > 1",
        (workflow,),
    )
    repeated = [row for row in rows.fetchall() if row[0] not in named]
    yield from _told("run {} was rerun {} times", repeated)


def taken(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """Give the ids of the events that came from outside, by the marker in what they brought."""
    found: dict[str, list[str]] = {}
    for marker, event in connection.execute(
        "SELECT marker, id FROM audit_events WHERE cause IS NULL AND marker IS NOT NULL"
    ):
        found.setdefault(marker, []).append(event)
    return found


def runs_of(connection: sqlite3.Connection, markers: Iterable[str]) -> tuple[int, int]:
    """Give how many runs some payloads have set off, and how many of these were pruned; without
    those that repeat one, and those that were scheduled.
    """
    (count, pruned) = connection.execute(
        """WITH RECURSIVE started (number, pruned) AS (
            SELECT r.number, r.pruned FROM audit_events e JOIN audit_runs r ON r.event = e.id
            WHERE e.marker IN (SELECT value FROM json_each(?)) AND r.rerun_of IS NULL
            UNION
            SELECT r.number, r.pruned FROM started s JOIN audit_events e ON e.cause = s.number
            JOIN audit_runs r ON r.event = e.id
            WHERE e.name NOT LIKE 'kustomer.workflow.%' AND r.rerun_of IS NULL
        ) SELECT count(*), total(pruned) FROM started""",
        (json.dumps([*markers]),),
    ).fetchone()
    return count, int(pruned)


def ends(connection: sqlite3.Connection, workflow: str) -> dict[str, list[str]]:
    """Give how the runs of a workflow ended, also those that repeat one, by the id of the event."""
    found: dict[str, list[str]] = {}
    for event, status in connection.execute(
        "SELECT r.event, e.status FROM audit_ends e JOIN audit_runs r ON r.number = e.run"
        " JOIN workflows w ON w.id = r.workflow WHERE w.name = ?",
        (workflow,),
    ):
        found.setdefault(event, []).append(status)
    return found


def counts(connection: sqlite3.Connection) -> str:
    """Say how much there was in all."""
    queries = {
        "events": "SELECT count(*) FROM audit_events",
        "runs": "SELECT count(*) FROM audit_runs",
        "pruned": "SELECT count(*) FROM audit_runs WHERE pruned",
        "reruns": "SELECT count(*) FROM audit_runs WHERE rerun_of IS NOT NULL",
        "schedules": "SELECT count(*) FROM audit_schedules",
        "cancelled": "SELECT count(*) FROM audit_schedule_ends WHERE cancelled",
    }
    return ", ".join(
        f"{connection.execute(query).fetchone()[0]} {noun}" for noun, query in queries.items()
    )


def _told(words: str, rows: list[tuple[object, ...]]) -> Iterator[str]:
    for row in rows[:MOST_TOLD]:
        yield words.format(*row)
    if len(rows) > MOST_TOLD:
        yield f"{len(rows) - MOST_TOLD} more: {words}"
