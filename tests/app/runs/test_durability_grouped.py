"""Orders that share one commit: all of them are kept or none, and each is a run of its own."""

import json
from pathlib import Path

import pytest

from kobjctl.app.definitions import hooks
from kobjctl.app.definitions.apply import apply
from kobjctl.app.org.opening import open_org
from kobjctl.app.runs import runs
from kobjctl.app.runs.execute import carry_out
from kobjctl.app.runs.payload import read_body
from kobjctl.app.runs.receive import receive, to_hook
from kobjctl.engine.engine import engine_of

SAMPLES = Path(__file__).parents[3] / "sample_workflows"


@pytest.fixture
def org(tmp_path):
    """An org on a disk, with the order workflow."""
    engine = engine_of(open_org(tmp_path / "org.db"))
    apply(engine.org, [SAMPLES / "order.yaml"])
    yield engine
    engine.org.store.close()


@pytest.fixture
def outside(org):
    """The same org as another process sees it."""
    engine = engine_of(open_org(org.org.store.path))
    yield engine
    engine.org.store.close()


def send(engine, **order):
    hook = hooks.get(engine.org.store, "orders")
    carry_out(
        engine,
        receive(
            engine.org, to_hook(hook, read_body(hook, json.dumps(order).encode(), "order.json"))
        ),
    )


def send_and_raise(engine, *orders):
    for order in orders:
        send(engine, **order)
    raise KeyboardInterrupt


def counts(engine):
    """Give the numbers of runs, KObjects and customers."""
    return tuple(
        engine.org.store.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - ours
        for table in ("runs", "kobjects", "customers")
    )


def test_orders_that_share_a_commit_are_seen_together(org, outside):
    with org.org.store.transaction():
        for number in range(3):
            send(org, email="test@example.com", orderId=str(number))
        before = counts(outside)

    assert (0, 0, 0) == before
    assert (3, 3, 1) == counts(outside)


def test_what_is_raised_between_them_undoes_them_all(org, outside):
    with pytest.raises(KeyboardInterrupt), org.org.store.transaction():
        send_and_raise(org, {"email": "a@example.com"}, {"email": "b@example.com"})
    after_that = counts(outside)

    send(org, email="test@example.com")

    assert (0, 0, 0) == after_that
    assert (1, 1, 1) == counts(outside)


def test_a_run_that_fails_among_them_keeps_its_log_and_the_others_their_effects(org, outside):
    with org.org.store.transaction():
        send(org, email="a@example.com")
        send(org, email="is no address")
        send(org, email="b@example.com")

    assert (3, 2, 2) == counts(outside)
    failed = runs.report(outside.org.store, "2")
    assert ["completed", "failed", "completed"] == [
        runs.report(outside.org.store, str(number)).run.status for number in (1, 2, 3)
    ]
    assert ("create-customer", "failed") == (failed.steps[-1].step_id, failed.steps[-1].status)
