"""Requests to a real server: slow, huge, broken, refusing; none of it gets further than a step."""

import gzip
import socket
import threading
import time
import zlib

import pytest

from kobjctl.http.client import WebLimits
from kobjctl.model.web import BrokenConnectionError, TooLargeError, WebTimeoutError

HURRIED = WebLimits(connect=0.3, total=0.3, size=10_000)
OK = b"HTTP/1.1 200 OK\r\n"


def raw(*pieces, pause=0.0):
    """Give what sends these bytes, and then closes the connection."""

    def answer(connection, _received):
        for piece in pieces:
            connection.sendall(piece)
            time.sleep(pause)

    return answer


def endless(first, piece, pause=0.0):
    """Give what sends a piece again and again until nobody listens."""

    def answer(connection, _received):
        connection.sendall(first)
        for _ in range(100_000):
            connection.sendall(piece)
            time.sleep(pause)

    return answer


def seconds(call):
    """Give how long a call takes that raises WebTimeoutError, and what it says."""
    started = time.monotonic()
    with pytest.raises(WebTimeoutError) as caught:
        call()
    return time.monotonic() - started, caught.value


def test_an_answer_comes_with_its_status_headers_and_body(serve, replying, ask):
    server = serve(replying(201, b"made", X_Here="yes", Content_Type="text/plain"))

    response = ask(server.url("/a?b=c"), "POST", headers=[("x-sent", "é")], body=b"new")

    assert (201, b"made") == (response.status, response.body)
    assert "yes" == response.header("x-here")
    [received] = server.received
    assert ("POST", "/a?b=c", b"new") == (received.method, received.target, received.body)
    assert "é" == received.headers["x-sent"]
    assert f"127.0.0.1:{server.port}" == received.headers["host"]


@pytest.mark.parametrize("status", [400, 404, 429, 500, 503])
def test_a_status_that_tells_of_an_error_is_an_answer(status, serve, replying, ask):
    server = serve(replying(status, b"{}"))

    assert status == ask(server.url()).status


def test_nothing_is_sent_that_was_not_asked_for(serve, replying, ask):
    server = serve(replying())

    ask(server.url())

    assert {"host"} == server.received[0].headers.keys() - {"connection"}


def test_no_cookie_goes_from_one_request_to_the_next(serve, replying, ask):
    server = serve(replying(Set_Cookie="a=b"))

    ask(server.url())
    ask(server.url())

    assert [None, None] == [each.headers.get("cookie") for each in server.received]


def test_proxies_and_passwords_of_the_environment_are_not_used(
    serve, replying, ask, monkeypatch, tmp_path
):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login a password b\n")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    server = serve(replying(body=b"direct"))

    assert b"direct" == ask(server.url()).body
    assert "authorization" not in server.received[0].headers


# Slow.


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(endless(b"", b"", pause=0.05), id="says nothing"),
        pytest.param(endless(OK, b"", pause=0.05), id="stops after the status"),
        pytest.param(endless(OK + b"X-A: ", b"a", pause=0.05), id="drips a header"),
        pytest.param(endless(OK + b"Content-Length: 5000\r\n\r\n", b"a", pause=0.05), id="drips"),
        pytest.param(endless(OK + b"\r\n", b"a", pause=0.05), id="drips without an end"),
    ],
)
def test_a_slow_server_is_not_waited_for(answer, serve, ask):
    server = serve(answer)

    took, error = seconds(lambda: ask(server.url(), limits=HURRIED))

    assert 0.2 < took < 2
    assert f"127.0.0.1:{server.port} did not respond in full within 0.3 seconds" == error.message


def test_a_server_that_does_not_read_is_not_waited_for(serve, ask):
    listener = socket.create_server(("127.0.0.1", 0))
    with listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"

        took, _ = seconds(lambda: ask(url, "POST", body=b"a" * 50_000_000, limits=HURRIED))

    assert 0.2 < took < 2


def test_no_thread_is_left_behind_by_a_slow_server(serve, ask):
    server = serve(endless(OK + b"X-A: ", b"a", pause=0.05))

    seconds(lambda: ask(server.url(), limits=HURRIED))

    deadline = time.monotonic() + 3
    while time.monotonic() < deadline and "kobjctl-http" in names():
        time.sleep(0.02)
    assert "kobjctl-http" not in names()


def names():
    return [thread.name for thread in threading.enumerate()]


# Huge.


def chunk(data):
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


BOMB = gzip.compress(b"\0" * 9_000_000)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(raw(OK + b"Content-Length: 20000\r\n\r\n" + b"a" * 20_000), id="by length"),
        pytest.param(endless(OK + b"\r\n", b"a" * 1000), id="without an end"),
        pytest.param(
            endless(OK + b"Transfer-Encoding: chunked\r\n\r\n", chunk(b"a" * 1000)), id="chunked"
        ),
        pytest.param(
            raw(
                OK
                + f"Content-Encoding: gzip\r\nContent-Length: {len(BOMB)}\r\n\r\n".encode()
                + BOMB
            ),
            id="packed",
        ),
    ],
)
def test_a_huge_answer_is_cut_off(answer, serve, ask):
    server = serve(answer)

    with pytest.raises(TooLargeError) as caught:
        ask(server.url())

    assert (
        str(caught.value) == f"the response of 127.0.0.1:{server.port} has more than 10,000 bytes"
    )


def test_an_answer_of_just_the_limit_is_taken(serve, replying, ask):
    server = serve(replying(body=b"a" * 10_000))

    assert 10_000 == len(ask(server.url()).body)


def test_a_bomb_is_not_unpacked_beyond_the_limit(serve, replying, ask):
    twice = gzip.compress(gzip.compress(b"\0" * 100_000_000))
    server = serve(replying(body=twice, Content_Encoding="gzip, gzip"))

    with pytest.raises(TooLargeError):
        ask(server.url())


# Packed.


def raw_deflate(data):
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(b"hello")),
        ("X-GZIP", gzip.compress(b"hello")),
        ("gzip", gzip.compress(b"hel") + gzip.compress(b"lo")),
        ("deflate", zlib.compress(b"hello")),
        ("deflate", raw_deflate(b"hello")),
        ("deflate, gzip", gzip.compress(zlib.compress(b"hello"))),
        ("identity", b"hello"),
    ],
    ids=["gzip", "as before", "gzip twice in a row", "deflate", "raw", "one in the other", "not"],
)
def test_a_packed_answer_is_unpacked(encoding, packed, serve, replying, ask):
    server = serve(replying(body=packed, Content_Encoding=encoding))

    assert b"hello" == ask(server.url()).body


def test_what_is_packed_in_another_way_is_left_so_with_a_note(serve, replying, ask):
    server = serve(replying(body=b"?", Content_Encoding="br"))

    response = ask(server.url())

    assert b"?" == response.body
    assert ('the body was not decoded: its content-encoding is "br"',) == response.notes


def test_an_answer_without_a_body_is_not_unpacked(serve, replying, ask):
    server = serve(replying(Content_Encoding="gzip"))

    assert b"" == ask(server.url(), "HEAD").body


# Broken.


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        pytest.param(raw(), "server disconnected without sending a response", id="at once"),
        pytest.param(raw(b"SSH-2.0-OpenSSH\r\n\r\n"), "illegal status line", id="no HTTP"),
        pytest.param(raw(OK + b"Content-Le"), "server disconnected", id="in a header"),
        pytest.param(
            raw(OK + b"Content-Length: 9\r\n\r\nhalf"),
            "received 4 bytes, expected 9",
            id="half-way",
        ),
        pytest.param(
            raw(OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhel"),
            "without sending complete message body",
            id="in a chunk",
        ),
        pytest.param(
            raw(OK + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n"),
            "illegal chunk header",
            id="chunk",
        ),
        pytest.param(raw(OK + b"Content-Length: -1\r\n\r\n"), "content-length", id="length"),
        pytest.param(
            raw(OK + b"X-A: " + b"a" * 200_000), "receive buffer too long", id="endless header"
        ),
    ],
)
def test_a_broken_answer_is_told_as_one(answer, words, serve, ask):
    server = serve(answer)

    with pytest.raises(BrokenConnectionError) as caught:
        ask(server.url())

    assert f"the connection to 127.0.0.1:{server.port} broke: " in caught.value.message
    assert words in caught.value.message.lower()
    assert "\n" not in caught.value.message
    assert "reset" == caught.value.failure


@pytest.mark.parametrize(
    "packed", [b"no gzip", gzip.compress(b"hello")[:-9]], ids=["none", "cut off"]
)
def test_a_broken_stream_is_told_as_one(packed, serve, replying, ask):
    server = serve(replying(body=packed, Content_Encoding="gzip"))

    with pytest.raises(BrokenConnectionError, match="its gzip stream can't be read"):
        ask(server.url())


def test_a_refused_connection_is_told_as_one(ask):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

    with pytest.raises(BrokenConnectionError) as caught:
        ask(f"http://127.0.0.1:{port}/")

    assert f"no connection to 127.0.0.1:{port}: connection refused" == caught.value.message
    assert "connection refused" == caught.value.failure


def test_a_server_that_speaks_no_tls_gets_nothing(serve, replying, ask):
    server = serve(replying())

    with pytest.raises(BrokenConnectionError, match=r"no connection to 127\.0\.0\.1"):
        ask(server.url().replace("http:", "https:"), headers=[("authorization", "secret")])

    assert [] == server.received
