"""What the call of a workflow gives."""

import pytest

from kobjctl.app.runs.calls import call
from kobjctl.model.workflow import ALWAYS, RESPONDING, Workflow

EVENT = "kustomer.app.shop.asked"
PUBLISH = {"id": "tell", "action": "kustomer.event.publish", "params": {"eventName": EVENT}}
ANSWER = {
    "id": "answer",
    "action": RESPONDING,
    "params": {"outputs": {"order": "/#steps.1.order", "state": "sent"}},
}


def schema(*names):
    return {"response": {"schema": {"properties": {name: {} for name in names}, "required": []}}}


@pytest.fixture
def response(engine):
    """Return the response of a call of a workflow that takes steps one after the other."""

    def response(*steps, way=ALWAYS, **document):
        first, *others = [step["id"] for step in steps]
        linked = [
            {**step, "transitions": [{"target": target, "condition": way}] if target else []}
            for step, target in zip(steps, [*others, None], strict=True)
        ]
        trigger = {"callable": True, "transitions": [{"target": first}]}
        called = {"name": "ask", "trigger": trigger, "steps": linked, **document}
        with engine.org.store.transaction():
            workflow = Workflow.from_document(called, workflow_id="673e81eb496bbd0347073e76")
            engine.org.store.workflows.add(workflow, engine.org.now())
        return call(engine, "ask", {"order": "17"}).response

    return response


@pytest.mark.parametrize("document", [{}, {"response": {}}, schema(), {"response": {"schema": {}}}])
def test_without_fields_in_its_schema_a_call_gives_nothing(response, document):
    assert response(PUBLISH, **document) is None


def test_a_call_gives_the_fields_of_its_schema_that_a_step_gave(response):
    assert {"eventName": EVENT} == response(PUBLISH, **schema("eventName", "other"))


@pytest.mark.parametrize(
    "action",
    [RESPONDING, "kustomer.workflow.response", "kustomer.app.scheduler.workflow-respond"],
)
@pytest.mark.parametrize("document", [{}, schema("eventName")])
def test_a_step_that_responds_gives_its_outputs(response, action, document):
    given = response({**ANSWER, "action": action}, PUBLISH, **document)

    assert {"order": "17", "state": "sent"} == given


def test_a_run_that_does_not_get_to_its_answer_gives_nothing(response):
    never = {"op": "exists", "values": ["/#steps.1.nothing"]}

    assert response(PUBLISH, ANSWER, way=never, **schema("eventName")) is None
