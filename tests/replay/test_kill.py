"""A replay that is killed at any moment and gone on with loses no payload and runs none twice."""

import json
import os
import random
import subprocess
import sys
import time

import pytest

KILLS = 2
# Well below what a replay takes on a fast machine.
LONGEST_LIFE = 0.5
ASKING = """
hooks: [{name: orders, type: form}]
workflows:
  - name: ask
    trigger: {hook: orders, transitions: [{target: ask}]}
    steps:
      - id: ask
        action: kustomer.rest-api.json
        params: {uri: "https://shop.example.com/ask", method: POST, data: /#steps.1}
        transitions: [{target: keep}]
      - id: keep
        action: kustomer.customer.create
        params: {email: /#steps.1.attributes.data.email}
"""
STUBS = """
http:
  - request: {method: POST, url: "https://shop.example.com/ask"}
    response: {status: 200, json: {}}
"""


def order(number):
    return {"orderId": f"o{number}", "email": f"c{number}@example.com", "name": "x", "total": 1}


def replayed(shop, file, *options, life=None):
    """Run the command, killed after so many seconds; gives its exit status and what it says."""
    command = [sys.executable, "-m", "kobjctl", "replay", file, "--db", shop.path, *options]
    process = subprocess.Popen(
        [*map(str, command), "--hook", "orders", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    if life is not None:
        time.sleep(life)
        process.kill()
    out, said = process.communicate()
    return process.returncode, out, said


def replayed_with_kills(shop, file, options, *, long):
    """Replay and kill it by chance, until one comes to its end; gives the tally of that one."""
    seed = int(os.environ.get("KOBJCTL_TEST_SEED") or random.randrange(10**9))  # noqa: S311 - a seed
    print(f"to repeat the kills: KOBJCTL_TEST_SEED={seed}")  # noqa: T201 - pytest shows it
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    most = 20 if long else KILLS
    for killed in range(most + 1):
        # It goes on with the options that it was begun with.
        more = ["--resume"] if shop.rows("SELECT * FROM replays") else options
        life = chance.uniform(0.2, LONGEST_LIFE * (30 if long else 1)) if killed < most else None
        status, out, said = replayed(shop, file, *more, life=life)
        if status == 1:  # some of the payloads are none
            assert killed
            return json.loads(out)
        assert -9 == status, said
    return None


CASES = {
    "runs that stay on the machine": ("", 6000),
    "runs that send requests": (ASKING, 2400),
}


@pytest.mark.parametrize("case", CASES)
def test_a_killed_replay_goes_on_and_sends_each_payload_once(shop, make_shop, case, long):
    app, count = CASES[case]
    count = 100_000 if long else count
    shop = make_shop(app, "asking") if app else shop
    (shop.folder / "stubs.yaml").write_text(STUBS)
    options = ["--stubs", shop.folder / "stubs.yaml"] if app else []
    file = shop.orders([*(order(number) for number in range(count)), "bad"])

    tally = replayed_with_kills(shop, file, options, long=long)

    came = shop.rows("SELECT body FROM events WHERE hook_id IS NOT NULL ORDER BY number")
    assert [order(number) for number in range(count)] == [json.loads(body) for (body,) in came]
    assert [("completed",)] == shop.rows("SELECT DISTINCT status FROM runs")
    assert [(count,)] == shop.rows("SELECT count(*) FROM customers")
    assert (count, 1) == (tally["payloads"]["accepted"], tally["payloads"]["rejected"])
    assert [(tally["runs"]["total"],)] == shop.rows("SELECT count(*) FROM runs")
    assert 1 == len((shop.folder / "orders.ndjson.rejects").read_text().splitlines())
    assert [(count + 1, 1)] == shop.rows("SELECT position, ended_at > '' FROM replays")
