"""Scheduled runs: the order, the clock, and the platform's limit."""

import itertools
import json
import signal
from datetime import datetime, timedelta

import pytest

from kobjctl.app.runs import runs, schedules
from kobjctl.model.clock import format_instant
from kobjctl.model.workflow import Workflow

NOON = "2026-01-02T12:00:00.000Z"
ID = "673e81eb496bbd0347073e76"


@pytest.fixture
def callee(engine):
    """A callable workflow that schedules itself again after `every` seconds, if told so."""
    again = {
        "runAt": {"type": "relative", "value": "/#steps.1.every"},
        "workflowId": ID,
        "inputs": {"every": "/#steps.1.every"},
    }
    document = {
        "name": "callee",
        "trigger": {
            "callable": True,
            "transitions": [
                {"target": "again", "condition": {"op": "exists", "values": ["/#steps.1.every"]}}
            ],
        },
        "steps": [
            {
                "id": "again",
                "action": "kustomer.app.scheduler.schedule-workflow",
                "params": again,
                "transitions": [],
            }
        ],
    }
    with engine.org.store.transaction():
        engine.org.store.workflows.add(Workflow.from_document(document, workflow_id=ID), NOON)
    return ID


@pytest.fixture
def schedule(engine, callee):
    def schedule(run_at, inputs=None):
        with engine.org.store.transaction():
            engine.org.store.schedules.add(
                engine.org.new_id(), callee, json.dumps(inputs or {}), run_at, None, NOON
            )

    return schedule


def started(engine, until):
    return [
        (done.number, report.run.started_at[11:19])
        for done, reports in schedules.run_due(engine, until)
        for report in reports
    ]


def test_runs_start_in_the_order_they_are_due_each_at_its_time(engine, schedule):
    schedule("2026-01-02T12:30:00.000Z")
    schedule("2026-01-02T12:10:00.000Z")
    schedule("2026-01-02T12:31:00.000Z")
    schedule("2026-01-02T12:10:00.000Z")
    schedule("2026-01-02T11:00:00.000Z")

    assert [
        (5, "12:00:00"),
        (2, "12:10:00"),
        (4, "12:10:00"),
        (1, "12:30:00"),
    ] == started(engine, "2026-01-02T12:30:00.000Z")
    assert [3] == [each.number for each in engine.org.store.schedules.waiting(9)]


def test_a_run_that_schedules_itself_runs_as_long_as_the_clock_moves(engine, schedule):
    schedule(NOON, {"every": 600})

    times = [at for _, at in started(engine, "2026-01-02T12:30:00.000Z")]

    assert ["12:00:00", "12:10:00", "12:20:00", "12:30:00"] == times
    assert ["2026-01-02T12:40:00.000Z"] == [
        each.run_at for each in engine.org.store.schedules.waiting(9)
    ]


def test_a_thousand_start_in_fifteen_minutes_and_the_others_wait(engine, schedule):
    for _ in range(1003):
        schedule(NOON)

    assert 1000 == len(started(engine, NOON))
    assert "2026-01-02T12:15:00.000Z" == schedules.backlog(engine.org, NOON).held_until
    assert [] == started(engine, "2026-01-02T12:14:59.999Z")
    assert [(1001, "12:15:00"), (1002, "12:15:00"), (1003, "12:15:00")] == started(
        engine, "2026-01-02T12:15:00.000Z"
    )
    assert not schedules.backlog(engine.org, "2026-01-02T12:15:00.000Z").held_until


def test_a_workflow_that_schedules_itself_at_once_stops_at_the_limit(engine, schedule):
    schedule(NOON, {"every": 0})

    assert 1000 == len(started(engine, NOON))


def test_all_that_is_due_is_run_while_the_clock_goes_on(outside, engine, schedule):
    begin, ticks = datetime.fromisoformat(NOON), itertools.count()
    outside.now = lambda: format_instant(begin + timedelta(milliseconds=next(ticks)))
    for _ in range(20):
        schedule("2026-01-02T11:00:00.000Z")
    until = engine.org.now()

    assert 20 == len(started(engine, until))
    assert schedules.Backlog(0, None) == schedules.backlog(engine.org, until)


def test_what_becomes_due_meanwhile_is_told_as_due(outside, engine, schedule):
    schedule("2026-01-02T12:00:01.000Z")

    assert [] == started(engine, NOON)
    assert not schedules.backlog(engine.org, NOON).is_due
    outside.now = lambda: "2026-01-02T12:00:02.000Z"
    assert schedules.backlog(engine.org, NOON).is_due


def test_while_the_clock_is_moved_on_every_run_has_the_time_it_is_due_at(outside, engine, schedule):
    begin, ticks = datetime.fromisoformat(NOON), itertools.count()
    outside.now = lambda: format_instant(begin + timedelta(minutes=next(ticks)))
    for minute in (1, 2, 3):
        schedule(f"2026-01-02T12:{minute:02}:00.000Z")

    times = [at for _, at in started(engine, "2026-01-02T12:30:00.000Z")]

    assert ["12:01:00", "12:02:00", "12:03:00"] == times


def test_runs_that_a_moved_clock_dated_later_leave_room_for_those_of_the_present(
    outside, engine, schedule
):
    for _ in range(1000):
        schedule("2026-01-02T12:10:00.000Z")
    assert 1000 == len(started(engine, "2026-01-02T12:10:00.000Z"))
    schedule(NOON)
    outside.now = lambda: NOON

    assert [(1001, "12:00:00")] == started(engine, NOON)

    schedule(NOON)
    outside.now = lambda: "2026-01-02T12:11:00.000Z"
    assert [] == started(engine, "2026-01-02T12:24:59.999Z")
    held = schedules.backlog(engine.org, "2026-01-02T12:24:59.999Z").held_until
    assert "2026-01-02T12:25:00.000Z" == held


def test_the_cause_of_a_scheduled_run_is_the_run_that_scheduled_it(engine, schedule):
    schedule(NOON, {"every": 60})
    until = "2026-01-02T12:01:00.000Z"

    first, second = (
        report for _, reports in schedules.run_due(engine, until) for report in reports
    )

    assert (None, first.run.number) == (first.run.cause, second.run.cause)
    (scheduled,) = runs.report(engine.org.store, str(first.run.number)).scheduled
    assert second.run.number == scheduled.run


def test_after_ctrl_c_the_others_wait(engine, schedule, monkeypatch):
    for _ in range(3):
        schedule(NOON, {"every": 60})

    add = engine.org.store.schedules.add

    def interrupt(*columns):
        signal.raise_signal(signal.SIGINT)
        return add(*columns)

    monkeypatch.setattr(engine.org.store.schedules, "add", interrupt)

    assert ["completed"] == [
        report.run.status for _, reports in schedules.run_due(engine, NOON) for report in reports
    ]
    assert 3 == engine.org.store.schedules.count_waiting()
