"""The file of an org is examined as it is: whole, damaged, of another program, newer or older."""

import os
import sqlite3
from contextlib import closing

import pytest

from kobjctl.model.errors import StoreError
from kobjctl.store.examination import examine
from kobjctl.store.opening import SCHEMA
from kobjctl.store.store import Store


@pytest.fixture
def path(tmp_path):
    """An empty org."""
    path = tmp_path / "kobjctl.db"
    Store.open(path, org_id="0" * 24, now="2026-01-02T12:00:00.000Z").close()
    return path


def change(path, statement):
    """Change the file as another program would."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()


def facts(examination):
    """Give what is said to be wrong."""
    return [error.message for error in examination.errors]


def test_an_org_is_intact_and_its_rows_are_counted(org):
    found = examine(org)

    assert () == found.errors
    assert found.intact
    assert (SCHEMA, "wal") == (found.schema, found.journal)
    assert {"completed": 1} == found.runs
    assert 2 == found.rows["workflows"]
    assert org.stat().st_size == found.size


def test_nothing_is_changed(path):
    change(path, f"PRAGMA user_version = {SCHEMA - 1}")
    before = path.read_bytes()

    found = examine(path)

    assert SCHEMA - 1 == found.schema
    assert before == path.read_bytes()
    assert ["kobjctl.db"] == [each.name for each in path.parent.iterdir()]


def test_what_is_in_the_log_alone_counts(path):
    with closing(sqlite3.connect(path)) as writer:
        writer.execute(
            "INSERT INTO klasses (id, name, definition, created_at, updated_at)"
            " VALUES ('1', 'order', '{}', '', '')"
        )
        writer.commit()

        found = examine(path)

    assert 1 == found.rows["klasses"]
    assert 0 < found.log_size


def test_a_newer_org_is_counted_and_told(path):
    change(path, f"PRAGMA user_version = {SCHEMA + 1}")

    found = examine(path)

    assert SCHEMA + 1 == found.schema
    assert ["was made by a newer kobjctl" in fact for fact in facts(found)] == [True]
    assert 0 == found.rows["runs"]


def test_a_damaged_org_is_told_with_what_sqlite_says(org):
    damaged = bytearray(org.read_bytes())
    with closing(sqlite3.connect(org)) as connection:
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'workflows'"
        ).fetchone()
    size = int.from_bytes(damaged[16:18], "big")
    damaged[(page - 1) * size : page * size] = b"\xff" * size
    org.write_bytes(damaged)

    found = examine(org)

    assert not found.intact
    assert f'the database "{org}" is damaged' in facts(found)[0]
    assert found.errors[0].hint


@pytest.mark.parametrize("content", [b"not a database, but long enough to be one" * 100, b"SQLite"])
def test_another_file_is_told(tmp_path, content):
    other = tmp_path / "notes.txt"
    other.write_bytes(content)

    assert [f'"{other}" is not a kobjctl database'] == facts(examine(other))


def test_the_database_of_another_program_is_told(tmp_path):
    other = tmp_path / "other.db"
    change(other, "CREATE TABLE t (x)")

    assert "the database of another program" in facts(examine(other))[0]


def test_an_org_without_a_log_is_told_with_what_to_do(path):
    change(path, "PRAGMA journal_mode = delete")

    (error,) = examine(path).errors

    assert "has no write-ahead log" in error.message
    assert "PRAGMA journal_mode = wal" in error.hint


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write all")
def test_an_org_that_can_only_be_read_is_counted_and_told(org):
    org.chmod(0o400)

    found = examine(org)

    assert [f'the database "{org}" is read-only'] == facts(found)
    assert 1 == found.rows["runs"]


def test_a_folder_is_told(tmp_path):
    assert [f'can\'t open the database "{tmp_path}"'] == facts(examine(tmp_path))


@pytest.mark.skipif(not os.path.exists("/dev/null"), reason="POSIX")  # noqa: PTH110 - no path of ours
def test_a_device_is_refused():
    with pytest.raises(StoreError, match="is not a file"):
        examine("/dev/null")
