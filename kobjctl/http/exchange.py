"""Answer a request: from a stub, else from an allowed host, and follow where it leads.

Each hop of a redirect is a request like the first: a stub may answer it, and its host is checked.
"""

from collections.abc import Callable
from typing import Final, Protocol
from urllib.parse import urljoin

from kobjctl.http.client import WebLimits
from kobjctl.http.hosts import AllowedHosts
from kobjctl.http.stubs import HttpStub, Stubs
from kobjctl.model.address import AddressError, read_address
from kobjctl.model.masking import is_secret_header
from kobjctl.model.run import stub_warning
from kobjctl.model.web import (
    BrokenConnectionError,
    RedirectError,
    Request,
    Response,
    WebTimeoutError,
    refusal,
)
from kobjctl.records.context import RunContext
from kobjctl.records.requests import SentRequest

MOST_REDIRECTS: Final = 5

_REDIRECTS: Final = (301, 302, 303, 307, 308)
_SEE_OTHER: Final = 303
_MOVED: Final = (301, 302)
# What tells of a body, and goes with it.
_OF_A_BODY: Final = ("content-type", "content-encoding", "content-language", "content-location")


class Send(Protocol):
    """What sends a request for real."""

    def send(self, request: Request, seconds: float) -> Response:
        """Return the answer within so many seconds; raises WebError."""


class ExchangeRecorder(Protocol):
    """What keeps what really happened."""

    def answered(self, request: Request, response: Response) -> None:
        """Keep a request with its answer."""

    def failed(self, request: Request, error: BrokenConnectionError | WebTimeoutError) -> None:
        """Keep a request that got none."""


class Exchange:
    """What runs may reach: call it with a request, and it gives the answer or raises WebError.

    No stub is late beyond the time when the run is to be over. Each request that a stub or a host
    answered, or should have, is one of the run's.
    """

    def __init__(  # noqa: PLR0913 - what it is made of
        self,
        client: Send,
        *,
        hosts: AllowedHosts,
        stubs: Stubs,
        record: ExchangeRecorder | None,
        limits: WebLimits,
        sleep: Callable[[float], None],
    ) -> None:
        self._client = client
        self._hosts = hosts
        self._stubs = stubs
        self._record = record
        self._limits = limits
        self._sleep = sleep

    def __call__(self, request: Request, context: RunContext) -> Response:
        """Return the answer to a request of a run, behind at most five redirects."""
        deadline = context.org.tick() + self._limits.total
        notes: list[str] = []
        for _ in range(MOST_REDIRECTS + 1):
            response = self._answer(request, context, deadline, redirected=bool(notes))
            notes += response.notes
            following = _follow(request, response)
            if following is None:
                return response._replace(notes=tuple(notes))
            notes.append(f"the response {response.status} redirected to {following.address}")
            request = following
        raise RedirectError(f"more than {MOST_REDIRECTS} redirects, the last to {request.address}")

    def _answer(
        self, request: Request, context: RunContext, deadline: float, *, redirected: bool
    ) -> Response:
        stub = self._stubs.find(request)
        if not stub and request.address not in self._hosts:
            closest = self._stubs.why_none(request)
            raise refusal(request.address, closest, redirected=redirected)
        left = self._left(request, deadline - context.org.tick())
        sent = SentRequest(request, "stub" if stub else "host", place=stub.place if stub else "")
        try:
            if stub:
                response = self._from_stub(stub, request, context, left)
            else:
                response = self._from_host(request, left)
            sent = sent._replace(status=response.status)
        finally:
            # What broke or was interrupted was sent, too.
            context.requests.add(sent)
        return response

    def _from_host(self, request: Request, left: float) -> Response:
        try:
            response = self._client.send(request, left)
        except (BrokenConnectionError, WebTimeoutError) as error:
            if self._record:
                self._record.failed(request, error)
            raise
        if self._record:
            self._record.answered(request, response)
        return response

    def _from_stub(
        self, stub: HttpStub, request: Request, context: RunContext, left: float
    ) -> Response:
        place = request.address.place
        left_of_run = max(0.0, context.deadline - context.org.tick())
        if left_of_run < min(left, stub.delay):
            self._sleep(left_of_run)
            raise WebTimeoutError(
                f"{place} did not respond before the time limit of the run (the stub {stub.place})"
            )
        if stub.fail == "timeout" or stub.delay >= left:
            self._sleep(min(stub.delay, left))
            raise WebTimeoutError(
                f"{place} did not respond in full within {self._limits.total:g} seconds"
                f" (the stub {stub.place})"
            )
        self._sleep(stub.delay)
        if stub.fail == "connection refused":
            message = f"no connection to {place}: connection refused (the stub {stub.place})"
            raise BrokenConnectionError(message, stub.fail)
        if stub.fail:
            raise BrokenConnectionError(
                f"the connection to {place} broke: it was reset (the stub {stub.place})"
            )
        return stub.response._replace(notes=(stub_warning(stub.place),))

    def _left(self, request: Request, left: float) -> float:
        if left <= 0:
            raise WebTimeoutError(
                f"{request.address.place} did not respond in full within"
                f" {self._limits.total:g} seconds, redirects included"
            )
        return left


def _follow(request: Request, response: Response) -> Request | None:
    """Return the request that a redirect asks for, made as browsers do; None for no redirect."""
    location = response.header("location")
    if response.status not in _REDIRECTS or not location:
        return None
    try:
        address = read_address(urljoin(str(request.address), location))
    except (AddressError, ValueError) as error:
        raise RedirectError(
            f'a redirect leads to "{location}", which is not a web address'
        ) from error
    headers, method, body = dict(request.headers), request.method, request.body
    to_get = (response.status == _SEE_OTHER and method != "HEAD") or (
        response.status in _MOVED and method == "POST"
    )
    if to_get:
        method, body = "GET", b""
        headers = {key: value for key, value in headers.items() if key not in _OF_A_BODY}
    if address.origin != request.address.origin:
        headers = {key: value for key, value in headers.items() if not is_secret_header(key)}
    return Request(method, address._replace(login=""), tuple(headers.items()), body)
