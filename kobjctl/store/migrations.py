"""The schema, as numbered steps that are never edited once released.

To add one, append a function, give it the next number, and raise `SCHEMA` in `opening.py`; a test
holds the two together.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from sqlite_utils import Database, Migrations

from kobjctl.model.app import folded_name, plain_app, plain_key, plain_name
from kobjctl.model.values import Json
from kobjctl.store.old_rows import MISTAKES, OldStep, new_decisions, new_state
from kobjctl.store.text import decode, encode

MIGRATIONS = Migrations("kobjctl")


@MIGRATIONS()
def m001_org(db: Database) -> None:
    """An org with its Klasses, hooks, workflows, customers, KObjects and the log of runs."""
    for statement in _M001:
        db.execute(statement)


_M001 = (
    "CREATE TABLE org (id TEXT NOT NULL, created_at TEXT NOT NULL)",
    """CREATE TABLE klasses (
        id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL UNIQUE,
        definition TEXT NOT NULL,
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL
    )""",
    """CREATE TABLE hooks (
        id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL UNIQUE,
        type TEXT NOT NULL,
        event_name TEXT NOT NULL UNIQUE,
        hash TEXT NOT NULL UNIQUE,
        description TEXT NOT NULL,
        key TEXT NOT NULL,
        example TEXT,
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL
    )""",
    """CREATE TABLE workflows (
        id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL UNIQUE,
        event_name TEXT NOT NULL,
        enabled INTEGER NOT NULL,
        rev INTEGER NOT NULL,
        document TEXT NOT NULL,
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL
    )""",
    "CREATE INDEX workflows_by_event ON workflows (event_name, name)",
    """CREATE TABLE transactions (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        hook_id TEXT NOT NULL REFERENCES hooks (id),
        body TEXT NOT NULL,
        received_at TEXT NOT NULL
    )""",
    """CREATE TABLE runs (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        transaction_number INTEGER NOT NULL REFERENCES transactions (number),
        workflow_id TEXT NOT NULL REFERENCES workflows (id),
        workflow_rev INTEGER NOT NULL,
        status TEXT NOT NULL,
        owner TEXT NOT NULL,
        started_at TEXT NOT NULL,
        duration REAL,
        error TEXT NOT NULL DEFAULT ''
    )""",
    "CREATE INDEX runs_by_transaction ON runs (transaction_number)",
    "CREATE INDEX runs_by_workflow ON runs (workflow_id)",
    "CREATE INDEX runs_by_status ON runs (status)",
    """CREATE TABLE step_log (
        run INTEGER NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
        sequence INTEGER NOT NULL,
        step_id TEXT NOT NULL,
        display_name TEXT NOT NULL,
        action TEXT,
        status TEXT NOT NULL,
        input TEXT,
        output TEXT NOT NULL,
        error TEXT,
        warnings TEXT,
        decisions TEXT,
        started_at TEXT NOT NULL,
        duration REAL NOT NULL,
        PRIMARY KEY (run, sequence)
    )""",
    """CREATE TABLE customers (
        id TEXT NOT NULL UNIQUE,
        given TEXT NOT NULL,
        company TEXT,
        rev INTEGER NOT NULL,
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        modified_at TEXT NOT NULL,
        last_activity_at TEXT NOT NULL,
        last_customer_activity_at TEXT
    )""",
    """CREATE TABLE customer_identities (
        kind TEXT NOT NULL,
        value TEXT NOT NULL,
        customer TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
        PRIMARY KEY (kind, value)
    ) WITHOUT ROWID""",
    "CREATE INDEX customer_identities_by_customer ON customer_identities (customer)",
    """CREATE TABLE kobjects (
        id TEXT NOT NULL UNIQUE,
        klass TEXT NOT NULL REFERENCES klasses (name),
        external_id TEXT,
        customer TEXT REFERENCES customers (id),
        company TEXT,
        given TEXT NOT NULL,
        rev INTEGER NOT NULL,
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL
    )""",
    """CREATE UNIQUE INDEX kobjects_by_external_id ON kobjects (klass, external_id)
        WHERE external_id IS NOT NULL""",
    "CREATE INDEX kobjects_by_customer ON kobjects (customer, updated_at)",
    "CREATE INDEX kobjects_by_klass ON kobjects (klass)",
)


@MIGRATIONS()
def m002_events(db: Database) -> None:
    """Runs are started by events, of which a hook's payload is one kind; variables; schedules."""
    for statement in _M002:
        db.execute(statement)


_M002 = (
    """CREATE TABLE events (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        hook_id TEXT REFERENCES hooks (id),
        body TEXT NOT NULL,
        cause INTEGER REFERENCES runs (number) ON DELETE SET NULL,
        depth INTEGER NOT NULL,
        received_at TEXT NOT NULL
    )""",
    """INSERT INTO events
        SELECT t.number, t.id, h.event_name, t.hook_id, t.body, NULL, 1, t.received_at
        FROM transactions t JOIN hooks h ON h.id = t.hook_id""",
    "CREATE INDEX events_by_cause ON events (cause) WHERE cause IS NOT NULL",
    """CREATE TABLE new_runs (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        event_number INTEGER NOT NULL REFERENCES events (number),
        workflow_id TEXT NOT NULL REFERENCES workflows (id),
        workflow_rev INTEGER NOT NULL,
        status TEXT NOT NULL,
        owner TEXT NOT NULL,
        started_at TEXT NOT NULL,
        duration REAL,
        error TEXT NOT NULL DEFAULT ''
    )""",
    # The number of a run that was pruned is never given again.
    """INSERT INTO sqlite_sequence (name, seq)
        SELECT 'new_runs', seq FROM sqlite_sequence WHERE name = 'runs'""",
    "INSERT INTO new_runs SELECT * FROM runs",
    "DROP TABLE runs",
    "ALTER TABLE new_runs RENAME TO runs",
    "DROP TABLE transactions",
    "CREATE INDEX runs_by_event ON runs (event_number)",
    "CREATE INDEX runs_by_workflow ON runs (workflow_id)",
    "CREATE INDEX runs_by_status ON runs (status)",
    """CREATE TABLE variables (
        id TEXT NOT NULL UNIQUE,
        workflow_id TEXT NOT NULL REFERENCES workflows (id),
        name TEXT NOT NULL,
        value TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        UNIQUE (workflow_id, name)
    )""",
    """CREATE TABLE schedules (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        workflow_id TEXT NOT NULL REFERENCES workflows (id),
        inputs TEXT NOT NULL,
        run_at TEXT NOT NULL,
        cause INTEGER REFERENCES runs (number) ON DELETE SET NULL,
        created_at TEXT NOT NULL,
        started_at TEXT,
        run INTEGER REFERENCES runs (number) ON DELETE SET NULL
    )""",
    "CREATE INDEX schedules_due ON schedules (run_at, number) WHERE started_at IS NULL",
    "CREATE INDEX schedules_started ON schedules (started_at) WHERE started_at IS NOT NULL",
    "CREATE INDEX schedules_by_cause ON schedules (cause) WHERE cause IS NOT NULL",
    "CREATE INDEX schedules_by_run ON schedules (run) WHERE run IS NOT NULL",
)


@MIGRATIONS()
def m003_records(db: Database) -> None:
    """Companies, conversations, messages, notes, users and tags."""
    for statement in _M003:
        db.execute(statement)


_M003 = (
    """CREATE TABLE companies (
        id TEXT NOT NULL UNIQUE,
        external_id TEXT UNIQUE,
        name TEXT NOT NULL,
        given TEXT NOT NULL,
        rev INTEGER NOT NULL,
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        modified_at TEXT NOT NULL
    )""",
    "CREATE INDEX companies_by_name ON companies (name)",
    """CREATE TABLE conversations (
        id TEXT NOT NULL UNIQUE,
        customer TEXT NOT NULL REFERENCES customers (id),
        external_id TEXT UNIQUE,
        given TEXT NOT NULL,
        rev INTEGER NOT NULL,
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        modified_at TEXT NOT NULL
    )""",
    "CREATE INDEX conversations_by_customer ON conversations (customer, updated_at)",
    """CREATE TABLE messages (
        id TEXT NOT NULL UNIQUE,
        customer TEXT NOT NULL REFERENCES customers (id),
        conversation TEXT NOT NULL REFERENCES conversations (id),
        external_id TEXT UNIQUE,
        given TEXT NOT NULL,
        rev INTEGER NOT NULL,
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        modified_at TEXT NOT NULL
    )""",
    "CREATE INDEX messages_by_conversation ON messages (conversation, created_at)",
    "CREATE INDEX messages_by_customer ON messages (customer, created_at)",
    """CREATE TABLE notes (
        id TEXT NOT NULL UNIQUE,
        customer TEXT NOT NULL REFERENCES customers (id),
        conversation TEXT REFERENCES conversations (id),
        external_id TEXT UNIQUE,
        given TEXT NOT NULL,
        rev INTEGER NOT NULL,
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        modified_at TEXT NOT NULL
    )""",
    "CREATE INDEX notes_by_conversation ON notes (conversation, created_at)",
    "CREATE INDEX notes_by_customer ON notes (customer, updated_at)",
    """CREATE TABLE users (
        id TEXT NOT NULL UNIQUE,
        email TEXT NOT NULL UNIQUE,
        given TEXT NOT NULL,
        rev INTEGER NOT NULL,
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        modified_at TEXT NOT NULL
    )""",
    """CREATE TABLE tags (
        id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL UNIQUE,
        given TEXT NOT NULL,
        rev INTEGER NOT NULL,
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        modified_at TEXT NOT NULL
    )""",
    """CREATE INDEX customers_by_company ON customers (company, updated_at)
        WHERE company IS NOT NULL""",
    "CREATE INDEX kobjects_by_company ON kobjects (company) WHERE company IS NOT NULL",
)


@MIGRATIONS()
def m004_apps(db: Database) -> None:
    """Apps with their actions, triggers and settings, and what is around a workflow."""
    for statement in _M004:
        db.execute(statement)
    # From here on, events are compared by the plain names of apps.
    for table in ("hooks", "workflows"):
        events = db.execute(
            f"SELECT id, event_name FROM {table} WHERE event_name LIKE 'kustomer.app.%'"
        ).fetchall()
        for key, event_name in events:
            db.execute(
                f"UPDATE OR IGNORE {table} SET event_name = ? WHERE id = ?",
                (plain_name(event_name), key),
            )
    callable_ = "json_extract(document, '$.trigger.callable')"
    db.execute(
        "UPDATE workflows SET event_name = 'kustomer.workflow.' || id || '.call'"
        f" WHERE event_name = '' AND {callable_}"
    )


_M004 = (
    "ALTER TABLE workflows ADD COLUMN envelope TEXT",
    """CREATE TABLE apps (
        name TEXT NOT NULL,
        plain TEXT NOT NULL UNIQUE,
        document TEXT NOT NULL,
        loaded TEXT NOT NULL,
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL
    )""",
    """CREATE TABLE app_actions (
        name TEXT NOT NULL,
        plain TEXT NOT NULL UNIQUE,
        app TEXT NOT NULL,
        definition TEXT NOT NULL,
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL
    )""",
    """CREATE TABLE app_triggers (
        name TEXT NOT NULL,
        plain TEXT NOT NULL UNIQUE,
        app TEXT NOT NULL,
        definition TEXT NOT NULL,
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL
    )""",
    """CREATE TABLE settings (
        key TEXT NOT NULL,
        plain TEXT NOT NULL UNIQUE,
        app TEXT NOT NULL,
        secret INTEGER NOT NULL,
        "default" TEXT,
        value TEXT,
        updated_at TEXT NOT NULL
    )""",
    "CREATE INDEX settings_secret ON settings (secret) WHERE secret = 1",
)


@MIGRATIONS()
def m005_reruns(db: Database) -> None:
    """Runs that repeat an earlier one, and how many of its steps they took over."""
    for statement in _M005:
        db.execute(statement)


_M005 = (
    "ALTER TABLE runs ADD COLUMN rerun_of INTEGER REFERENCES runs (number) ON DELETE SET NULL",
    "ALTER TABLE runs ADD COLUMN taken_over INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX runs_by_rerun_of ON runs (rerun_of) WHERE rerun_of IS NOT NULL",
)


@MIGRATIONS()
def m006_replays(db: Database) -> None:
    """How far each replay of many payloads has come that is not over."""
    for statement in _M006:
        db.execute(statement)


_M006 = (
    """CREATE TABLE replays (
        key TEXT NOT NULL UNIQUE,
        begun TEXT NOT NULL,
        position INTEGER NOT NULL,
        state TEXT NOT NULL,
        started_at TEXT NOT NULL,
        updated_at TEXT NOT NULL
    )""",
)


@MIGRATIONS()
def m007_private_values(db: Database) -> None:
    """What runs and schedules that aren't over need in clear, and no log may have."""
    for statement in _M007:
        db.execute(statement)


_M007 = (
    """CREATE TABLE private_values (
        event INTEGER UNIQUE REFERENCES events (number) ON DELETE CASCADE,
        schedule INTEGER UNIQUE REFERENCES schedules (number) ON DELETE CASCADE,
        run INTEGER UNIQUE REFERENCES runs (number) ON DELETE CASCADE,
        content TEXT NOT NULL
    )""",
    # A run that ends takes along what only it needs, whoever ends it.
    """CREATE TRIGGER private_values_of_runs AFTER UPDATE OF status ON runs
    WHEN NEW.status NOT IN ('waiting', 'running') AND EXISTS (SELECT 1 FROM private_values) BEGIN
        DELETE FROM private_values WHERE run = NEW.number OR (event = NEW.event_number
            AND NOT EXISTS (SELECT 1 FROM runs WHERE event_number = NEW.event_number
                AND status IN ('waiting', 'running')));
    END""",
    """CREATE TRIGGER private_values_of_schedules AFTER UPDATE OF started_at ON schedules
    WHEN NEW.started_at IS NOT NULL BEGIN
        DELETE FROM private_values WHERE schedule = NEW.number;
    END""",
)


@MIGRATIONS()
def m008_ended_replays(db: Database) -> None:
    """Replays stay when they are over, and have a process that is at them."""
    for statement in _M008:
        db.execute(statement)


_M008 = (
    # The new table takes the pages that the old one had.
    "CREATE TEMP TABLE old_replays AS SELECT * FROM replays",
    "DROP TABLE replays",
    """CREATE TABLE replays (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        subject TEXT NOT NULL,
        begun TEXT NOT NULL,
        position INTEGER NOT NULL,
        state TEXT NOT NULL,
        owner TEXT NOT NULL,
        started_at TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        ended_at TEXT NOT NULL
    )""",
    """INSERT INTO replays
        (subject, begun, position, state, owner, started_at, updated_at, ended_at)
        SELECT key, begun, position, state, '', started_at, updated_at, '' FROM old_replays""",
    "DROP TABLE old_replays",
    "CREATE INDEX replays_by_subject ON replays (subject)",
)


@MIGRATIONS()
def m009_requests(db: Database) -> None:
    """What each step sent and who answered, and the stub that answered in its place."""
    for statement in _M009:
        db.execute(statement)
    rows = db.execute(
        "SELECT run, sequence, input, output, error, warnings FROM step_log"
        " WHERE warnings LIKE '%by the stub %' OR error LIKE '%the stub %'"
    ).fetchall()
    for run, sequence, *columns in rows:
        step = OldStep(*columns)
        stub = step.stub()
        requests = [] if stub else step.requests()
        db.execute(
            "UPDATE step_log SET requests = ?, stub = ? WHERE run = ? AND sequence = ?",
            (encode(requests) if requests else None, stub, run, sequence),
        )


_M009 = (
    "ALTER TABLE step_log ADD COLUMN requests TEXT",
    "ALTER TABLE step_log ADD COLUMN stub TEXT",
)


@MIGRATIONS()
def m010_plain_keys(db: Database) -> None:
    """Decisions of the log and tallies of replays have keys that say what they are."""
    rows = db.execute(
        "SELECT rowid, decisions FROM step_log"
        " WHERE decisions LIKE '%\"from\"%' OR decisions LIKE '%\"on\"%'"
    )
    _rewrite(db, "step_log", "decisions", rows.fetchall(), new_decisions)
    states = db.execute("SELECT rowid, state FROM replays WHERE state <> '{}'").fetchall()
    _rewrite(db, "replays", "state", states, new_state)


@MIGRATIONS()
def m011_shared_records(db: Database) -> None:
    """One table for the kinds of records that have none of their own."""
    for statement in _M011:
        db.execute(statement)


_M011 = (
    """CREATE TABLE records (
        id TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL,
        key TEXT,
        given TEXT NOT NULL,
        rev INTEGER NOT NULL,
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        modified_at TEXT NOT NULL,
        UNIQUE (kind, key)
    )""",
    "CREATE INDEX records_by_kind ON records (kind)",
)


@MIGRATIONS()
def m012_run_conditions(db: Database) -> None:
    """A run knows what it is to find whoever goes on with it; of those before nobody knows."""
    db.execute("ALTER TABLE runs ADD COLUMN conditions TEXT")


@MIGRATIONS()
def m013_payloads(db: Database) -> None:
    """Payloads that people keep under names."""
    db.execute(
        "CREATE TABLE payloads (name TEXT PRIMARY KEY, hook_name TEXT NOT NULL,"
        " body TEXT NOT NULL, saved_at TEXT NOT NULL) WITHOUT ROWID"
    )


@MIGRATIONS()
def m014_contact_ids(db: Database) -> None:
    """A customer is found by the ids that other services have of it."""
    db.execute(
        "INSERT OR IGNORE INTO customer_identities"
        " SELECT json_extract(s.value, '$.type') || 'Ids', json_extract(s.value, '$.userid'), c.id"
        " FROM customers c, json_each(iif(json_valid(c.given), c.given, '{}'), '$.socials') s"
        " WHERE json_extract(s.value, '$.userid') IS NOT NULL"
    )


@MIGRATIONS()
def m015_case_of_apps(db: Database) -> None:
    """Names of apps are compared without regard to case."""
    for table, said, compared, plain in (
        ("apps", "name", "plain", plain_app),
        ("app_actions", "name", "plain", plain_name),
        ("app_triggers", "name", "plain", plain_name),
        ("settings", "key", "plain", plain_key),
        ("hooks", "event_name", "event_name", plain_name),
        ("workflows", "event_name", "event_name", plain_name),
    ):
        for row, name in db.execute(f"SELECT rowid, {said} FROM {table}").fetchall():
            # Of two that differ only in case, the first keeps the name.
            db.execute(
                f"UPDATE OR IGNORE {table} SET {compared} = ? WHERE rowid = ?", (plain(name), row)
            )
    names = db.execute("SELECT DISTINCT name FROM events WHERE name LIKE 'kustomer.app.%'")
    for (name,) in names.fetchall():
        db.execute("UPDATE events SET name = ? WHERE name = ?", (folded_name(name), name))


@MIGRATIONS()
def m016_paused_runs(db: Database) -> None:
    """A run that is paused keeps what it needs in clear."""
    for statement in _M016:
        db.execute(statement)


_M016 = (
    "DROP TRIGGER private_values_of_runs",
    """CREATE TRIGGER private_values_of_runs AFTER UPDATE OF status ON runs
    WHEN NEW.status NOT IN ('waiting', 'running', 'paused')
        AND EXISTS (SELECT 1 FROM private_values)
    BEGIN
        DELETE FROM private_values WHERE run = NEW.number OR (event = NEW.event_number
            AND NOT EXISTS (SELECT 1 FROM runs WHERE event_number = NEW.event_number
                AND status IN ('waiting', 'running', 'paused')));
    END""",
)


def _rewrite(
    db: Database,
    table: str,
    column: str,
    rows: list[tuple[int, str]],
    new: Callable[[Any], Json],
) -> None:
    for row, text in rows:
        with suppress(*MISTAKES):
            db.execute(
                f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (encode(new(decode(text))), row)
            )
