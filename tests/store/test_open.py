"""Opening an org: what is there afterwards, and which files are refused in which words."""

import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from kobjctl.model.errors import StoreError
from kobjctl.store.failure import explain
from kobjctl.store.migrations import MIGRATIONS
from kobjctl.store.opening import APPLICATION_ID, MEMORY, SCHEMA
from kobjctl.store.store import Store, file_exists

GOLDEN = Path(__file__).with_name("schema.txt")
OPEN_FILES = Path("/proc/self/fd")
NAME_ANOTHER = "name another with --db PATH"


def pragma(connection, name):
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


def content(connection):
    """Give everything that a database holds, as SQL."""
    return list(connection.iterdump())


# What a new org has.


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("journal_mode", "wal"),
        ("foreign_keys", 1),
        ("synchronous", 1),
        ("busy_timeout", 30_000),
        ("user_version", SCHEMA),
        ("application_id", APPLICATION_ID),
    ],
)
def test_a_new_org_and_one_opened_again_are_set_up_alike(open_store, name, expected):
    new, again = open_store(), open_store()

    assert expected == pragma(new.connection, name)
    assert expected == pragma(again.connection, name)


def test_an_org_in_memory_checks_references_too(store):
    assert 1 == pragma(store.connection, "foreign_keys")
    assert not file_exists(MEMORY)


def test_an_org_keeps_the_id_and_the_time_it_was_made_with(path, open_store):
    made = open_store()
    with closing(Store.open(path, org_id="0" * 24, now="later")) as again:
        assert made.org_id == again.org_id
        assert [(made.org_id, "2026-01-02T12:00:00.000Z")] == (
            again.connection.execute("SELECT * FROM org").fetchall()
        )


def test_opening_twice_applies_nothing_twice(open_store):
    before = content(open_store().connection)

    again = open_store()

    assert 0 == again.connection.total_changes
    assert before == content(again.connection)


def test_an_empty_file_becomes_an_org(path, open_store):
    path.touch()

    assert 24 == len(open_store().org_id)


def test_a_file_whose_maker_was_killed_before_the_first_commit_becomes_an_org(path, open_store):
    with closing(sqlite3.connect(path)) as killed:
        killed.execute("PRAGMA journal_mode = WAL")

    assert 24 == len(open_store().org_id)


# The schema.


def listing(connection):
    """Give the tables with their columns, references and indexes, one line each."""
    tables = connection.execute(
        "SELECT name, wr FROM pragma_table_list WHERE schema = 'main'"
        " AND substr(name, 1, 1) <> '_' AND substr(name, 1, 7) <> 'sqlite_' ORDER BY name"
    ).fetchall()
    for table, without_rowid in tables:
        yield f"table {table}{' without rowid' if without_rowid else ''}"
        for _, name, kind, not_null, default, key in connection.execute(
            f"PRAGMA table_info({table})"
        ):
            facts = [
                name,
                kind,
                "not null" if not_null else "",
                f"default {default}" if default is not None else "",
                f"key {key}" if key else "",
            ]
            yield "  " + " ".join(fact for fact in facts if fact)
        for _, _, other, here, there, _, deleted, _ in sorted(
            connection.execute(f"PRAGMA foreign_key_list({table})"), key=str
        ):
            yield f"  reference ({here}) to {other} ({there}), on delete {deleted.lower()}"
        yield from sorted(index_lines(connection, table))


def index_lines(connection, table):
    for _, index, unique, origin, partial in connection.execute(f"PRAGMA index_list({table})"):
        columns = [row[2] for row in connection.execute(f"PRAGMA index_info({index})")]
        named = f" {index}" if origin == "c" else ""
        yield (
            f"  {'unique ' if unique else ''}index{named} ({', '.join(columns)})"
            f"{' partial' if partial else ''}"
        )


def test_the_schema_is_the_one_that_was_agreed_on(store, update):
    actual = "".join(f"{line}\n" for line in listing(store.connection))
    if update:
        GOLDEN.write_text(actual)

    assert GOLDEN.read_text() == actual


def test_the_number_of_the_schema_is_the_number_of_migrations(store):
    with closing(sqlite3.connect(MEMORY)) as blank:
        names = [migration.name for migration in MIGRATIONS.pending(Database(blank))]
    applied = store.connection.execute("SELECT name FROM _sqlite_migrations ORDER BY id")

    assert SCHEMA == len(names)
    assert [f"m{number:03}" for number in range(1, SCHEMA + 1)] == [name[:4] for name in names]
    assert names == [name for (name,) in applied]


# What is refused.


def text(path):
    path.write_text("This is no database. " * 100)


def database_of_another_program(path, schema=0):
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE org (id)")
        other.execute("INSERT INTO org VALUES ('theirs')")
        other.execute(f"PRAGMA user_version = {schema}")
        other.commit()


def with_our_number(path):
    database_of_another_program(path, SCHEMA)


def made_by_a_newer_kobjctl(path):
    Store.open(path, org_id="0" * 24).close()
    with closing(sqlite3.connect(path)) as newer:
        newer.execute(f"PRAGMA user_version = {SCHEMA + 1}")


def damaged(path):
    Store.open(path, org_id="0" * 24).close()
    page = bytearray(path.read_bytes())
    page[100:4096] = b"\xff" * 3996
    path.write_bytes(page)


def pipe(path):
    """Make a pipe, where there are any with a name."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("pipes that have a path need POSIX")
    os.mkfifo(path)


def folder(path):
    path.mkdir()


ANOTHER_PROGRAM = '"{path}" is the database of another program, not a kobjctl database'
REFUSED = {
    "no database": (text, '"{path}" is not a kobjctl database', NAME_ANOTHER),
    "another program": (database_of_another_program, ANOTHER_PROGRAM, NAME_ANOTHER),
    "newer": (
        made_by_a_newer_kobjctl,
        (
            'the database "{path}" was made by a newer kobjctl'
            f" (its schema is {SCHEMA + 1}, this one knows {SCHEMA})"
        ),
        "upgrade kobjctl, or name another database with --db PATH",
    ),
    "damaged": (
        damaged,
        'the database "{path}" is damaged',
        "restore a backup; sqlite3's .recover can save most of the rest",
    ),
    "a pipe": (pipe, '"{path}" is not a file', NAME_ANOTHER),
    "a folder": (
        folder,
        'can\'t open the database "{path}"',
        "check that its folder exists and that you may write there",
    ),
}


@pytest.mark.parametrize(("make", "message", "hint"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_org_of_this_kobjctl_is_refused(path, open_store, make, message, hint):
    make(path)

    with pytest.raises(StoreError) as raised:
        open_store()

    assert message.format(path=path) == raised.value.message
    assert hint == raised.value.hint


def test_a_database_of_another_program_with_our_schema_number_is_refused(path, open_store):
    with_our_number(path)

    with pytest.raises(StoreError) as raised:
        open_store()

    assert ANOTHER_PROGRAM.format(path=path) == raised.value.message


def test_an_org_in_a_folder_that_is_not_there_is_refused(tmp_path, open_store):
    path = tmp_path / "missing" / "org.db"

    with pytest.raises(StoreError) as raised:
        open_store(path)

    assert f'can\'t open the database "{path}"' == raised.value.message
    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "make", [text, database_of_another_program, with_our_number, made_by_a_newer_kobjctl, damaged]
)
def test_what_is_refused_stays_as_it_was(path, open_store, make):
    make(path)
    before = path.read_bytes()

    try:
        open_store().connection.execute("SELECT 1")
    except StoreError as error:
        del error

    assert before == path.read_bytes()


def test_damage_that_shows_only_later_is_told_in_the_same_words(path, open_store):
    open_store().close()
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 4096 // 2 * 4096)

    with pytest.raises((sqlite3.DatabaseError, StoreError)) as raised:
        content(open_store().connection)
    error = raised.value
    told = error if isinstance(error, StoreError) else explain(error, str(path))

    assert f'the database "{path}" is damaged' == told.message


@pytest.mark.parametrize("table", ["things", "locked", "full", "readonly"])
def test_an_error_that_has_no_words_of_ours_is_passed_on(table):
    with closing(sqlite3.connect(":memory:")) as connection, pytest.raises(sqlite3.Error) as raised:
        connection.execute(f"SELECT * FROM {table}")  # noqa: S608 - one of four words
    told = explain(raised.value, "org.db")

    message = f'the database "org.db" refused: no such table: {table}'
    assert (message, "") == (told.message, told.hint)


@pytest.mark.skipif(not OPEN_FILES.exists(), reason="the system doesn't list open files")
def test_a_database_that_is_refused_is_closed_again(path):
    made_by_a_newer_kobjctl(path)

    # The traceback keeps what the failed call had, so that nothing is closed by chance.
    with pytest.raises(StoreError) as raised:
        Store.open(path)

    assert "newer" in raised.value.message
    assert str(path) not in [os.path.realpath(file) for file in OPEN_FILES.iterdir()]
    assert [path] == list(path.parent.iterdir())


# Several at once.


def test_opening_waits_for_another_process_that_is_making_the_org(path, open_store):
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    ending = threading.Timer(0.2, other.close)
    ending.start()

    try:
        assert 24 == len(open_store(timeout=10).org_id)
    finally:
        ending.join()


OPEN_EACH = """
import sys
from kobjctl.store.store import Store
import kobjctl.store.migrations

print("ready", flush=True)
for line in sys.stdin:
    try:
        store = Store.open(line.strip(), org_id=sys.argv[1], now="now")
        print(store.org_id, flush=True)
        store.close()
    except Exception as error:
        print(repr(error), flush=True)
"""


def test_eight_processes_that_make_one_org_at_once_all_get_it(tmp_path):
    paths = [tmp_path / f"{number}.db" for number in range(60)]
    makers = [
        subprocess.Popen(
            [sys.executable, "-c", OPEN_EACH, f"{number:024x}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(8)
    ]
    for maker in makers:
        maker.stdout.readline()
    for maker in makers:
        maker.stdin.write("".join(f"{path}\n" for path in paths))
        maker.stdin.flush()
    answers = [maker.communicate()[0].splitlines() for maker in makers]

    for path, said in zip(paths, zip(*answers, strict=True), strict=True):
        with closing(sqlite3.connect(path)) as made:
            [(org_id,)] = made.execute("SELECT id FROM org")
        assert (org_id,) * 8 == said


# Who may read an org.


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_an_org_and_its_copies_are_readable_by_their_owner_alone(tmp_path):
    with closing(Store.open(tmp_path / "org.db", org_id="1" * 24, now="2026")) as store:
        with store.transaction():
            store.connection.execute("UPDATE org SET id = id")
        store.copy_to(tmp_path / "copy.db")
        modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}

    assert dict.fromkeys(("org.db", "org.db-wal", "org.db-shm", "copy.db"), 0o600) == modes


def test_what_is_deleted_is_no_longer_in_the_file(tmp_path):
    with closing(Store.open(tmp_path / "org.db", org_id="1" * 24, now="2026")) as store:
        store.connection.execute("INSERT INTO settings VALUES ('k','k','',1,NULL,'gone word','')")
        store.connection.execute("DELETE FROM settings")

    assert b"gone word" not in (tmp_path / "org.db").read_bytes()
