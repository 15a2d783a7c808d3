"""A stub answers in place of an action before anything is done, also of one nobody knows."""

import pytest

from kobjctl.model.web import Response
from kobjctl.records.context import StubAnswer

CREATE = "kustomer.customer.create"
NLP = "kustomer.app.shop.mood"


def document(action, params, **more):
    steps = [
        {"id": "a", "action": action, "params": params, "transitions": [{"target": "b"}], **more},
        {"id": "b"},
        {"id": "c"},
    ]
    return {"trigger": {"transitions": [{"target": "a"}]}, "steps": steps}


@pytest.fixture
def asked(outside, engine):
    """What was asked of the stubs; each is answered with an output."""
    asked = []

    def answer(name, params):
        asked.append((name, params))
        return StubAnswer("stubs.yaml:3", {"SentimentType": 1})

    outside.stub = answer
    return asked


def test_an_unknown_action_is_answered(asked, start):
    walked = start(document(NLP, {"Text": "/#steps.1.attributes.data.text"}), {"text": "good"})

    step = walked.steps[1]
    assert [(NLP, {"Text": "good"})] == asked
    assert ("completed", {"SentimentType": 1}) == (step.status, step.output)
    assert ["answered by the stub stubs.yaml:3; nothing was done"] == step.warnings
    assert ("stubs.yaml:3", True, []) == (step.stub, step.is_stubbed, step.own_warnings)
    assert ["1", "a", "b"] == walked.path


def test_a_known_action_is_answered_and_does_nothing(asked, start, engine):
    walked = start(document(CREATE, {"email": "ada@example.com"}))

    assert {"SentimentType": 1} == walked.steps[1].output
    assert {"email": "ada@example.com"} == walked.steps[1].input
    assert [] == engine.org.store.customers.all(-1)


def test_a_warning_that_sounds_like_one_of_stubs_is_no_stub(outside, start, engine):
    outside.http = lambda _request: Response(200, (), b"", ("answered by the stub s.yaml:1",))

    step = start(document("kustomer.rest-api.json", {"uri": "https://example.com"})).steps[1]

    assert (False, None) == (step.is_stubbed, step.stub)
    assert ["answered by the stub s.yaml:1"] == step.own_warnings


def test_a_condition_step_is_not_asked_about(asked, start):
    start({"trigger": {"transitions": [{"target": "a"}]}, "steps": [{"id": "a"}]})

    assert [] == asked


def test_a_request_that_a_stub_answers_is_not_sent(outside, asked, start, engine):
    def send(request):
        raise AssertionError(request)

    outside.http = send

    walked = start(document("kustomer.rest-api.json", {"uri": "https://example.com"}))

    assert "completed" == walked.outcome.status


def test_a_left_out_parameter_is_told_beside_the_stub(asked, start):
    walked = start(document(NLP, {"Text": "/#steps.gone"}))

    assert [(NLP, {})] == asked
    left_out = 'the parameter "Text" was left out: /#steps.gone is missing'
    assert [left_out] == walked.steps[1].warnings[:1]
    assert [left_out] == walked.steps[1].own_warnings


def test_a_stub_may_fail_its_step(outside, start, engine):
    outside.stub = lambda _name, _params: StubAnswer("stubs.yaml:7", {}, "no mood")

    walked = start(document(NLP, {}))

    assert ("failed", "no mood") == walked.outcome[:2]
    expected = {
        "message": "no mood",
        "name": "StubFailureError",
        "hint": "the stub stubs.yaml:7 failed the step",
    }
    assert expected == walked.steps[1].error
    assert "stubs.yaml:7" == walked.steps[1].stub


def test_error_cases_see_the_failure_of_a_stub(outside, start, engine):
    outside.stub = lambda _name, _params: StubAnswer("stubs.yaml:7", {}, "no mood")
    condition = {"op": "eq", "values": ["/#error.message", "no mood"]}

    walked = start(document(NLP, {}, errorCases=[{"target": "c", "condition": condition}]))

    assert ["1", "a", "c"] == walked.path


def test_without_a_stub_an_unknown_action_says_how_to_write_one(start):
    walked = start(document("kustomer.customer.crate", {"email": "ada@example.com"}))

    error = walked.steps[1].error
    assert 'no action is called "kustomer.customer.crate"' == error["message"]
    assert 'did you mean "kustomer.customer.create"?' in error["hint"]
    stub = "--stubs FILE: actions: [{action: kustomer.customer.crate, output: {}}]"
    assert stub in error["hint"]
