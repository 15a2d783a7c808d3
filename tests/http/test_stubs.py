"""Stubs: which requests they answer, with what, and how late."""

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kobjctl.http.client import WebLimits
from kobjctl.http.connect import WebSettings, connect
from kobjctl.http.matching import difference, escape, fits_text
from kobjctl.http.stubs import read_stubs
from kobjctl.model.address import read_address
from kobjctl.model.problem import FileProblemsError
from kobjctl.model.web import (
    BrokenConnectionError,
    HostRefusedError,
    Request,
    WebTimeoutError,
)

GROUPS = yaml.safe_load(Path(__file__).with_name("stub_cases.yaml").read_text("utf-8"))
CASES = [
    pytest.param(group["stub"], *case, id=f"{group['name']} {number}")
    for group in GROUPS
    for number, case in enumerate(group["requests"])
]


@pytest.fixture
def stub_file(tmp_path, monkeypatch):
    """Write a stub file; give its name in this folder."""
    monkeypatch.chdir(tmp_path)

    def write(http=(), actions=(), name="stubs.yaml"):
        Path(name).write_text(json.dumps({"http": list(http), "actions": list(actions)}, indent=1))
        return name

    return write


def request(line, headers=None, body=""):
    method, _, url = line.partition(" ")
    return Request(method, read_address(url), tuple((headers or {}).items()), body.encode())


@pytest.mark.parametrize(
    ("stub", "line", "expected", "more"),
    [pytest.param(*case.values[:3], (case.values[3:] or ({},))[0], id=case.id) for case in CASES],
)
def test_a_stub_answers_what_its_case_says(stub, line, expected, more, stub_file):
    stubs, _ = read_stubs([stub_file([{"request": stub, "response": {}}])])
    asked = request(line, **more)

    if expected is True:
        assert "stubs.yaml:3" == stubs.find(asked).place
    else:
        assert None is stubs.find(asked)
        assert f"the stub stubs.yaml:3 is closest, but {expected}" == stubs.why_none(asked)


def test_the_first_stub_that_fits_answers(stub_file, ask):
    stubs = stub_file(
        [
            {"request": {"url": "*", "method": "PUT"}, "response": {"body": "first"}},
            {"request": {"url": "https://a.example/*"}, "response": {"body": "second"}},
            {"request": {"url": "*"}, "response": {"body": "third"}},
        ]
    )
    more = stub_file([{"request": {"url": "*"}, "response": {"body": "fourth"}}], name="more.yaml")

    answers = [
        ask(url, stubs=(stubs, more), allow_hosts=()) for url in ("https://a.example/b", "http://c")
    ]

    assert [b"second", b"third"] == [each.body for each in answers]
    assert ("answered by the stub stubs.yaml:12",) == answers[0].notes


def test_a_response_has_what_the_stub_says(stub_file, ask):
    said = {"status": 418, "headers": {"X-A": "b", "Set-Cookie": ["c", "d"], "X-N": 5}}
    stubs = stub_file([{"request": {"url": "*"}, "response": {**said, "body": {"é": [1]}}}])

    response = ask("https://a.example", stubs=(stubs,))

    assert 418 == response.status
    assert (
        ("content-type", "application/json"),
        ("x-a", "b"),
        ("set-cookie", "c"),
        ("set-cookie", "d"),
        ("x-n", "5"),
    ) == response.headers
    assert '{"é":[1]}' == response.body.decode()


@pytest.mark.parametrize(
    ("response", "body"),
    [
        ({}, b""),
        ({"body": None}, b""),
        ({"body": "text"}, b"text"),
        ({"body": False}, b"false"),
        ({"base64": "/wA="}, b"\xff\0"),
        ({"headers": {"Content-Type": "a/b"}, "body": []}, b"[]"),
    ],
)
def test_a_body_is_text_or_json_or_bytes(response, body, stub_file, ask):
    stubs = stub_file([{"request": {"url": "*"}, "response": response}])

    answer = ask("https://a.example", stubs=(stubs,))

    assert (200, body) == (answer.status, answer.body)
    assert 2 > len(answer.headers)


@pytest.mark.parametrize(
    ("fail", "error", "words"),
    [
        ("connection refused", BrokenConnectionError, "no connection to a.example: "),
        ("reset", BrokenConnectionError, "the connection to a.example broke: "),
        ("timeout", WebTimeoutError, "a.example did not respond in full within 5 seconds"),
    ],
)
def test_a_stub_fails_as_it_says(fail, error, words, stub_file, ask):
    stubs = stub_file([{"request": {"url": "*"}, "fail": fail}])

    with pytest.raises(error) as caught:
        ask("https://a.example", stubs=(stubs,))

    assert caught.value.message.startswith(words)
    assert caught.value.message.endswith("(the stub stubs.yaml:3)")
    assert fail == caught.value.failure


@pytest.fixture
def slept(monkeypatch):
    """The seconds that were waited for, without waiting."""
    slept = []
    monkeypatch.setattr("time.sleep", slept.append)
    return slept


def test_a_delay_is_waited_for(slept, stub_file, ask):
    stubs = stub_file([{"request": {"url": "*"}, "response": {"delay": 1.5, "status": 204}}])

    assert 204 == ask("https://a.example", stubs=(stubs,)).status
    assert [1.5] == slept


def test_a_delay_beyond_the_time_limit_is_a_time_out(slept, stub_file, ask):
    stubs = stub_file([{"request": {"url": "*"}, "response": {"delay": 99}}])

    with pytest.raises(WebTimeoutError, match="within 3 seconds"):
        ask("https://a.example", stubs=(stubs,), limits=WebLimits(total=3.0))

    assert [3.0] == slept


def test_a_redirect_of_a_stub_is_followed_to_the_next(stub_file, ask):
    there = {"status": 302, "headers": {"Location": "/b"}}
    stubs = stub_file(
        [
            {"request": {"url": "*/a"}, "response": there},
            {"request": {"url": "*/b"}, "response": {"body": "there"}},
        ]
    )

    response = ask("https://a.example/a", stubs=(stubs,))

    assert b"there" == response.body
    assert (
        "answered by the stub stubs.yaml:3",
        "the response 302 redirected to https://a.example/b",
        "answered by the stub stubs.yaml:14",
    ) == response.notes


def test_a_redirect_of_a_stub_reaches_no_other_host(stub_file, ask):
    there = {"status": 302, "headers": {"Location": "http://b.example"}}
    stubs = stub_file([{"request": {"url": "https://a.example/*"}, "response": there}])

    with pytest.raises(HostRefusedError, match=r"the redirect to http://b\.example/: the host"):
        ask("https://a.example/a", stubs=(stubs,))


def test_a_request_without_a_stub_goes_out_where_it_may(stub_file, serve, replying, ask):
    server = serve(replying(body=b"real"))
    stubs = stub_file([{"request": {"url": "*", "method": "PUT"}, "response": {"body": "stub"}}])

    answers = [ask(server.url(), method, stubs=(stubs,)).body for method in ("GET", "PUT")]

    assert [b"real", b"stub"] == answers
    assert ["GET"] == [each.method for each in server.received]


def test_the_closest_stub_is_named_with_the_refusal(stub_file, ask):
    stubs = stub_file(
        [
            {"request": {"url": "https://b.example/orders"}, "response": {}},
            {
                "request": {"url": "https://a.example/orders", "method": "PUT", "body": "x"},
                "fail": "reset",
            },
            {"request": {"url": "https://a.example/orders", "method": "PUT"}, "response": {}},
        ]
    )

    with pytest.raises(HostRefusedError) as caught:
        ask("https://a.example/orders", stubs=(stubs,))

    assert 'the host "a.example" is not allowed' == caught.value.message
    assert (
        "allow it with --allow-host a.example, or answer it with --stubs FILE; "
        "the stub stubs.yaml:17 is closest, but its method is PUT, not GET"
    ) == caught.value.hint


def test_a_stub_for_the_same_method_is_closer(stub_file, ask):
    stubs = stub_file(
        [
            {"request": {"url": "*", "method": "PUT"}, "response": {}},
            {
                "request": {"url": "*", "method": "GET", "body": "x", "query": {"a": 1}},
                "fail": "reset",
            },
        ]
    )

    with pytest.raises(HostRefusedError) as caught:
        ask("https://a.example/orders", stubs=(stubs,))

    assert 'the stub stubs.yaml:10 is closest, but its query a is "1"' in caught.value.hint


def test_without_stubs_the_refusal_names_none(ask):
    with pytest.raises(HostRefusedError) as caught:
        ask("https://a.example:8443/orders")

    hint = "allow it with --allow-host a.example:8443, or answer it with --stubs FILE"
    assert hint == caught.value.hint


# Actions.


def test_the_first_stub_of_an_action_whose_params_fit_answers(stub_file, engine):
    name = stub_file(
        actions=[
            {"action": "kustomer.app.ai.nlp", "params": {"Text": "good*"}, "output": {"a": 1}},
            {"action": "kustomer.app.ai.nlp", "params": {"Text": "bad*"}, "fail": "no mood"},
            {"action": "kustomer.app.ai.nlp", "output": {"a": 0}},
        ]
    )
    found = connect(engine.org.store, WebSettings(stubs=(name,)))
    engine = engine._replace(http=found.http, stub=found.stub)

    good, bad, other = (
        engine.stub("kustomer.app.ai.nlp", {"Text": text}) for text in ("good day", "bad day", "")
    )

    assert ({"a": 1}, "", "stubs.yaml:4") == (good.output, good.failure, good.place)
    assert ({}, "no mood") == (bad.output, bad.failure)
    assert {"a": 0} == other.output
    assert None is engine.stub("kustomer.app.ai", {"Text": "good"})


# Files.


def test_every_problem_of_every_file_is_told(stub_file):
    first = stub_file([{"request": {}, "response": {}}], name="a.yaml")
    second = stub_file([{"request": {"url": "*"}, "response": {"base64": "?"}}], name="b.yaml")

    with pytest.raises(FileProblemsError) as caught:
        read_stubs([first, second])

    assert [
        ("a.yaml", "the request of a stub needs `url`"),
        ("b.yaml", "`base64` is not valid Base64"),
    ] == [(problem.file, problem.message) for problem in caught.value.problems]


def test_warnings_of_a_file_are_given(stub_file):
    name = stub_file([{"request": {"url": "*", "metod": "PUT"}, "response": {}}])

    stubs, [warning] = read_stubs([name])

    assert "WF102" == warning.code
    assert stubs.find(request("PUT https://a.example"))


# Patterns.

TEXTS = st.text("ab*\\", max_size=6)


@given(TEXTS)
def test_an_escaped_text_fits_itself_only(text):
    assert fits_text(escape(text), text)
    assert not fits_text(escape(text), text + "a")
    assert not fits_text(escape(text), "a" + text)


@given(st.lists(TEXTS, min_size=1, max_size=4), TEXTS)
def test_a_star_stands_for_any_text(parts, between):
    pattern = "*".join(map(escape, parts))

    assert fits_text(pattern, between.join(parts))
    assert fits_text(pattern, "".join(parts))


@given(TEXTS, st.text("ab", max_size=6))
def test_a_pattern_is_read_as_a_regular_expression_would(pattern, text):
    import re  # noqa: PLC0415 - what it is held against

    translated, rest = "", pattern
    while rest:
        if rest[:2] in ("\\*", "\\\\"):
            translated, rest = translated + re.escape(rest[1]), rest[2:]
        else:
            translated, rest = (
                translated + (".*" if rest[0] == "*" else re.escape(rest[0])),
                rest[1:],
            )

    assert (re.fullmatch(translated, text) is not None) is fits_text(pattern, text)


def test_many_stars_are_no_work():
    assert not fits_text("*a" * 200 + "b", "a" * 100_000)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


@given(JSON)
def test_a_value_fits_the_pattern_made_of_it(value):
    def pattern(each):
        if isinstance(each, str):
            return escape(each)
        if isinstance(each, dict):
            return {key: pattern(inner) for key, inner in each.items()}
        return [pattern(inner) for inner in each] if isinstance(each, list) else each

    assert "" == difference(pattern(value), value, exact=True)
    assert bool(difference(pattern(value), [value], exact=True))
