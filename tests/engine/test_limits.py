"""How far a run may go, how it is ended from outside, and what is measured."""

import itertools
import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kobjctl.engine.journal import Journal
from kobjctl.engine.outcome import describe
from kobjctl.engine.plan import compile_workflow
from kobjctl.model.errors import ConflictError, KobjctlError, UsageError
from kobjctl.model.run import LIMITS, Limits
from kobjctl.model.workflow import Workflow

LATE = 10**9


def chain(length):
    """Give a workflow of so many steps in a row."""
    steps = [{"id": f"s{n}", "transitions": [{"target": f"s{n + 1}"}]} for n in range(1, length)]
    return {
        "trigger": {"transitions": [{"target": "s1"}]},
        "steps": [*steps, {"id": f"s{length}"}],
    }


LOOP = {
    "trigger": {"transitions": [{"target": "a"}]},
    "steps": [
        {"id": "a", "transitions": [{"target": "b"}]},
        {"id": "b", "transitions": [{"target": "a"}]},
    ],
}


@pytest.mark.parametrize(
    ("length", "status", "ran"), [(4, "completed", 4), (5, "completed", 5), (6, "failed", 5)]
)
def test_a_run_may_take_as_many_steps_as_the_limit(length, status, ran, start):
    walked = start(chain(length), limits=Limits(steps=5))

    assert status == walked.outcome.status
    assert ["1", *(f"s{number}" for number in range(1, ran + 1))] == walked.path


def test_a_run_over_the_limit_says_so(start):
    walked = start(LOOP, limits=Limits(steps=1000))

    assert ("failed", "the run was stopped after 1,000 steps") == walked.outcome
    assert 1001 == len(walked.steps)


def test_a_step_that_leads_to_itself_is_stopped(start):
    document = {
        "trigger": {"transitions": [{"target": "a"}]},
        "steps": [{"id": "a", "action": "kustomer.code", "errorCases": [{"target": "a"}]}],
    }

    walked = start(document, limits=Limits(steps=3))

    assert ("failed", ["1", "a", "a", "a"]) == (walked.outcome.status, walked.path)


def test_a_run_may_take_no_step_at_all(start):
    assert ["1"] == start(chain(1), limits=Limits(steps=0)).path


def test_the_limits_of_a_run_are_those_of_the_platform():
    assert (1000, 300.0, 50) == LIMITS[:3]


def test_a_run_that_takes_too_long_times_out(outside, start, engine):
    outside.tick = itertools.count(step=100.0).__next__

    walked = start(LOOP, limits=Limits(seconds=300.0))

    assert ("timed out", "the run took longer than 300 seconds") == walked.outcome
    assert ["1", "a"] == walked.path


@pytest.mark.parametrize(
    ("now", "status"), [(299.9, "completed"), (300.0, "completed"), (300.1, "timed out")]
)
def test_a_run_may_take_exactly_the_time_of_the_limit(outside, now, status, start, engine):
    times = itertools.chain([0.0], itertools.repeat(now))
    outside.tick = lambda: next(times)

    walked = start(chain(2))

    assert status == walked.outcome.status
    assert (["1"] if status == "timed out" else ["1", "s1", "s2"]) == walked.path


def test_what_was_done_before_the_time_was_up_stays(outside, start, engine):
    def tick():
        return LATE if engine.org.store.customers.all(1) else 0.0

    outside.tick = tick
    document = {
        "trigger": {"transitions": [{"target": "create"}]},
        "steps": [
            {
                "id": "create",
                "action": "kustomer.customer.create",
                "params": {"name": "Ada"},
                "transitions": [{"target": "end"}],
            },
            {"id": "end"},
        ],
    }

    walked = start(document)

    assert ("timed out", ["1", "create"]) == (walked.outcome.status, walked.path)
    assert "Ada" == engine.org.store.customers.all(1)[0].given["name"]


def test_a_step_that_is_the_last_may_end_late(outside, start, engine):
    times = itertools.chain([0.0] * 5, itertools.repeat(LATE))
    outside.tick = lambda: next(times)

    assert "completed" == start(chain(1)).outcome.status


def test_a_step_is_measured_in_milliseconds(outside, start, engine):
    outside.tick = itertools.count(step=0.5).__next__

    assert {500.0} == {step.duration for step in start(chain(2)).steps}


CREATE_TWO = {
    "trigger": {"transitions": [{"target": "first"}]},
    "steps": [
        {
            "id": "first",
            "action": "kustomer.customer.create",
            "params": {"name": "Ada"},
            "transitions": [{"target": "second"}],
        },
        {"id": "second", "action": "kustomer.customer.create", "params": {"name": "Bob"}},
    ],
}


def test_a_run_that_is_to_stop_is_left_between_two_steps(start, engine, monkeypatch):
    add = engine.org.store.customers.add

    def interrupted(customer):
        engine.interruption.ask()
        add(customer)

    monkeypatch.setattr(engine.org.store.customers, "add", interrupted)

    walked = start(CREATE_TWO)

    assert ("running", ["1", "first"]) == (walked.outcome.status, walked.path)
    assert ["Ada"] == [each.given["name"] for each in engine.org.store.customers.all(-1)]


def test_a_database_that_fails_is_no_failure_of_the_step(outside, start, engine):
    now, calls = outside.now, itertools.count()

    def break_it():
        # The log of the trigger and of the first step are behind us.
        if engine.org.store.customers.all(1) and next(calls) == 0:
            engine.org.store.connection.execute("PRAGMA query_only = ON")
        return now()

    outside.now = break_it

    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        start(CREATE_TWO)

    engine.org.store.connection.execute("PRAGMA query_only = OFF")
    assert [] == engine.org.store.customers.all(-1)


def test_a_journal_writes_each_row_once(start, engine):
    steps = start(chain(3)).steps
    journal = Journal(engine.context(1, 1), 1, steps)

    with engine.org.store.transaction():
        journal.write()
        journal.write()

    assert steps == engine.org.store.step_log.steps(1)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            ConflictError("taken", parameter="emails"),
            {
                "message": "taken",
                "name": "ConflictError",
                "statusCode": 409,
                "errors": [
                    {
                        "status": 409,
                        "code": "conflict",
                        "title": "taken",
                        "source": {"parameter": "emails"},
                    }
                ],
            },
        ),
        (UsageError("no", hint="yes"), {"message": "no", "name": "UsageError", "hint": "yes"}),
        (KobjctlError("no"), {"message": "no", "name": "KobjctlError"}),
        (ZeroDivisionError("by zero"), {"message": "by zero", "name": "ZeroDivisionError"}),
        (ZeroDivisionError(), {"message": "ZeroDivisionError", "name": "ZeroDivisionError"}),
    ],
)
def test_an_error_is_told_with_what_error_cases_can_read(error, told):
    assert told == describe(error)


def test_a_compiled_workflow_knows_its_steps_and_suggests_a_close_one():
    plan = compile_workflow(Workflow.from_document({"name": "w", **chain(2)}))

    assert "s2" == plan.step("s2").id
    with pytest.raises(KobjctlError, match='no step is called "S22"') as caught:
        plan.step("S22")
    assert 'did you mean "s2"?' == caught.value.hint


STEPS = [f"s{number}" for number in range(4)]
TRANSITIONS = st.lists(st.tuples(st.sampled_from(STEPS), st.booleans()), max_size=3)


def way(transitions):
    return [
        {
            "target": target,
            "condition": {"op": "eq", "values": ["/#steps.1.attributes.data", holds]},
        }
        for target, holds in transitions
    ]


def naive_path(trigger, steps, limit):
    """Follow the first way that holds, as simply as it can be said."""
    path, ways = ["1"], trigger
    while target := next((target for target, holds in ways if holds), None):
        if len(path) > limit:
            return path, "failed"
        path.append(target)
        ways = steps[target]
    return path, "stopped" if ways else "completed"


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(trigger=TRANSITIONS, ways=st.lists(TRANSITIONS, min_size=4, max_size=4))
def test_any_workflow_takes_the_first_way_that_holds(trigger, ways, start):
    steps = dict(zip(STEPS, ways, strict=True))
    document = {
        "trigger": {"transitions": way(trigger)},
        "steps": [{"id": step, "transitions": way(steps[step])} for step in reversed(STEPS)],
    }

    walked = start(document, payload=True, limits=Limits(steps=10))

    assert naive_path(trigger, steps, 10) == (walked.path, walked.outcome.status)
    looked_at = [[decision["holds"] for decision in step.decisions] for step in walked.steps]
    assert all(True not in held[:-1] for held in looked_at)
