"""What JavaScript loses of a payload stands in the log of the run, whoever carries it out."""

import pytest

from kobjctl.app.definitions import hooks
from kobjctl.app.runs.execute import carry_out, execute
from kobjctl.app.runs.payload import read_body
from kobjctl.app.runs.receive import receive, to_hook
from kobjctl.model.workflow import Workflow

PAYLOAD = b'{"id": 7234567890123456789, "a": 1, "a": 2}'
LOSSES = [
    '"id" loses digits: 7234567890123456789 is read as 7234567890123457000; text keeps them all',
    '"a" is there twice: the last value counts',
]


@pytest.fixture
def accepted(engine):
    """A payload that is kept, for one run that waits."""
    org = engine.org
    hook = hooks.create(org, "posts")
    document = {"name": "w", "trigger": {"eventName": hook.event_name, "transitions": []}}
    with org.store.transaction():
        org.store.workflows.add(
            Workflow.from_document({**document, "steps": []}, workflow_id=org.new_id()), org.now()
        )
    return receive(org, to_hook(hook, read_body(hook, PAYLOAD, "post.json")))


@pytest.mark.parametrize("later", [False, True])
def test_the_log_of_step_1_tells_what_a_payload_lost(accepted, engine, later):
    [number] = accepted.numbers

    if later:
        # As another process does, which has only what is kept.
        execute(engine, number)
    else:
        carry_out(engine, accepted)

    [step] = engine.org.store.step_log.steps(number)
    assert LOSSES == step.warnings
    assert {"id": 7234567890123457000, "a": 2} == step.output["attributes"]["data"]
