"""Opening an org: what is there afterwards, and which files are refused in which words."""

import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from kobjctl.model.errors import StoreError
from kobjctl.store.migrations import MIGRATIONS
from kobjctl.store.store import APPLICATION_ID, MEMORY, SCHEMA, Store, file_exists

GOLDEN = Path(__file__).with_name("schema.txt")
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
    applied = store.connection.execute("SELECT name FROM _sqlite_migrations").fetchall()

    assert SCHEMA == len(MIGRATIONS.pending(_Nothing(MEMORY)))
    assert SCHEMA == len(applied)
