"""What the REST API actions make of an answer."""

import pytest

from kobjctl.model.web import (
    BrokenConnectionError,
    HostRefusedError,
    Response,
    WebTimeoutError,
)

WHERE = {"uri": "https://example.com"}


@pytest.fixture
def answered(outside, engine, perform):
    """Perform an action that is answered so; give its output and warnings."""

    def answered(body, *headers, status=200, action="rest-api.json"):
        outside.http = lambda _request: Response(status, headers, body)
        return perform(action, WHERE)

    return answered


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'{"a": [1.50, null]}', {"a": [1.5, None]}),
        (b" [1] \n", [1]),
        (b'"text"', "text"),
        (b"null", None),
        (b"0", 0),
        ("\ufeff{}".encode(), {}),
        (b'"' + b"a" * 900_000 + b'"', "a" * 900_000),
    ],
    ids=str,
)  # fmt: skip
def test_json_is_parsed_whatever_its_content_type(body, expected, answered):
    output, warnings = answered(body, ("content-type", "text/html"))

    assert (expected, expected) == (output["body"], output["response"]["body"])
    assert [] == warnings


@pytest.mark.parametrize("body", [b"<html>", b'{"a":', b"NaN", b"[" * 200 + b"]" * 200])
def test_what_is_no_json_is_text_with_a_warning(body, answered):
    output, warnings = answered(body, ("content-type", "text/html; charset=utf-8"))

    assert body.decode() == output["body"]
    assert ["the response is not JSON (text/html); body is its text"] == warnings


@pytest.mark.parametrize(
    ("body", "expected", "loss"),
    [
        (b'{"a": 1, "a": 2}', {"a": 2}, '"a" is there twice: the last value counts'),
        (b"1e999", float("inf"), "the value is a number too large for JavaScript"),
        (rb'{"a": ["\ud800"]}', {"a": ["\ufffd"]}, '"a.0" has half of a surrogate pair'),
        (b'{"id": 9007199254740993}', {"id": 9007199254740992}, "is read as 9007199254740992"),
    ],
)
def test_what_an_answer_loses_in_javascript_is_told(body, expected, loss, answered):
    output, warnings = answered(body, ("content-type", "application/json"))

    assert expected == output["body"]
    assert loss in warnings[0]


def test_an_answer_without_a_content_type_says_so(answered):
    assert ["the response is not JSON (no content-type); body is its text"] == answered(b"a")[1]


@pytest.mark.parametrize("body", [b"", b" \n"])
def test_an_empty_answer_has_no_body(body, answered):
    output, warnings = answered(body, status=204)

    assert {"response": {"statusCode": 204, "headers": {}}} == output
    assert [] == warnings


def test_an_empty_answer_is_an_empty_text_in_the_generic_action(answered):
    output, warnings = answered(b"", action="rest-api.generic")

    assert ("", "") == (output["body"], output["response"]["body"])
    assert [] == warnings


def test_the_generic_action_leaves_json_alone(answered):
    assert '{"a": 1}' == answered(b'{"a": 1}', action="rest-api.generic")[0]["body"]


@pytest.mark.parametrize("status", [400, 401, 404, 422, 500])
def test_an_error_status_does_not_fail_the_step(status, answered):
    output, warnings = answered(b'{"code": "no"}', status=status)

    assert (status, "no") == (output["response"]["statusCode"], output["body"]["code"])
    assert [] == warnings


def test_headers_are_given_as_node_gives_them(answered):
    output, _ = answered(
        b"{}",
        ("Set-Cookie", "a=1"),
        ("SET-COOKIE", "b=2"),
        ("X-Many", "a"),
        ("x-many", "b"),
        ("Content-Type", "a/b"),
        ("content-type", "c/d"),
        ("Cookie", "a"),
        ("cookie", "b"),
    )

    assert {
        "set-cookie": ["a=1", "b=2"],
        "x-many": "a, b",
        "content-type": "a/b",
        "cookie": "a; b",
    } == output["response"]["headers"]


@pytest.mark.parametrize(
    ("kind", "body", "expected"),
    [
        ("text/plain", "é".encode(), "é"),
        ("text/plain; charset=ISO-8859-1", "é".encode("latin-1"), "é"),
        ('text/plain;charset="windows-1252"; a=b', "€".encode("cp1252"), "€"),
        ("text/plain; charset=UTF-16", "é".encode("utf-16"), "é"),
        ("text/plain; charset=Shift_JIS", "日".encode("shift_jis"), "日"),
        ("text/plain; charset=us-ascii", b"e", "e"),
        ("text/plain", "\ufffd".encode(), "\ufffd"),
    ],
)
def test_text_is_read_by_its_charset(kind, body, expected, answered):
    output, warnings = answered(body, ("Content-Type", kind), action="rest-api.generic")

    assert expected == output["body"]
    assert [] == warnings


@pytest.mark.parametrize("charset", ["utf-8", "ascii", "utf-8-sig"])
def test_bytes_that_are_no_text_are_replaced_with_a_warning(charset, answered):
    kind = ("content-type", f"text/plain; charset={charset}")

    output, warnings = answered(b"a\xff", kind, action="rest-api.generic")

    assert "a\ufffd" == output["body"]
    assert [f"the response has bytes that are not {charset}; each is shown as \ufffd"] == warnings


@pytest.mark.parametrize("charset", ["klingon", "unicode_escape", "base64", "idna"])
def test_an_unknown_charset_is_read_as_utf_8_with_a_warning(charset, answered):
    kind = ("content-type", f"text/plain; charset={charset}")

    output, warnings = answered("é".encode(), kind, action="rest-api.generic")

    assert "é" == output["body"]
    assert [f'the charset "{charset}" of the response is unknown; it was read as UTF-8'] == warnings


def test_notes_of_the_way_are_warnings(outside, engine, perform):
    outside.http = lambda _request: Response(200, (), b"{}", ("answered by the stub s.yaml:1",))

    assert ["answered by the stub s.yaml:1"] == perform("rest-api.json", WHERE)[1]


@pytest.mark.parametrize(
    "error", [BrokenConnectionError("broke"), WebTimeoutError("slow"), HostRefusedError("no")]
)
def test_no_answer_fails_the_step(outside, error, engine, perform):
    def fail(_request):
        raise error

    outside.http = fail

    with pytest.raises(type(error)):
        perform("rest-api.generic", WHERE)


def test_a_run_of_itself_reaches_nothing(outside, engine, perform):
    outside.http = None

    with pytest.raises(HostRefusedError, match=r'the host "example\.com" is not allowed'):
        perform("rest-api.json", WHERE)


@pytest.mark.parametrize(
    ("params", "told_of"),
    [
        ({"uri": "https://example.com", "body": '{"tea": "so "green""}'}, ["no valid JSON"]),
        ({"uri": "https://example.com?q=green tea"}, ['"qs" writes it right']),
        ({"uri": "https://example.com?q=tea#1"}, ['"qs" writes it right']),
        ({"uri": "https://example.com?q=tea", "body": '{"tea": "green"}'}, []),
        ({"uri": "https://example.com/a#b", "body": "green {tea}"}, []),
    ],
)
def test_broken_json_and_a_broken_query_are_sent_with_a_warning(
    params, told_of, outside, engine, perform
):
    outside.http = lambda _request: Response(200, (), b"")
    _, warnings = perform("rest-api.generic", {"method": "POST", **params})

    assert len(warnings) == len(told_of)
    assert all(part in warning for part, warning in zip(told_of, warnings, strict=True))
