"""An HTTP request, its answer, and what may go wrong between the two.

Every run loads this module and few send anything, so what is only needed to send is imported
where it is used.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from kobjctl.model.errors import KobjctlError
from kobjctl.model.values import JsonObject

if TYPE_CHECKING:
    from kobjctl.model.address import Address

Headers: TypeAlias = tuple[tuple[str, str], ...]
Failure = Literal["connection refused", "reset", "timeout"]
# A stub, the platform's API in this org, or a host.
AnsweredBy = Literal["stub", "org", "host"]

# What Node keeps the first of, where an answer has a header twice.
_ONLY_ONCE: Final = frozenset(
    (
        "age",
        "authorization",
        "content-length",
        "content-type",
        "etag",
        "expires",
        "from",
        "host",
        "if-modified-since",
        "if-unmodified-since",
        "last-modified",
        "location",
        "max-forwards",
        "proxy-authorization",
        "referer",
        "retry-after",
        "server",
        "user-agent",
    )
)


class Request(NamedTuple):
    """What is to be sent. The names of headers are in lower case, each is there once."""

    method: str
    address: "Address"
    headers: Headers = ()
    body: bytes = b""

    def header(self, name: str) -> str:
        """Return a header; empty when it isn't there."""
        return dict(self.headers).get(name, "")


class Response(NamedTuple):
    """What was answered. `notes` tell of the way it took: a stub, a redirect."""

    status: int
    headers: Headers = ()
    body: bytes = b""
    notes: tuple[str, ...] = ()

    def header(self, name: str) -> str:
        """Return the first header of this name (in lower case); empty when there is none."""
        return next((value for key, value in self.headers if key.lower() == name), "")


class WebError(KobjctlError):
    """A request that got no answer."""


class HostRefusedError(WebError):
    """A host that the user has not allowed; `closest` tells of the stub that nearly answers."""

    def __init__(self, message: str, *, hint: str = "", closest: str = "") -> None:
        super().__init__(message, hint=f"{hint}; {closest}" if closest else hint)
        self.closest = closest


class RedirectError(WebError):
    """A redirect that leads nowhere."""


class TooLargeError(WebError):
    """An answer with more bytes than are taken."""


class BrokenConnectionError(WebError):
    """A connection that could not be made (`connection refused`) or that broke (`reset`)."""

    def __init__(self, message: str, failure: Failure = "reset", *, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.failure: Failure = failure


class WebTimeoutError(WebError):
    """An answer that took too long."""

    failure: Failure = "timeout"


def refusal(address: "Address", closest: str = "", *, redirected: bool = False) -> HostRefusedError:
    """Make the error for a host that isn't allowed; `closest` follows the hint."""
    fact = f'the host "{address.place}" is not allowed'
    return HostRefusedError(
        f"the redirect to {address}: {fact}" if redirected else fact,
        hint=f"allow it with --allow-host {address.place}, or answer it with --stubs FILE",
        closest=closest,
    )


def node_headers(headers: Iterable[tuple[str, str]]) -> JsonObject:
    """Return headers as Node does: names in lower case, `set-cookie` always a list."""
    given: JsonObject = {}
    for name, value in headers:
        key = name.lower()
        if key == "set-cookie":
            given.setdefault(key, []).append(value)
        elif key not in given:
            given[key] = value
        elif key not in _ONLY_ONCE:
            given[key] += ("; " if key == "cookie" else ", ") + value
    return given
