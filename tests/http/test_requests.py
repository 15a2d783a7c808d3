"""What the log of a step has of its requests: each hop, who answered it, and no secret."""

import pytest

from kobjctl.app.definitions import variables
from kobjctl.app.runs import events
from kobjctl.http.connect import WebSettings, connect
from kobjctl.model.masking import MASK
from kobjctl.model.web import WebError
from kobjctl.model.workflow import Workflow

STUBS = """
http:
  - request: {method: POST, url: https://shop.example/orders}
    response: {status: 303, headers: {location: /orders/7}}
  - request: {url: https://shop.example/orders/7}
    response: {status: 200, body: {ok: true}}
  - request: {url: https://shop.example/broken}
    fail: reset
"""


@pytest.fixture
def stubs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "stubs.yaml").write_text(STUBS)
    return "stubs.yaml"


def test_each_hop_is_kept_with_the_stub_that_answered(stubs, ask, engine):
    ask("https://shop.example/orders", "POST", body=b'{"n": 1}', stubs=(stubs,))

    assert [
        {
            "method": "POST",
            "url": "https://shop.example/orders",
            "headers": {},
            "body": {"n": 1},
            "status": 303,
            "answeredBy": "stub",
            "place": "stubs.yaml:3",
        },
        {
            "method": "GET",
            "url": "https://shop.example/orders/7",
            "headers": {},
            "status": 200,
            "answeredBy": "stub",
            "place": "stubs.yaml:5",
        },
    ] == ask.requests.take()
    assert [] == ask.requests.take()


def test_what_a_host_answered_has_no_place(serve, replying, ask, engine):
    server = serve(replying(404))
    ask(server.url("/a?b=c"), headers=(("x-one", "1"),))

    assert [
        {
            "method": "GET",
            "url": server.url("/a?b=c"),
            "headers": {"x-one": "1"},
            "status": 404,
            "answeredBy": "host",
        }
    ] == ask.requests.take()


@pytest.mark.parametrize("url", ["https://shop.example/broken", "http://127.0.0.1:1/"])
def test_a_request_without_an_answer_has_no_status(url, stubs, ask, engine):
    with pytest.raises(WebError):
        ask(url, stubs=(stubs,))

    [request] = ask.requests.take()
    assert url == request["url"]
    assert "status" not in request


def test_what_is_refused_is_not_sent(ask, engine):
    with pytest.raises(WebError):
        ask("https://elsewhere.example/")

    assert [] == ask.requests.take()


def load(engine, params):
    step = {"id": "send", "action": "kustomer.rest-api.json", "params": params, "transitions": []}
    trigger = {"eventName": "shop.asked", "transitions": [{"target": "send"}]}
    document = {"name": "ask", "trigger": trigger, "steps": [step]}
    with engine.org.store.transaction():
        engine.org.store.workflows.add(
            Workflow.from_document(document, workflow_id=engine.org.new_id()), engine.org.now()
        )


def test_the_log_of_a_step_has_its_requests_without_secrets(stubs, engine):
    headers = {"authorization": "Bearer abcdefgh", "x-shop": "{{{variables.key}}}"}
    uri = "https://ann:pw@shop.example/orders?k={{{variables.key}}}"
    load(engine, {"uri": uri, "method": "POST", "headers": headers, "data": {"k": "abcdefgh"}})
    variables.set_value(engine.org, "ask", "key", "hush-hush")
    found = connect(engine.org.store, WebSettings(stubs=(stubs,)))
    engine = engine._replace(http=found.http, stub=found.stub)

    step = events.send(engine, "shop.asked", {}).reports[0].steps[1]

    first, second = step.requests
    assert f"https://shop.example/orders?k={MASK}" == first["url"]
    assert {MASK} == {first["headers"]["authorization"], first["headers"]["x-shop"]}
    assert {"k": MASK} == first["body"]
    assert (303, "stub", "stubs.yaml:3") == tuple(
        first[name] for name in ("status", "answeredBy", "place")
    )
    assert "body" not in second
    assert step.is_stubbed
    assert ["the response 303 redirected to https://shop.example/orders/7"] == step.own_warnings
    (row,) = engine.org.store.connection.execute(
        "SELECT requests FROM step_log WHERE requests NOT NULL"
    ).fetchone()
    assert not any(secret in row for secret in ("hush-hush", "abcdefgh", "ann", "pw@"))


def test_a_secret_that_is_a_word_of_the_log_changes_nothing_of_it(stubs, engine):
    load(engine, {"uri": "https://shop.example/orders/7"})
    variables.set_value(engine.org, "ask", "word", "stub")
    found = connect(engine.org.store, WebSettings(stubs=(stubs,)))
    engine = engine._replace(http=found.http, stub=found.stub)

    step = events.send(engine, "shop.asked", {}).reports[0].steps[1]

    assert step.is_stubbed
    assert [] == step.own_warnings
