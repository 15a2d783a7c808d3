"""What a tally counts, that parts of it add up, and that it stays small."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kobjctl.actions import ACTIONS
from kobjctl.model.run import Run, StepLog
from kobjctl.replay.messages import OTHER, ROOM, without_values
from kobjctl.replay.tally import SLOWEST, ReplayTally
from kobjctl.replay.workflow_tally import LONGEST_PATH, MOST_PATHS, RunPath, RunTransition


def step(step_id, action=None, error="", **facts):
    error = {"message": error} if error else None
    status = "failed" if error else "completed"
    facts = {"input": {}, "output": {}} | facts
    return StepLog(1, step_id, "", action, status, error=error, started_at="", duration=0, **facts)


def run(number=1, status="completed", duration=1.0, error="", workflow="order"):
    return Run(
        id=f"r{number}",
        number=number,
        event_id="e",
        event_name="n",
        hook_name="h",
        cause=None,
        workflow_id="w",
        workflow_name=workflow,
        workflow_rev=1,
        status=status,
        started_at="",
        duration=duration,
        error=error,
    )


FOUND = (step("1"), step("lookup"), step("found"))
BROKEN = (step("1"), step("lookup", error="no answer"))
RESCUED = (step("1"), step("lookup", error="no answer"), step("sorry"))


def tally_of(*runs):
    tally = ReplayTally()
    for number, (status, steps) in enumerate(runs, 1):
        tally.add(run(number, status), steps, f"orders.ndjson:{number}")
    return tally


def test_runs_are_counted_by_status_and_by_path():
    tally = tally_of(("completed", FOUND), ("failed", BROKEN), ("completed", FOUND))

    order = tally.workflows["order"]
    assert {"completed": 2, "failed": 1} == tally.statuses
    assert [
        (RunPath("completed", ("1", "lookup", "found"), ()), 2, (1, "orders.ndjson:1")),
        (RunPath("failed", ("1", "lookup"), (2,)), 1, (2, "orders.ndjson:2")),
    ] == order.paths


def test_a_way_on_an_error_is_another_way():
    tally = tally_of(("completed", FOUND), ("completed", RESCUED))

    assert {
        RunTransition("1", "lookup", on_error=False): 2,
        RunTransition("lookup", "found", on_error=False): 1,
        RunTransition("lookup", "sorry", on_error=True): 1,
    } == tally.workflows["order"].ways


def test_failures_are_counted_by_step_and_message_with_an_example():
    tally = tally_of(("completed", FOUND), ("failed", BROKEN), ("completed", RESCUED))
    tally.add(run(9, "timed out", error="the run took longer than 300 seconds"), FOUND)

    assert [
        ("lookup", "no answer", 2, 1, (2, "orders.ndjson:2")),
        ("", "the run took longer than 300 seconds", 1, 0, (9, "")),
    ] == list(tally.workflows["order"].failures)


@pytest.mark.parametrize(
    ("said", "counted"),
    [
        ('no customer has the id "5f75c63cd5c0384ad82a17ae"', 'no customer has the id "<id>"'),
        ("6d1b4f0e-58a1-4b02-8f0e-9a4be4a6f2c1 is gone", "<id> is gone"),
        ("ada.b+c@example.co.uk is Ada's", "<address> is Ada's"),
        ("order ORD-123456 of 2026-01-02T03:04:05.000Z", "order ORD-<number> of <time>"),
        ("it has 1,234.50 of 999", "it has <number> of 999"),
        ("the server answered 503", "the server answered 503"),
    ],
)
def test_messages_that_differ_in_values_are_one(said, counted):
    assert counted == without_values(said)
    assert counted == without_values(counted)


def test_many_messages_of_a_step_become_ever_fewer():
    tally = ReplayTally()
    for number in range(500):
        tally.add(run(number), [step("1", warnings=[f'"{number % 250}" is unknown'])])
    for number in range(500):
        tally.add(run(number), [step("1", warnings=[f"{chr(945 + number)} is unknown"])])

    messages = {each.text: each.times for each in tally.workflows["order"].warnings}

    assert {f'"{number}" is unknown': 2 for number in range(ROOM)}.items() <= messages.items()
    assert 500 - 2 * ROOM == messages['"…" is unknown']
    assert 2 * ROOM + 1 == len(messages)
    assert 1000 == sum(messages.values())
    assert 500 - (ROOM - 1) == messages[OTHER]


def test_records_are_counted_by_kind_and_those_of_a_stub_are_not():
    steps = (
        step("1"),
        step("a", "kustomer.customer.create", output={"id": "x"}),
        step("b", "kustomer.kobject.create-with-customer", output={"klass": "order"}),
        step("c", "kustomer.kobject.create", error="no klass"),
        step("d", "kustomer.note.create", stub="stubs.yaml:1"),
        step("e", "kustomer.customer.find"),
        step("f", "kustomer.message.create", input={"customer": "x"}),
        step("g", "kustomer.message.create", input={"conversation": "x"}),
    )

    assert {
        "message": 2,
        "conversation": 1,
        "customer": 1,
        "kobject.order": 1,
    } == tally_of(("completed", steps)).created


@pytest.mark.parametrize("action", [name for name in ACTIONS if ".create" in name])
def test_every_action_that_creates_is_counted(action):
    assert tally_of(("completed", [step("a", action)])).created


def test_the_slowest_are_kept_and_runs_without_a_time_are_not():
    tally = ReplayTally()
    for number in range(100):
        tally.add(run(number, duration=float(number % 50)), FOUND, f"file:{number}")
    tally.add(run(100, duration=None), FOUND)

    assert SLOWEST == len(tally.slowest)
    assert [(49, "file:49"), (99, "file:99"), (48, "file:48")] == [
        (each.run["number"], each.place) for each in tally.slowest[:3]
    ]


def test_paths_without_end_take_no_more_memory():
    tally = ReplayTally()
    for number in range(MOST_PATHS + 10):
        tally.add(run(number), [step("1"), step(f"s{number}")])
    tally.add(run(9999, "stopped"), [step("1")] + [step("loop")] * LONGEST_PATH)

    order = tally.workflows["order"]
    assert MOST_PATHS == len(order.paths)
    assert {"completed": 10, "stopped": 1} == order.others
    assert MOST_PATHS + 11 == tally.runs
    assert LONGEST_PATH - 1 == order.ways[RunTransition("loop", "loop", on_error=False)]
    assert order.ways == ReplayTally.from_json(tally.as_json()).workflows["order"].ways


def test_payloads_are_counted_with_the_time_they_took():
    tally = ReplayTally()
    for number in range(9):
        tally.accept()
        tally.reject(f"line {number + 1000} is no JSON", f"orders.ndjson:{number}")
    tally.seconds = 2.0

    assert (9, 9, 9.0) == (tally.accepted, tally.rejected, tally.rate)
    assert [("", "line <number> is no JSON", 9, 0, (0, "orders.ndjson:0"))] == list(
        tally.rejections
    )


STEPS = st.sampled_from(
    [
        step("a", "kustomer.note.create"),
        step("b", error="no 12345"),
        step("b", error="no"),
        step("c", warnings=['the "x" was cast', "nothing"]),
    ]
)
RUNS = st.lists(
    st.tuples(
        st.sampled_from(["completed", "stopped", "failed"]),
        st.lists(STEPS, min_size=1, max_size=4),
        st.floats(0, 9, width=16),
        st.sampled_from(["order", "nps"]),
    ),
    max_size=12,
)


@given(runs=RUNS, cut=st.integers(0, 12))
def test_what_was_kept_is_gone_on_with_as_if_it_had_not_been_left(runs, cut):
    whole, kept = ReplayTally(), ReplayTally()
    for number, (status, steps, duration, workflow) in enumerate(runs):
        if number == cut:
            kept = ReplayTally.from_json(json.loads(json.dumps(kept.as_json())))
        ended = run(number, status, duration, workflow=workflow)
        for tally in (whole, kept):
            tally.accept()
            tally.add(ended, steps, f"file:{number}")

    assert whole.as_json() == kept.as_json()
