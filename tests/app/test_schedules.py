"""Scheduled runs: the order, the clock, and the platform's limit."""

import json

import pytest

from kobjctl.app import runs, schedules
from kobjctl.model.workflow import Workflow

NOON = "2026-01-02T12:00:00.000Z"
ID = "673e81eb496bbd0347073e76"


@pytest.fixture
def callee(world):
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
    with world.store.transaction():
        world.store.workflows.add(Workflow.from_document(document, workflow_id=ID), NOON)
    return ID


@pytest.fixture
def schedule(world, callee):
    def schedule(run_at, inputs=None):
        with world.store.transaction():
            world.store.schedules.add(
                world.new_id(), callee, json.dumps(inputs or {}), run_at, None, NOON
            )

    return schedule


def started(world, until):
    return [
        (done.number, report.run.started_at[11:19])
        for done, reports in schedules.run_due(world, until)
        for report in reports
    ]


def test_runs_start_in_the_order_they_are_due_each_at_its_time(world, schedule):
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
    ] == started(world, "2026-01-02T12:30:00.000Z")
    assert [3] == [each.number for each in world.store.schedules.waiting(9)]


def test_a_run_that_schedules_itself_runs_as_long_as_the_clock_moves(world, schedule):
    schedule(NOON, {"every": 600})

    times = [at for _, at in started(world, "2026-01-02T12:30:00.000Z")]

    assert ["12:00:00", "12:10:00", "12:20:00", "12:30:00"] == times
    assert ["2026-01-02T12:40:00.000Z"] == [
        each.run_at for each in world.store.schedules.waiting(9)
    ]


def test_a_thousand_start_in_fifteen_minutes_and_the_others_wait(world, schedule):
    for _ in range(1003):
        schedule(NOON)

    assert 1000 == len(started(world, NOON))
    assert "2026-01-02T12:15:00.000Z" == schedules.held_back(world, NOON)
    assert [] == started(world, "2026-01-02T12:14:59.999Z")
    assert [(1001, "12:15:00"), (1002, "12:15:00"), (1003, "12:15:00")] == started(
        world, "2026-01-02T12:15:00.000Z"
    )
    assert not schedules.held_back(world, "2026-01-02T12:15:00.000Z")


def test_a_workflow_that_schedules_itself_at_once_stops_at_the_limit(world, schedule):
    schedule(NOON, {"every": 0})

    assert 1000 == len(started(world, NOON))


def test_the_cause_of_a_scheduled_run_is_the_run_that_scheduled_it(world, schedule):
    schedule(NOON, {"every": 60})
    until = "2026-01-02T12:01:00.000Z"

    first, second = (report for _, reports in schedules.run_due(world, until) for report in reports)

    assert (None, first.run.number) == (first.run.cause, second.run.cause)
    (scheduled,) = runs.report(world, str(first.run.number)).scheduled
    assert second.run.number == scheduled.run


def test_after_ctrl_c_the_others_wait(world, schedule, monkeypatch):
    for _ in range(3):
        schedule(NOON, {"every": 60})

    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(world.store.schedules, "add", interrupt)

    assert ["interrupted"] == [
        report.run.status for _, reports in schedules.run_due(world, NOON) for report in reports
    ]
    assert 2 == world.store.schedules.count_waiting()
