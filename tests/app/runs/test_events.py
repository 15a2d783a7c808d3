"""Runs that set off others: what is emitted, in which order, and what a crash leaves of it."""

import itertools

import pytest

from kobjctl.actions import ACTIONS
from kobjctl.actions.base import action, carry_out
from kobjctl.app.definitions import klasses
from kobjctl.app.runs import events
from kobjctl.app.runs.execute import execute
from kobjctl.app.runs.recover import recover
from kobjctl.engine import plan
from kobjctl.model.run import Limits
from kobjctl.model.workflow import Workflow
from kobjctl.records.fields import Fields
from kobjctl.store.runs import RunFilter


@pytest.fixture
def load(engine):
    """Load a workflow that on an event takes steps one after the other: (action, params)."""

    def load(name, event, *steps, when=None):
        ids = [f"s{number}" for number, _ in enumerate(steps)]
        follow = [[{"target": after}] for after in ids[1:]] + [[]]
        first = {"target": ids[0], **({"condition": when} if when else {})} if ids else None
        document = {
            "name": name,
            "trigger": {"eventName": event, "transitions": [first] if first else []},
            "steps": [
                {"id": each, "action": act, "params": params, "transitions": after}
                for each, (act, params), after in zip(ids, steps, follow, strict=False)
            ],
        }
        with engine.org.store.transaction():
            engine.org.store.workflows.add(
                Workflow.from_document(document, workflow_id=engine.org.new_id()), engine.org.now()
            )

    return load


PUBLISH = "kustomer.event.publish"
CREATE = "kustomer.customer.create"
UPDATE = "kustomer.customer.update"


def ran(sent):
    return [report.run.workflow_name for report in sent.reports]


def test_runs_that_are_set_off_run_in_the_order_they_were_emitted(engine, load):
    load("first", "go", (PUBLISH, {"eventName": "b"}), (PUBLISH, {"eventName": "a"}))
    load("second", "go", (PUBLISH, {"eventName": "b"}))
    load("a", "a", (PUBLISH, {"eventName": "c"}))
    load("b", "b")
    load("c", "c")

    sent = events.send(engine, "go", {})

    assert ["first", "second", "b", "a", "b", "c"] == ran(sent)
    assert [None, None, 1, 1, 2, 4] == [report.run.cause for report in sent.reports]


def test_nothing_is_set_off_before_the_run_has_committed(engine, load):
    load("make", "go", (CREATE, {"name": "Ada"}), (PUBLISH, {"eventName": "look"}))
    load("look", "look", ("kustomer.customer.find", {"identifier": "/#steps.1.id"}))

    sent = events.send(engine, "go", {})

    assert "completed" == sent.reports[0].run.status
    assert sent.reports[0].steps[-1].started_at <= sent.reports[1].run.started_at
    assert (sent.reports[1].run,) == sent.reports[0].set_off


def test_an_event_that_nobody_hears_is_not_kept(engine, load):
    load("make", "go", (CREATE, {"name": "Ada"}))

    events.send(engine, "go", {})

    assert 1 == engine.org.store.events.newest()


def test_an_update_tells_what_was_before_and_after(engine, load):
    load("make", "go", (CREATE, {"name": "Ada", "custom": {"aStr": "1", "bStr": "2"}}))
    load(
        "change",
        "kustomer.customer.create",
        (UPDATE, {"id": "/#steps.1.id", "custom": {"aStr": "9"}, "name": None}),
    )
    load("hear", "kustomer.customer.update")

    changes = events.send(engine, "go", {}).reports[2].steps[0].output["changes"]["attributes"]

    assert {
        "op": "replace",
        "before": {"aStr": "1", "bStr": "2"},
        "after": {"aStr": "9", "bStr": "2"},
    } == changes["custom"]
    assert ("Ada", None) == (changes["name"]["before"], changes["name"]["after"])


@pytest.fixture
def half_way(monkeypatch):
    """An action that makes a customer and then fails."""

    @action("test.half-way", label="Test: Half Way", output={"id": "text"})
    def perform(params: Fields, context) -> None:
        """Make a customer and fail."""
        carry_out(ACTIONS[CREATE], {"name": "nobody"}, context)
        raise ValueError("half way")

    monkeypatch.setattr(plan, "ACTIONS", {CREATE: ACTIONS[CREATE], "test.half-way": perform})


def test_what_a_failed_step_emitted_is_undone_with_what_it_wrote(engine, load, half_way):
    load("make", "go", (CREATE, {"name": "Ada"}), ("test.half-way", {}))
    load("hear", "kustomer.customer.create")

    sent = events.send(engine, "go", {})

    assert ["make", "hear"] == ran(sent)
    assert "Ada" == sent.reports[1].steps[0].output["name"]
    assert "failed" == sent.reports[0].run.status


def test_a_chain_is_cut_and_shown(engine, load):
    load("ping", "ping", (PUBLISH, {"eventName": "pong"}))
    load("pong", "pong", (PUBLISH, {"eventName": "ping"}))

    sent = events.send(engine._replace(limits=Limits(chain=50)), "ping", {})

    assert 51 == len(sent.reports)
    last = sent.reports[-1]
    assert ("failed", (), ()) == (last.run.status, last.steps, last.set_off)
    assert (
        'longer than 50 and was cut here: runs 1 "ping" → 2 "pong" → 3 "ping" → 45 more'
        ' → 49 "ping" → 50 "pong" → 51 "ping"'
    ) in last.run.error


def test_a_chain_of_just_the_limit_is_whole(engine, load):
    for number in range(5):
        load(f"w{number}", f"e{number}", (PUBLISH, {"eventName": f"e{number + 1}"}))

    sent = events.send(engine._replace(limits=Limits(chain=5)), "e0", {})

    assert ["completed"] * 5 == [report.run.status for report in sent.reports]


def test_what_was_set_off_before_a_crash_is_run_by_the_next_start(engine, load):
    load("first", "go", (PUBLISH, {"eventName": "a"}))
    load("a", "a", (PUBLISH, {"eventName": "b"}))
    load("b", "b")
    with engine.org.store.transaction():
        number = engine.org.store.events.add(engine.org.new_id(), "go", "{}", engine.org.now())
        (workflow,) = engine.org.store.workflows.listening("go")
        run = engine.org.store.runs.accept(
            engine.org.new_id(), number, workflow, engine.org.owner, engine.org.now()
        )
    execute(engine, run)
    assert [2] == [each.number for each in engine.org.store.runs.all_unfinished()]

    engine.org.store.connection.execute("UPDATE runs SET owner = 'gone'")

    assert 2 == recover(engine).finished
    assert ["b", "a", "first"] == [
        run.workflow_name for run in engine.org.store.runs.list(RunFilter(), 9)
    ]
    assert {"completed"} == {run.status for run in engine.org.store.runs.list(RunFilter(), 9)}
    assert 0 == recover(engine).finished


def test_a_kobject_changes_its_customer_and_says_so(outside, engine, load):
    klasses.create(engine.org, [{"name": "order"}])
    times = itertools.count(1)
    outside.now = lambda: f"2026-01-02T12:00:{next(times):02}.000Z"
    load(
        "make",
        "go",
        (CREATE, {"name": "Ada"}),
        (
            "kustomer.kobject.create-with-customer",
            {"klassName": "order", "customer": "/#steps.s0.id", "title": "x", "data": {}},
        ),
    )
    load("made", "kustomer.kobject.order.create")
    load("hear", "kustomer.customer.update")

    sent = events.send(engine, "go", {})

    assert ["make", "made", "hear"] == ran(sent)
    changes = sent.reports[2].steps[0].output["changes"]["attributes"]
    assert {"updatedAt", "lastActivityAt", "lastCustomerActivityAt", "rev", "recentItems"} == set(
        changes
    )
