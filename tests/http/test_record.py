"""What was recorded answers the same requests, and has no secrets in it."""

import gzip
import json
import os
import socket
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kobjctl.app.definitions import variables
from kobjctl.app.runs import events
from kobjctl.files.reader import read_document
from kobjctl.http.client import WebLimits
from kobjctl.http.connect import WebSettings, connect
from kobjctl.http.recording import HEAD, Recorder
from kobjctl.http.stubs import read_stubs
from kobjctl.model.address import read_address
from kobjctl.model.errors import UsageError
from kobjctl.model.web import BrokenConnectionError, Request, Response, WebTimeoutError
from kobjctl.model.workflow import Workflow

SECRETS = ("s3cret-a", "s3cret-b", "s3cret-c", "s3cret-d", "s3cret-e", "s3cret-f", "s3cret-g")


@pytest.fixture
def file(tmp_path, monkeypatch):
    """The name of a file to record in."""
    monkeypatch.chdir(tmp_path)
    return "recorded.yaml"


def replayed(file, request):
    stubs, problems = read_stubs([file])
    assert [] == problems
    stub = stubs.find(request)
    assert stub, stubs.why_none(request)
    return stub


def keep(file, request, response):
    Recorder(Path(file)).answered(request, response)


def asking(url="https://a.example/", method="GET", headers=(), body=b""):
    return Request(method, read_address(url), tuple(headers), body)


def test_what_was_recorded_answers_the_same(serve, replying, ask, file):
    server = serve(replying(201, '{"é":[1,{"b":null}]}'.encode(), Content_Type="application/json"))
    sent = {"method": "POST", "headers": [("x-a", "*b")], "body": b'{"id":"*"}'}

    real = ask(server.url("/a?b=*"), record=file, **sent)
    stubbed = ask(server.url("/a?b=*"), stubs=(file,), allow_hosts=(), **sent)

    assert (real.status, real.body) == (stubbed.status, stubbed.body)
    assert "application/json" == stubbed.header("content-type")
    assert (f"answered by the stub {file}:3",) == stubbed.notes
    assert 1 == len(server.received)


def test_a_recorded_file_reads_well(serve, replying, ask, file):
    server = serve(replying(body=b'{"ok":true}'))

    ask(server.url("/a"), "PUT", headers=[("accept", "*/*")], body=b'{"id":5}', record=file)

    assert (
        HEAD
        + f"""\
  - request:
      method: "PUT"
      url: "{server.url("/a")}"
      headers: {{"accept": "\\\\*/\\\\*"}}
      body: {{"id": 5}}
      exact: true
    response:
      status: 200
      body: {{"ok": true}}
"""
    ) == Path(file).read_text()


def test_each_request_is_there_as_soon_as_it_is_over(serve, replying, ask, file):
    server = serve(replying(body=b"1"))

    ask(server.url("/1"), record=file)
    first = Path(file).read_text()
    ask(server.url("/2"), record=file)

    assert Path(file).read_text().startswith(first)
    assert 2 == len(read_document(file).data["http"])


def test_each_hop_of_a_redirect_is_recorded(serve, replying, ask, file):
    def answer(connection, received):
        reply = replying(302, Location="/b") if received.target == "/a" else replying(body=b"b")
        reply(connection, received)

    server = serve(answer)

    real = ask(server.url("/a"), record=file)
    stubbed = ask(server.url("/a"), stubs=(file,), allow_hosts=())

    assert b"b" == real.body == stubbed.body
    assert 3 == len(stubbed.notes)


def test_failures_are_recorded(serve, ask, file):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        closed = f"http://127.0.0.1:{listener.getsockname()[1]}/closed"
        silent = closed.replace("closed", "silent")
        with pytest.raises(WebTimeoutError):
            ask(silent, record=file, limits=WebLimits(total=0.2))
    with pytest.raises(BrokenConnectionError):
        ask(closed, record=file)
    server = serve(lambda _connection, _received: None)
    with pytest.raises(BrokenConnectionError):
        ask(server.url("/broken"), record=file)

    urls = (silent, closed, server.url("/broken"))
    assert ["timeout", "connection refused", "reset"] == [
        replayed(file, asking(url)).fail for url in urls
    ]


def test_what_a_stub_answered_or_was_refused_is_not_recorded(ask, file):
    Path("stubs.yaml").write_text('http: [{request: {url: "*"}, response: {}}]')

    ask("https://a.example", stubs=("stubs.yaml",), record=file)

    assert not Path(file).exists()


def test_secrets_are_not_kept(engine, serve, replying, file):
    a, b, c, d, e, f, g = SECRETS
    server = serve(
        replying(
            body=f'{{"echo":"{f}","list":["{f}","{c}"]}}'.encode(),
            Set_Cookie=f"session={a}",
            X_Api_Key=b,
            X_Other=f"key {f}",
        )
    )
    document = {"name": "w", "trigger": {"eventName": "e", "transitions": []}, "steps": []}
    with engine.org.store.transaction():
        engine.org.store.workflows.add(
            Workflow.from_document(document, workflow_id=engine.org.new_id()), ""
        )
    variables.set_value(engine.org, "w", "key", f)
    found = connect(engine.org.store, WebSettings(("127.0.0.1",), record=file))
    engine = engine._replace(http=found.http, stub=found.stub)
    request = asking(
        server.url(f"/{f}?key={f}"),
        "POST",
        [
            ("authorization", f"Bearer {c}"),
            ("cookie", d),
            ("x-shop-token", e),
            ("my-password", g),
            ("x-other", f),
        ],
        f'{{"key":"a {f}"}}'.encode(),
    )

    engine.http(request, engine.context(0, 1))

    text = Path(file).read_text()
    assert [] == [secret for secret in SECRETS if secret in text]
    stub = replayed(file, request)
    assert b'{"echo":"***","list":["***","***"]}' == stub.response.body
    assert "***" == stub.response.header("set-cookie")
    assert "key ***" == stub.response.header("x-other")


@pytest.mark.parametrize(
    "word",
    [
        "{{{variables.key}}}",
        "{{variables.key}}",
        "{{{json variables.key}}}",
        "{{json variables.key}}",
    ],
)
def test_a_variable_in_an_address_is_kept_in_no_form(word, engine, serve, replying, file):
    server = serve(replying(302, Location="/?again=top%20secret+key/1%3D%3D%22&z"))
    step = {
        "id": "ask",
        "action": "kustomer.rest-api.json",
        "params": {"uri": f"{server.url('/x')}?k={word}"},
    }
    trigger = {"eventName": "go", "transitions": [{"target": "ask"}]}
    document = {"name": "w", "trigger": trigger, "steps": [step]}
    with engine.org.store.transaction():
        engine.org.store.workflows.add(
            Workflow.from_document(document, workflow_id=engine.org.new_id()), ""
        )
    variables.set_value(engine.org, "w", "key", 'top secret+key/1=="&z')
    found = connect(engine.org.store, WebSettings(("127.0.0.1",), record=file))
    engine = engine._replace(http=found.http, stub=found.stub)

    sent = events.send(engine, "go", {})

    text = Path(file).read_text() + str(sent.reports)
    assert "again=***" in text
    assert f"{server.url('/x')}?k=" in text
    assert [] == [part for part in ("top", "secret", "key/1", "&z", "%22z") if part in text]
    assert "secret" in server.received[0].target


# Requests that differ in what a pattern might take for the same.


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (asking(body=b'{"a":1}'), asking(body=b'{"a":1,"b":2}')),
        (asking(body=b'{"a":"*"}'), asking(body=b'{"a":"b"}')),
        (asking(body=b"*"), asking(body=b"b")),
        (asking(), asking(body=b"b")),
        (asking("https://a.example/a"), asking("https://a.example/a?b")),
        (asking("https://a.example/*"), asking("https://a.example/b")),
        (asking(headers=[("a", "*")]), asking(headers=[("a", "b")])),
        (asking(method="POST"), asking(method="PUT")),
    ],
)
def test_a_recorded_request_does_not_answer_for_another(first, second, file):
    for request, body in ((first, b"first"), (second, b"second")):
        keep(file, request, Response(200, (), body))

    assert b"first" == replayed(file, first).response.body
    assert b"second" == replayed(file, second).response.body


BODIES = (
    st.binary(max_size=30)
    | st.text(max_size=30).map(lambda text: text.encode(errors="replace"))
    | st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=5), inner),
        max_leaves=5,
    ).map(lambda value: json.dumps(value).encode())
)
HEADER = st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"))


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(BODIES, BODIES, st.text(max_size=10), HEADER)
def test_whatever_was_sent_and_answered_comes_back(file, sent, answered, path, header):
    Path(file).unlink(missing_ok=True)
    address = read_address("https://a.example/")
    target = read_address(f"https://a.example/{path.encode().hex()}?{path.encode().hex()}*").target
    request = Request("POST", address._replace(target=target), (("x-a", header),), sent)

    keep(file, request, Response(200, (("x-b", header),), answered))

    response = replayed(file, request).response
    assert answered == response.body
    assert header == response.header("x-b")


@pytest.mark.parametrize(
    "body",
    [
        b"a" * 100_000,
        b"[" + b"1," * 30_000 + b"1]",
        b"[" * 500 + b"]" * 500,
        b'{"' + b"k" * 2000 + b'":1}',
        b'{"a":1,"a":2}',
        b'{"a": 1}',
        b"1.0",
        b"[1e-05,1e+22,-1.5e-07]",
        b'"\\ud800"',
        gzip.compress(b"x"),
        "\x7f\x85\u2028\ufeff\ufffe😀".encode(),
    ],
    ids=[
        "long",
        "many",
        "deep",
        "key",
        "twice",
        "spaces",
        "number",
        "exponents",
        "half",
        "bytes",
        "rare",
    ],
)
def test_a_body_that_yaml_could_not_hold_comes_back(body, file):
    keep(file, asking(body=body), Response(200, (), body))

    assert body == replayed(file, asking(body=body)).response.body


# The file.


def test_an_empty_file_is_begun(file):
    Path(file).touch()

    keep(file, asking(), Response(200))

    assert 200 == replayed(file, asking()).response.status


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("http: []\n", "is not a recording of kobjctl"),
        (HEAD + "  - request: {}\n", "has changed since it was recorded, so nothing was added"),
        (
            HEAD + '  - {request: {url: "*"}, fail: reset}\nactions: []\n',
            "has changed since it was recorded, so nothing was added",
        ),
    ],
)
def test_a_file_that_is_something_else_is_left_alone(text, words, file):
    Path(file).write_text(text)

    with pytest.raises(UsageError) as caught:
        Recorder(Path(file))

    assert words in caught.value.message
    assert caught.value.hint
    assert text == Path(file).read_text()


@pytest.mark.parametrize("name", ["nowhere/recorded.yaml", "."])
def test_a_file_that_cant_be_written_is_refused_before_anything_is_sent(name, file):
    with pytest.raises(UsageError, match=r"can.t (read|write)"):
        Recorder(Path(name))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_what_is_recorded_is_readable_by_its_owner_alone(file):
    keep(file, asking(), Response(200, (), b"", ()))

    assert 0o600 == Path(file).stat().st_mode & 0o777
