"""The same replay is known: while another process is at it, when it was killed, when it is over."""

import json
import shutil
import signal
import subprocess
import sys
import time
from contextlib import closing

import pytest

from kobjctl.app.org.conditions import settled_org
from kobjctl.app.org.opening import open_org
from kobjctl.model.errors import UsageError
from kobjctl.replay import replay
from kobjctl.replay.targets import SendRequest
from kobjctl.store.store import Store

SLOW = """
hooks: [{name: orders, type: form}]
workflows:
  - name: ask
    trigger: {hook: orders, transitions: [{target: ask}]}
    steps:
      - id: ask
        action: kustomer.rest-api.json
        params: {uri: "https://shop.example.com/ask", method: POST, data: /#steps.1}
"""
STUBS = """
http:
  - request: {method: POST, url: "https://shop.example.com/ask"}
    response: {status: 200, body: {}, delay: 1}
"""


class KilledError(BaseException):
    """The end of a process: nothing catches it, and what is not committed is lost."""


def command(shop, *words):
    line = [sys.executable, "-m", "kobjctl", "replay", *words, "--db", shop.path]
    return [*map(str, line), "--hook", "orders"]


def ran(shop, *words, **more):
    done = subprocess.run(
        command(shop, *words), check=False, capture_output=True, text=True, **more
    )
    return done.returncode, done.stdout, done.stderr


def orders(count):
    return [
        {"email": f"c{number}@example.com", "orderId": f"o{number}", "name": "x", "total": 1}
        for number in range(count)
    ]


def events(shop):
    return [
        json.loads(body) for (body,) in shop.rows("SELECT body FROM events WHERE cause IS NULL")
    ]


@pytest.fixture
def slow(make_shop, tmp_path):
    """A shop whose runs take a second, and the options of a replay there."""
    (tmp_path / "stubs.yaml").write_text(STUBS)
    return make_shop(SLOW), ("--stubs", tmp_path / "stubs.yaml")


def begun(shop, *words):
    """Give a process that is at a replay."""
    process = subprocess.Popen(
        command(shop, *words), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    wait_for(shop, "SELECT * FROM replays WHERE ended_at = ''", process)
    return process


def wait_for(shop, sql, process):
    until = time.monotonic() + 30
    while not shop.rows(sql):
        assert time.monotonic() < until
        assert process.poll() is None, process.communicate()
        time.sleep(0.02)


@pytest.mark.parametrize("options", [(), ("--resume",), ("--once",)], ids=str)
def test_two_at_the_same_replay_send_each_payload_once(slow, options):
    shop, stubs = slow
    file = shop.orders(orders(3))
    first = begun(shop, file, *stubs)

    status, out, said = ran(shop, file, *options)
    _, first_said = first.communicate()

    assert (2, "", 0, "") == (status, out, first.returncode, first_said)
    assert f"error: process {first.pid} runs the same replay, begun at " in said
    assert "hint: wait until it ends, or stop it and continue with --resume\n" in said
    assert orders(3) == events(shop)


def test_eight_that_begin_the_same_replay_at_once_send_it_once_with_once(shop):
    file = shop.orders(orders(300))
    each = [subprocess.Popen(command(shop, file, "--once"), stdout=-3, stderr=-3) for _ in range(8)]

    assert [0, *[2] * 7] == sorted(process.wait() for process in each)
    assert orders(300) == events(shop)


def test_what_was_killed_is_gone_on_with_and_not_begun_anew_with_once(slow):
    shop, stubs = slow
    file = shop.orders(orders(3))
    first = begun(shop, file, *stubs)
    time.sleep(0.3)
    first.kill()
    first.communicate()

    refused = ran(shop, file, "--once")
    other = ran(shop, file, "--resume", "--stubs", file)
    done = ran(shop, file, "--resume", "--json")

    assert (2, "") == refused[:2]
    assert "hint: continue with --resume" in refused[2]
    assert f"the replay was begun with --stubs {shop.folder / 'stubs.yaml'}" in other[2]
    assert 0 == done[0], done[2]
    assert {"total": 3, "statuses": {"completed": 3}} == json.loads(done[1])["runs"]
    assert orders(3) == events(shop)
    assert [("completed", 3)] == shop.rows("SELECT status, count(*) FROM runs GROUP BY status")


@pytest.mark.parametrize("when", ["before", "after"])
def test_one_killed_at_its_last_commit_is_known_as_done(shop, monkeypatch, when):
    whole = shop.copy("whole")
    file = shop.orders([*orders(20), "bad"])
    expected = whole.replay([file])
    end = replay._end  # noqa: SLF001 - the last commit

    def be_killed(*replay):
        if when == "after":
            end(*replay)
        raise KilledError

    with monkeypatch.context() as patched:
        patched.setattr(replay, "_end", be_killed)
        with pytest.raises(KilledError):
            shop.replay([file])
    done = shop.replay([file], resume=True)

    assert expected.tally.as_json() == done.tally.as_json()
    assert ("completed", 21) == (done.end, done.done)
    assert whole.dump() == shop.dump()


def test_a_done_one_has_its_report_and_exit_status_again(shop):
    file = shop.orders([*orders(3), "bad"])
    first = ran(shop, file, "--json")
    before = shop.dump()

    again = ran(shop, file, "--json", "--resume")

    assert first[:2] == again[:2]
    assert 1 == again[0]
    assert "nothing is sent, its report follows" in again[2]
    assert before == shop.dump()


def test_a_restored_org_knows_what_it_has_and_nothing_else(shop):
    file = shop.orders(orders(5))
    backup = shop.copy("backup")
    ran(shop, file)
    shutil.copy(backup.path, shop.path)
    for end in ("-wal", "-shm"):
        shop.path.with_name(f"{shop.path.name}{end}").unlink(missing_ok=True)

    unknown = ran(shop, file, "--resume")
    status, out, said = ran(shop, file, "--once", "--json")

    assert "no replay of" in unknown[2]
    assert (0, "") == (status, said)
    assert [(json.loads(out)["runs"]["total"],)] == shop.rows("SELECT count(*) FROM runs")
    assert orders(5) == events(shop)


def test_a_replay_that_is_gone_from_the_org_is_told_and_has_no_report(shop):
    file = shop.orders(orders(9))

    def remove(_standing):
        with closing(Store.open(shop.path)) as store:
            store.connection.execute("DELETE FROM replays")

    with pytest.raises(Exception, match="no longer in the org"):
        shop.replay([file], show=remove)


@pytest.mark.parametrize("change", ["touch", "write", "middle"])
def test_a_file_of_another_time_or_size_is_another_replay(shop, change):
    file = shop.orders(orders(5))
    shop.replay([file])
    if change == "touch":
        file.touch()
    else:
        file.write_text(file.read_text().replace("c3", "c4" if change == "middle" else "c33"))

    with pytest.raises(UsageError, match="changed since the replay ended"):
        shop.replay([file], resume=True)
    assert ("", 10) == (ran(shop, file, "--once")[2], len(events(shop)))


def test_a_file_is_the_same_by_whatever_name(shop, tmp_path, monkeypatch):
    file = shop.orders(orders(5))
    shop.replay([file])
    (tmp_path / "link.ndjson").symlink_to(file)
    monkeypatch.chdir(tmp_path)

    for name in ("orders.ndjson", "link.ndjson"):
        assert "--once refuses to send them again" in ran(shop, name, "--once")[2]


def test_what_came_through_a_pipe_is_known_by_what_came(shop):
    text = shop.orders(orders(5)).read_text()
    shop.orders(orders(6))
    first = ran(shop, "-", input=text)
    refused = ran(shop, "-", "--once", input=text)
    again = ran(shop, "-", "--resume", input=text)
    other = ran(shop, "-", "--once", input=text + text)

    assert (first[1], 0) == (again[1], again[0])
    assert "--once refuses to send them again" in refused[2]
    assert ("", 15) == (other[2], len(events(shop)))
    assert "note: these payloads were replayed before, at " in ran(shop, "-", input=text)[2]


def test_what_was_read_of_a_pipe_before_it_is_sent_is_gone_on_with(slow):
    shop, stubs = slow
    file = shop.orders(orders(3))
    with file.open() as stdin:
        first = subprocess.Popen(
            command(shop, "-", "--once", *stubs), stdin=stdin, stdout=-1, stderr=-1
        )
        wait_for(shop, "SELECT * FROM runs WHERE status = 'running'", first)
        first.send_signal(signal.SIGKILL)
        first.communicate()

    status, _, said = ran(shop, "-", "--resume", input=file.read_text())

    assert 0 == status, said
    assert orders(3) == events(shop)


def test_replays_begun_with_one_seed_at_once_make_ids_of_their_own(make_shop, tmp_path):
    shop = make_shop(SLOW)
    files = [shop.orders(orders(2)), tmp_path / "second.ndjson"]
    files[1].write_text(json.dumps(orders(1)[0]))
    origins = []
    for file in files:
        with closing(open_org(shop.path).store) as store:
            org = settled_org(store, "2026-01-02T12:00:00.000Z", "one seed")
            source, target = SendRequest((str(file),), hook="orders").ends(store)
            options = replay.ReplayOptions(source, target, tmp_path / "rejects")
            origins.append(replay.begin(org, options)[0].begun["origin"])

    assert origins[0] != origins[1]
