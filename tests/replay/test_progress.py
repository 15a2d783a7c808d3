"""What became of the runs that a killed replay had under way is counted as it would have done."""

from pathlib import Path

from kobjctl.app.definitions import hooks
from kobjctl.app.definitions.apply import apply
from kobjctl.app.runs import schedules
from kobjctl.app.runs.execute import carry_out
from kobjctl.app.runs.payload import read_body
from kobjctl.app.runs.receive import receive, to_hook
from kobjctl.replay.progress import Progress
from kobjctl.replay.rejects import RejectFile
from kobjctl.replay.tally import ReplayTally
from kobjctl.store.replays import Replay

WORKFLOWS = Path(__file__).parent.parent / "app" / "soak" / "workload.yaml"
ORDER = b'{"email": "ada@example.com", "rounds": 1, "delay": 1}'


def test_what_a_run_scheduled_is_not_counted_as_set_off_by_it(engine, tmp_path):
    apply(engine.org, [WORKFLOWS])
    hook = hooks.get(engine.org.store, "orders")
    received = receive(engine.org, to_hook(hook, read_body(hook, ORDER, "order.json")))
    done = carry_out(engine, received)
    scheduled = list(schedules.run_due(engine, "2026-01-03T12:00:00.000Z"))
    state = {"tally": ReplayTally().as_json(), "underWay": [*received.numbers], "rejects": 0}
    left = Replay(1, "orders", {}, 1, state, engine.org.owner, engine.org.now())

    tally = Progress(engine.org, left, RejectFile(tmp_path / "rejects")).tally

    assert 2 == len(scheduled)
    # The customer's creation greets it, which somebody hears of.
    assert len(received.runs) + 2 == len(done) == tally.runs
    assert "chain" not in tally.workflows
