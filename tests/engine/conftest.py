"""A way to walk a workflow document with a payload, down to what is written of it."""

import json
from typing import NamedTuple

import pytest

from kobjctl.app.definitions import hooks, klasses
from kobjctl.app.runs.payload import read_body
from kobjctl.app.runs.receive import receive, to_hook
from kobjctl.engine.journal import Journal
from kobjctl.engine.outcome import Outcome
from kobjctl.engine.plan import compile_workflow
from kobjctl.engine.runner import walk
from kobjctl.model.run import LIMITS, StepLog
from kobjctl.model.workflow import Workflow


class Walked(NamedTuple):
    """How a walk ended, and the log that was written of it."""

    outcome: Outcome
    steps: list[StepLog]

    @property
    def path(self):
        return [step.step_id for step in self.steps]


@pytest.fixture
def start(engine):
    """Walk a document with a payload in an org that has the Klass `order`; give a `Walked`."""
    klasses.create(engine.org, [{"name": "order"}])

    def start(document, payload=None, limits=LIMITS):
        hook = hooks.create(engine.org, f"hook-{engine.org.new_id()}")
        document = {**document, "name": engine.org.new_id()}
        document["trigger"] = {**document["trigger"], "eventName": hook.event_name}
        workflow = Workflow.from_document(document, workflow_id=engine.org.new_id())
        with engine.org.store.transaction():
            engine.org.store.workflows.add(workflow, engine.org.now())
        body = read_body(hook, json.dumps(payload).encode(), "payload")
        received = receive(engine.org, to_hook(hook, body))
        [number] = received.numbers
        context = engine._replace(limits=limits).context(number, 1)
        journal = Journal(context, number, [])
        with engine.org.store.transaction():
            outcome = walk(compile_workflow(workflow), received.event.output(), journal, context)
            journal.write()
            engine.org.store.runs.finish(number, outcome.status, 0.0, outcome.error)
        return Walked(outcome, engine.org.store.step_log.steps(number))

    return start
