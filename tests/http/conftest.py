"""A server on loopback that does what each test says, and what may be reached of it."""

import socket
import threading
from contextlib import closing, suppress
from typing import NamedTuple

import pytest

from kobjctl.http.client import WebLimits
from kobjctl.http.connect import WebSettings, connect
from kobjctl.model.address import read_address
from kobjctl.model.web import Request

FAST = WebLimits(connect=1.0, total=5.0, size=10_000)


class Received(NamedTuple):
    """A request as the server got it; the names of headers are in lower case."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


class Server:
    """Listens on a free port. `answer(connection, received)` speaks for it, byte by byte."""

    def __init__(self, answer):
        self.received = []
        self._answer = answer
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._stopped = False
        self._connections = []
        self._threads = []
        self._start(self._listen)

    def url(self, path="/", host="127.0.0.1"):
        return f"http://{host}:{self.port}{path}"

    def stop(self):
        self._stopped = True
        for each in (self._listener, *self._connections):
            # On Linux this wakes the thread that waits there; elsewhere closing does.
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        for thread in self._threads:
            thread.join(5)

    def _start(self, work, *arguments):
        self._threads.append(threading.Thread(target=work, args=arguments, daemon=True))
        self._threads[-1].start()

    def _listen(self):
        while not self._stopped:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._connections.append(connection)
            self._start(self._serve, connection)

    def _serve(self, connection):
        # What goes away in the middle is what these tests are about.
        with closing(connection), suppress(OSError):
            connection.settimeout(5)
            received = read_request(connection)
            if received:
                self.received.append(received)
                self._answer(connection, received)


def read_request(connection):
    """Read one request; None when there is none, or one that speaks TLS."""
    raw = b""
    while b"\r\n\r\n" not in raw:
        piece = connection.recv(65536)
        if not piece:
            return None
        raw += piece
        if raw.startswith(b"\x16\x03"):
            connection.sendall(b"HTTP/1.1 400 No TLS here\r\n\r\n")
            return None
    head, _, body = raw.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {
        name.lower(): value.strip() for name, value in (line.split(":", 1) for line in lines)
    }
    while len(body) < int(headers.get("content-length", 0)):
        body += connection.recv(65536)
    method, target, _ = first.split(" ")
    return Received(method, target, headers, body)


def reply(status=200, body=b"", **headers):
    """Give what sends one good answer."""

    def answer(connection, _received):
        named = {"Content-Length": len(body)} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in named.items())
        connection.sendall(f"HTTP/1.1 {status} Whatever\r\n{head}\r\n".encode("latin-1") + body)

    return answer


@pytest.fixture
def serve():
    """Start a server with an answer; all of a test are stopped at its end."""
    servers = []

    def start(answer):
        servers.append(Server(answer))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


@pytest.fixture
def ask(engine, monkeypatch):
    """Send a request, where 127.0.0.1 is allowed unless `hosts` says otherwise."""
    monkeypatch.delenv("KOBJCTL_ALLOW_HOSTS", raising=False)

    def ask(url, method="GET", *, headers=(), body=b"", limits=FAST, **settings):
        settings = WebSettings(**{"allow_hosts": ("127.0.0.1",), **settings})
        http = connect(engine.org.store, settings, limits).http
        request = Request(method, read_address(url), tuple(headers), body)
        context = engine.context(0, 1)
        ask.requests = context.requests
        return http(request, context)

    return ask


@pytest.fixture
def replying():
    """The function `reply`; a test that is imported by file can't import it."""
    return reply
