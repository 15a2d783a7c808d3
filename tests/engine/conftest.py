"""A way to walk a workflow document with a payload, down to what is written of it."""

import json
from typing import NamedTuple

import pytest

from kobjctl.app.definitions import hooks, klasses
from kobjctl.app.runs.payload import read_body
from kobjctl.app.runs.receive import receive, to_hook
from kobjctl.engine.journal import Journal
from kobjctl.engine.outcome import LIMITS, Outcome
from kobjctl.engine.plan import compile_workflow
from kobjctl.engine.runner import walk
from kobjctl.model.run import StepLog
from kobjctl.model.workflow import Workflow


class Walked(NamedTuple):
    """How a walk ended, and the log that was written of it."""

    outcome: Outcome
    steps: list[StepLog]

    @property
    def path(self):
        return [step.step_id for step in self.steps]


@pytest.fixture
def start(world):
    """Walk a document with a payload in an org that has the Klass `order`; give a `Walked`."""
    klasses.create(world, [{"name": "order"}])

    def start(document, payload=None, limits=LIMITS):
        hook = hooks.create(world, f"hook-{world.new_id()}")
        document = {**document, "name": world.new_id()}
        document["trigger"] = {**document["trigger"], "eventName": hook.event_name}
        workflow = Workflow.from_document(document, workflow_id=world.new_id())
        with world.store.transaction():
            world.store.workflows.add(workflow, world.now())
        body = read_body(hook, json.dumps(payload).encode(), "payload")
        received = receive(world, to_hook(hook, body))
        [number] = received.numbers
        journal = Journal(world, number, [])
        with world.store.transaction():
            outcome = walk(
                compile_workflow(workflow), received.event.output(), journal, world, limits
            )
            journal.write()
            world.store.runs.finish(number, outcome.status, 0.0, outcome.error)
        return Walked(outcome, world.store.step_log.steps(number))

    return start
