"""Which requests a stub answers."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import parse_qs

from kobjctl.files.payloads.payload import PayloadError, read_answer
from kobjctl.http.matching import ANY, difference, fits_text, shown
from kobjctl.model.masking import is_secret_header
from kobjctl.model.values import MISSING, Json, JsonObject
from kobjctl.model.web import Request


class RequestPattern(NamedTuple):
    """What a request must be like; what is empty or MISSING may be anything.

    `exact` is for a request that has nothing in its query and body beyond what is said.
    """

    url: str
    method: str = ""
    headers: Mapping[str, str] = {}
    query: Mapping[str, Json] = {}
    body: Json = MISSING
    exact: bool = False

    @classmethod
    def read(cls, request: JsonObject) -> "RequestPattern":
        """Read the `request` of a stub that has passed `check_stubs`."""
        return cls(
            url=with_path(request["url"]),
            method=(request.get("method") or "").upper(),
            headers={key.lower(): value for key, value in request.get("headers", {}).items()},
            query=request.get("query", {}),
            body=request.get("body", MISSING),
            exact=request.get("exact", False),
        )

    @property
    def has_query(self) -> bool:
        """Return whether the address says what the whole query is."""
        return "?" in self.url

    def fits_address(self, request: Request) -> bool:
        """Return whether the address is right, its query aside unless the pattern has one."""
        address = request.address
        return fits_text(self.url, str(address) if self.has_query else address.path)

    def fits_method(self, request: Request) -> bool:
        """Return whether the method is right."""
        return self.method in ("", ANY, request.method)

    def misfits(self, request: Request) -> Iterator[str]:
        """Yield why a request is not meant, each reason in a few words about the stub."""
        if not self.fits_address(request):
            yield f"its url is {self.url}"
        if not self.fits_method(request):
            yield f"its method is {self.method}, not {request.method}"
        yield from self._query_misfits(request.address.query)
        yield from self._header_misfits(request)
        yield from self._body_misfits(request.body)

    def _header_misfits(self, request: Request) -> Iterator[str]:
        given = dict(request.headers)
        for name, pattern in self.headers.items():
            if name not in given:
                yield f"its header {name} is {shown(pattern)}, but the request has none"
            elif not fits_text(pattern, given[name]):
                other = "another" if is_secret_header(name) else shown(given[name])
                yield f"its header {name} is {shown(pattern)}, not {other}"

    def _query_misfits(self, query: str) -> Iterator[str]:
        given = parse_qs(query, keep_blank_values=True)
        for name, wanted in self.query.items():
            pattern = wanted if isinstance(wanted, str) else shown(wanted)
            if not any(fits_text(pattern, value) for value in given.get(name, ())):
                found = (
                    f"not {shown(given[name][0])}" if name in given else "but the request has none"
                )
                yield f"its query {name} is {shown(pattern)}, {found}"
        more = given.keys() - self.query.keys()
        if self.exact and more and not self.has_query:
            yield f"its query has no {shown(min(more))}, but the request has"

    def _body_misfits(self, body: bytes) -> Iterator[str]:
        if self.body is MISSING:
            if self.exact and body:
                yield "it has no body, but the request has one"
            return
        text = body.decode(errors="replace")
        if isinstance(self.body, str):
            if not fits_text(self.body, text):
                yield f"its body is {shown(self.body)}, not {shown(text)}"
            return
        try:
            found = difference(self.body, read_answer(text), exact=self.exact, at="body")
        except PayloadError:
            found = "body is JSON, but the request's is not"
        if found:
            yield f"its {found}"


def with_path(url: str) -> str:
    """Return a pattern of an address as requests have it: without a path, that is `/`."""
    place = url.partition("://")[2] or url
    return url if "/" in place or place.endswith(ANY) or "?" in place else f"{url}/"
