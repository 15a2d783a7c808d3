"""Old runs go in pieces: others write in between, little room is needed, and it is given back."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from kobjctl.app.definitions.apply import apply
from kobjctl.app.org.opening import open_org
from kobjctl.app.runs import pruning
from kobjctl.engine.engine import engine_of
from kobjctl.model.errors import StoreError
from kobjctl.store.place import disk_of

RUNS = 1000
AT = "2026-01-01T00:00:00.000Z"
MEGABYTE = 1_000_000
WORKFLOW = "name: nothing\ntrigger: {callable: true}\n"


def filled(path, runs=RUNS):
    """Give an org with so many runs, each with some pages of log."""
    engine = engine_of(open_org(path))
    (path.parent / "nothing.yaml").write_text(WORKFLOW)
    apply(engine.org, [path.parent / "nothing.yaml"])
    (workflow,) = engine.org.store.workflows.all()
    execute = engine.org.store.connection.execute
    with engine.org.store.transaction():
        for number in range(1, runs + 1):
            execute(
                "INSERT INTO events VALUES (?, ?, 'ev', NULL, ?, NULL, 1, ?)",
                (number, f"{number:024x}", '{"note": "' + "x" * 5000 + '"}', AT),
            )
            execute(
                "INSERT INTO runs (number, id, event_number, workflow_id, workflow_rev, status,"
                " owner, started_at) VALUES (?1, ?2, ?1, ?3, 1, 'completed', '', ?4)",
                (number, f"{number:024x}", workflow.id, AT),
            )
    return engine


@pytest.fixture
def org(tmp_path):
    engine = filled(tmp_path / "org.db")
    yield engine
    engine.org.store.close()


def count(engine, table="runs"):
    (number,) = engine.org.store.connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 - ours
    return number


def size(engine):
    engine.org.store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return Path(engine.org.store.path).stat().st_size


def made_before(tmp_path):
    """Give an org whose file is as an older kobjctl made it."""
    engine = filled(tmp_path / "old.db")
    engine.org.store.connection.execute("PRAGMA auto_vacuum = NONE")
    engine.org.store.connection.execute("VACUUM")
    return engine


def test_the_room_of_what_was_deleted_goes_back_to_the_disk(org):
    before = size(org)

    pruned = pruning.prune(org.org.store, keep=10, before="")

    assert RUNS - 10 == pruned.runs
    assert [10, 10] == [count(org), count(org, "events")]
    assert size(org) < before / 5
    assert before * 4 / 5 < pruned.given_back
    assert [("ok",)] == org.org.store.connection.execute("PRAGMA integrity_check").fetchall()


def test_the_file_and_its_log_take_no_megabyte_more_on_the_way(org, monkeypatch):
    before = size(org)
    most = []

    def look(_seconds):
        most.append(sum(each.stat().st_size for each in beside))

    monkeypatch.setattr(pruning.time, "sleep", look)
    folder = Path(org.org.store.path).parent
    beside = [each for each in folder.glob("org.db*") if each.is_file()]
    pruning.prune(org.org.store, keep=10, before="")

    assert RUNS / 10 < len(most)
    assert max(most) < before + MEGABYTE


WRITE = """
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], timeout=30, isolation_level=None)
longest = 0
for _ in sys.stdin:
    break
print("ready", flush=True)
until = time.monotonic() + 60
while time.monotonic() < until:
    started = time.monotonic()
    connection.execute("BEGIN IMMEDIATE")
    longest = max(longest, time.monotonic() - started)
    connection.execute("UPDATE hooks SET description = ''")
    (left,) = connection.execute("SELECT count(*) FROM runs").fetchone()
    connection.execute("COMMIT")
    if left <= 10:
        break
    time.sleep(0.005)
print(longest)
"""


def test_another_writer_comes_in_between_and_need_not_wait_long(org):
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITE, org.org.store.path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    writer.stdin.write("go\n")
    writer.stdin.flush()
    writer.stdout.readline()

    pruning.prune(org.org.store, keep=10, before="")

    # On a machine with nothing else to do it is 40 ms.
    assert float(writer.communicate()[0]) < 1


def test_two_that_prune_at_once_count_each_run_once(org, tmp_path, monkeypatch):
    other = engine_of(open_org(org.org.store.path))
    others = []

    def let_the_other(_seconds):
        monkeypatch.setattr(pruning.time, "sleep", lambda _seconds: None)
        others.append(pruning.prune(other.org.store, keep=500, before="").runs)

    monkeypatch.setattr(pruning.time, "sleep", let_the_other)
    mine = pruning.prune(org.org.store, keep=10, before="").runs
    other.org.store.close()

    assert RUNS - 10 == mine + sum(others)
    assert 0 < mine
    assert 0 < others[0]


def test_an_org_of_an_older_kobjctl_keeps_its_room_until_it_is_rebuilt(tmp_path):
    engine = made_before(tmp_path)
    before = size(engine)

    first = pruning.prune(engine.org.store, keep=10, before="")
    after = size(engine)
    second = pruning.prune(engine.org.store, keep=None, before="", rebuild=True)

    assert (RUNS - 10, 0) == (first.runs, first.given_back)
    assert before == after
    assert before / 2 < first.unused
    assert (0, 0) == (second.runs, second.unused)
    assert size(engine) < before / 5
    assert (2,) == engine.org.store.connection.execute("PRAGMA auto_vacuum").fetchone()
    engine.org.store.close()


@pytest.mark.parametrize(
    ("room", "options", "expected"),
    [
        (900_000, {"keep": 1}, "to delete runs needs 1.0 MB on the disk {disk}, which has 0.9 MB"),
        (
            1_000_001,
            {"keep": None, "rebuild": True},
            "to write the database anew needs .* MB on the disk {disk}, which has 1.0 MB",
        ),
    ],
)
def test_too_little_room_is_told_before_anything_is_deleted(
    org, monkeypatch, room, options, expected
):
    usage = shutil.disk_usage("/")
    monkeypatch.setattr(shutil, "disk_usage", lambda _disk: usage._replace(free=room))

    with pytest.raises(StoreError, match=expected.format(disk=disk_of(org.org.store.path))):
        pruning.prune(org.org.store, before="", **options)

    assert RUNS == count(org)


def test_what_the_command_says_of_the_room(golden, tmp_path):
    for make, name in ((made_before, "old.db"), (lambda path: filled(path / "new.db"), "new.db")):
        make(tmp_path).org.store.close()
        path = tmp_path / name
        done = [
            golden.invoke(tmp_path, f"kobjctl logs prune {options}", "--db", str(path))
            for options in ("--keep 10", "--keep 10 --vacuum")
        ]
        with closing(sqlite3.connect(path)) as connection:
            assert (2,) == connection.execute("PRAGMA auto_vacuum").fetchone()
        assert ["deleted 990 runs\n", "deleted 0 runs\n"] == [each.stdout for each in done]
        if name == "old.db":
            assert "note: the database keeps" in done[0].stderr
            assert "logs prune --vacuum frees them" in done[0].stderr
            assert "freed " in done[1].stderr
        else:
            assert done[0].stderr.startswith("freed ")
            assert "" == done[1].stderr
