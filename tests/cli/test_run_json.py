"""The JSON of a run is one: whichever command prints it, all of it or without the steps."""

import json
from pathlib import Path

import pytest

import kobjctl

PACKAGE = Path(kobjctl.__file__).parent
CALLED = {
    "name": "greet",
    "trigger": {"callable": True, "transitions": [{"target": "hi"}]},
    "steps": [{"id": "hi"}],
}
BESIDE_SUMMARY = {"steps", "startedRuns", "schedules"}


@pytest.fixture
def printed(golden, workplace, org):
    """Give what a command prints as JSON, in an org with one run of an order."""

    def run(command):
        return json.loads(golden.invoke(workplace, f"kobjctl {command} --json").stdout)

    return run


def summary(run):
    return {key: value for key, value in run.items() if key not in BESIDE_SUMMARY}


def logged(printed, run):
    """Give a run as `logs` shows it."""
    return printed(f"logs {run['number']}")


def test_a_run_is_shown_in_whole_as_the_log_shows_it(printed, workplace):
    (workplace / "greet.json").write_text(json.dumps(CALLED))
    (workplace / "in.json").write_text("{}")
    printed("apply greet.json")
    whole = [
        *printed("hook send sample_payloads/order.json")["runs"],
        *printed("event send nobody.hears in.json")["runs"],
        *printed("workflow call greet --inputs in.json")["runs"],
        *printed("logs rerun 1")["runs"],
    ]

    assert ["order", "greet", "order"] == [run["workflow"] for run in whole]
    assert [logged(printed, run) for run in whole] == whole
    assert all(run["steps"] and len(run["steps"]) == run["stepCount"] for run in whole)


def test_a_run_in_a_list_is_a_part_of_it(printed):
    run = summary(logged(printed, {"number": 1}))
    rerun = printed("logs rerun --status completed")["runs"]
    again = [summary(logged(printed, each)) for each in rerun]

    assert again == rerun
    assert [*again, run] == printed("logs")
    found = printed("logs --path attributes.data.orderId")
    assert [{"run": each, "values": ["1234"]} for each in [*again, run]] == found
    compared = printed("logs diff 1 2")
    assert [run, *again] == [compared["old"], compared["new"]]


def test_a_replay_and_two_versions_show_runs_as_a_list_does(printed, workplace):
    order = (workplace / "sample_payloads" / "order.json").read_text()
    (workplace / "orders.ndjson").write_text(json.dumps(json.loads(order)) + "\n")
    (slow,) = printed("replay orders.ndjson --hook orders")["slowest"]

    assert summary(logged(printed, {"number": 2})) == slow["run"]

    text = (workplace / "sample_workflows" / "order.yaml").read_text()
    (workplace / "new.yaml").write_text(text.replace("Online Order", "Web Order"))
    diff = "diff order new.yaml -p orders.ndjson --hook orders --keep kept"
    (shown,) = printed(diff)["examples"]
    (pair,) = shown["runs"]

    for side in ("old", "new"):
        run = printed(f"logs {pair[side]['number']} --db kept/{side}.db")
        assert summary(run) == pair[side]


def test_a_step_is_shown_alone_as_in_its_run(printed):
    for step in logged(printed, {"number": 1})["steps"]:
        assert step == printed(f"logs 1 --step {step['id']}")


def test_a_failed_run_tells_why_as_a_step_does(printed):
    (run,) = printed("hook send sample_payloads/order-wrong-quantity.json --hook orders")["runs"]

    assert "failed" == run["status"]
    assert run["steps"][-1]["error"]["message"]
    assert summary(run) == printed("logs -n 1")[0]


def test_nobody_else_makes_the_json_of_a_run():
    modules = [
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if '"workflowRev"' in path.read_text(encoding="utf-8")
    ]

    assert ["app/runs/as_json.py"] == modules
