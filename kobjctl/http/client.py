"""Send one HTTP request for real, within limits that no server can stretch.

A server may stall where no time limit of a library looks: while its name is looked up, with a
header that comes letter by letter. So the work is done in a thread of its own that is waited for
so long and no longer. httpx is imported when the first request goes out.
"""

import re
import socket
from collections.abc import Iterator
from contextlib import suppress
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kobjctl.http.unpacking import too_large, unpack
from kobjctl.model.web import BrokenConnectionError, Request, Response, WebError, WebTimeoutError

if TYPE_CHECKING:
    import httpx

# The events of httpcore that a socket to the server comes with.
_CONNECTED: Final = ("connection.connect_tcp.complete", "connection.start_tls.complete")
_CODES: Final = re.compile(r"^\[[^\]]*\] | \(_ssl\.c:\d+\)$")


class WebLimits(NamedTuple):
    """How long connecting and a whole request may take in seconds, and the bytes of an answer."""

    connect: float = 10.0
    total: float = 30.0
    size: int = 1024 * 1024


WEB_LIMITS: Final = WebLimits()


class Client:
    """Sends requests, each over a connection of its own; keeps no cookies."""

    def __init__(self, limits: WebLimits) -> None:
        self._limits = limits
        self._transports: dict[str, httpx.HTTPTransport] = {}

    def send(self, request: Request, seconds: float) -> Response:
        """Send a request and give its answer within so many seconds; raises WebError."""
        transport = self._transport(request.address.scheme)
        sending = _PendingRequest(transport, request, self._limits, seconds)
        thread = Thread(target=sending.run, name="kobjctl-http", daemon=True)
        thread.start()
        try:
            thread.join(seconds)
            if thread.is_alive():
                raise WebTimeoutError(
                    f"{request.address.place} did not respond in full within"
                    f" {self._limits.total:g} seconds"
                )
        finally:
            sending.give_up()
        return sending.result()

    def _transport(self, scheme: str) -> "httpx.HTTPTransport":
        # Below httpx.Client: that one follows redirects, keeps cookies and adds headers.
        import httpx  # noqa: PLC0415 - loaded when something is sent

        if scheme not in self._transports:
            # To read the certificates takes longer than a request to this machine.
            verify = httpx.create_ssl_context(trust_env=False) if scheme == "https" else False
            self._transports[scheme] = httpx.HTTPTransport(
                verify=verify,
                trust_env=False,
                limits=httpx.Limits(max_keepalive_connections=0),
            )
        return self._transports[scheme]


class _PendingRequest:
    """A request on its way. `run` is for the thread, the rest for the one that waits."""

    def __init__(
        self,
        transport: "httpx.HTTPTransport",
        request: Request,
        limits: WebLimits,
        seconds: float,
    ) -> None:
        self._transport = transport
        self._request = request
        self._limits = limits
        self._seconds = seconds
        self._given_up = Event()
        self._stream: Any = None
        self._response: Response | None = None
        self._error: Exception | None = None

    def run(self) -> None:
        try:
            self._response = self._exchange()
        except Exception as error:  # noqa: BLE001 - it is raised again by `result`
            self._error = error

    def result(self) -> Response:
        """Return the answer, or raise what happened instead."""
        if self._error is not None:
            raise self._explained(self._error) from self._error
        if self._response is None:
            raise RuntimeError("the thread of a request ended without a response")
        return self._response

    def give_up(self) -> None:
        """Wake a thread that waits for the server, so that it ends."""
        self._given_up.set()
        if self._stream is not None:
            with suppress(Exception):  # it may be closed by now, in any of several ways
                self._stream.get_extra_info("socket").shutdown(socket.SHUT_RDWR)

    def _exchange(self) -> Response:
        import httpx  # noqa: PLC0415 - loaded when something is sent

        limits, given = self._limits, self._request
        times = httpx.Timeout(self._seconds, connect=min(limits.connect, self._seconds))
        response = self._transport.handle_request(
            httpx.Request(
                given.method,
                str(given.address),
                headers=[(name.encode(), value.encode("latin-1")) for name, value in given.headers],
                content=given.body or None,
                extensions={"timeout": times.as_dict(), "trace": self._trace},
            )
        )
        try:
            raw = b"".join(self._limited(response.iter_raw()))
        finally:
            response.close()
        headers = tuple((name.lower(), value) for name, value in response.headers.multi_items())
        answer = Response(response.status_code, headers, raw)
        return unpack(answer, given.address.place, limits.size)

    def _limited(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        size = 0
        for piece in pieces:
            size += len(piece)
            if size > self._limits.size:
                raise too_large(self._request.address.place, self._limits.size)
            if self._given_up.is_set():
                return
            yield piece

    def _trace(self, event: str, details: dict[str, Any]) -> None:
        if event in _CONNECTED:
            self._stream = details["return_value"]

    def _explained(self, error: Exception) -> Exception:
        """Return what an error of httpx means; others as they are."""
        import httpx  # noqa: PLC0415 - loaded when something is sent

        place = self._request.address.place
        if isinstance(error, WebError):
            return error
        if isinstance(error, httpx.ConnectTimeout):
            return WebTimeoutError(
                f"connecting to {place} took longer than {self._limits.connect:g} seconds"
            )
        if isinstance(error, httpx.TimeoutException):
            return WebTimeoutError(
                f"{place} did not respond in full within {self._limits.total:g} seconds"
            )
        if isinstance(error, httpx.ConnectError):
            return BrokenConnectionError(
                f"no connection to {place}: {_reason(error)}", "connection refused"
            )
        if isinstance(error, httpx.TransportError | OSError):
            return BrokenConnectionError(f"the connection to {place} broke: {_reason(error)}")
        return error


def _reason(error: Exception) -> str:
    """Return what a library says of an error, as part of a sentence of ours."""
    words = _CODES.sub("", str(error)).rstrip(".") or type(error).__name__
    return words[:1].lower() + words[1:]
