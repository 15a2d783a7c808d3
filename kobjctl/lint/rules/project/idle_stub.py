"""WF506: a stub that answers nothing, and (WF505) a request to its host that no stub answers."""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Final, NamedTuple

from kobjctl.actions import ACTIONS
from kobjctl.expressions.references import MARK
from kobjctl.files.document import Document
from kobjctl.http.hosts import read_hosts
from kobjctl.http.matching import ANY, escape, fit_together
from kobjctl.http.patterns import RequestPattern, with_path
from kobjctl.lint.operands import is_literal
from kobjctl.lint.project.files import Definition, Files, Place
from kobjctl.lint.project.project import Project, ProjectSubject
from kobjctl.lint.rule import ProjectFinding, rule
from kobjctl.model.address import Address, AddressError, read_address
from kobjctl.model.app import plain_name
from kobjctl.model.errors import closest, did_you_mean
from kobjctl.model.values import JsonObject, JsonPath

_TAG: Final = re.compile(r"\{\{.*?\}\}\}?", re.DOTALL)
_HOST: Final = re.compile(r"[^/]*://([^/?]*)")


class WorkflowRequest(NamedTuple):
    """A request that a step sends: its method, empty where only a run knows, and the pattern of
    its address without the query; `address` where all of it is known.
    """

    part: Definition
    path: JsonPath
    step: str
    method: str
    url: str
    address: Address | None = None

    @property
    def place(self) -> Place:
        """Where the request stands."""
        return self.part.at(*self.path)

    def goes_to(self, pattern: RequestPattern) -> bool:
        """Return whether the address can be that of a stub."""
        if pattern.has_query and self.address and "?" in self.address.target:
            return fit_together(pattern.url, escape(str(self.address)))
        return fit_together(pattern.url.partition("?")[0], self.url)

    def fits(self, pattern: RequestPattern) -> bool:
        """Return whether a stub can be meant for the request, its headers and body aside."""
        by_method = not self.method or pattern.method in ("", ANY, self.method)
        return by_method and self.goes_to(pattern)


class RequestStub(NamedTuple):
    """A stub of a request, with its place."""

    document: Document
    position: int
    pattern: RequestPattern


def split_url(url: str) -> tuple[str, str]:
    """Split the pattern of an address into the host, `*` where it may be any, and the path."""
    found = _HOST.match(url)
    return (found[1], url[found.end() :].partition("?")[0]) if found else (ANY, url)


@rule("WF506", "idle-stub", severity="warning", about=("stubs",))
def idle_stub(subject: ProjectSubject) -> Iterator[ProjectFinding]:
    """A stub should answer a request or an action of the workflows.

    kobjctl compares the method and the address; an expression in the address matches anything. A
    stub that matches nothing is reported in two cases: it resembles a request that no stub answers,
    or its action is used by no step and unknown to kobjctl. The rule only runs with `--stubs`. In
    these examples a stub answers POST https://api.example.com/stock.

    Bad (-) and good (+):

          name: stock
          trigger:
            eventName: kustomer.customer.create
            transitions:
              - target: ask
          steps:
            - id: ask
              action: kustomer.rest-api.json
        -     params: {uri: "https://api.example.com/stock"}
        +     params: {uri: "https://api.example.com/stock", method: POST}
              transitions: []
    """
    files, project = subject.files, subject.project
    requests = [asked for part in files.parts("workflows") for asked in _requests(part, project)]
    http = [
        RequestStub(document, index, RequestPattern.read(stub["request"]))
        for document in subject.stubs
        for index, stub in enumerate(document.data.get("http") or ())
    ]
    if http and not files.unreadable and not _has_own_actions(files, project):
        yield from _of_requests(requests, http, subject.hosts)
    for document in subject.stubs:
        yield from _of_actions(document, files, project)


def _requests(part: Definition, project: Project) -> Iterator[WorkflowRequest]:
    for index, step in enumerate(part.body.get("steps") or ()):
        params: JsonObject = step.get("params") or {}
        uri, method = params.get("uri"), params.get("method") or "GET"
        if not project.sends(step.get("action")) or not isinstance(uri, str):
            continue
        known = method.upper() if isinstance(method, str) and is_literal(method) else ""
        asked = WorkflowRequest(
            part, ("steps", index, "params", "uri"), step["id"], known, _pattern(uri)
        )
        if is_literal(uri):
            try:
                address = read_address(uri)
            except AddressError:
                continue
            has_query = bool(params.get("qs"))
            asked = asked._replace(url=escape(address.path), address=None if has_query else address)
        yield asked


def _pattern(uri: str) -> str:
    """Return the pattern of an address that has expressions in it, without its query."""
    if uri.startswith(MARK):
        return ANY
    pattern = ANY.join(map(escape, _TAG.split(uri.strip())))
    return with_path(re.split(r"[?#]", pattern, maxsplit=1)[0])


def _has_own_actions(files: Files, project: Project) -> bool:
    """Return whether a step calls an action of an app, which may send any request."""
    return any(
        step.get("action") in project.actions and step["action"] not in ACTIONS
        for part in files.parts("workflows")
        for step in part.body.get("steps") or ()
    )


def _of_requests(
    requests: Iterable[WorkflowRequest], stubs: Iterable[RequestStub], hosts: Collection[str]
) -> Iterator[ProjectFinding]:
    open_ = [asked for asked in requests if not any(asked.fits(stub.pattern) for stub in stubs)]
    told: list[WorkflowRequest] = []
    for stub in stubs:
        if any(asked.fits(stub.pattern) for asked in requests):
            continue
        meant = _meant(stub.pattern, (asked for asked in open_ if asked not in told))
        if meant:
            told.append(meant)
            yield _misfit(stub, meant)
    allowed = read_hosts(hosts)
    for asked in open_:
        host = split_url(asked.url)[0]
        at_host = any(fit_together(split_url(stub.pattern.url)[0], host) for stub in stubs)
        is_known = asked.address is not None and asked.address not in allowed
        if at_host and is_known and asked not in told:
            yield _unanswered(asked)


def _meant(pattern: RequestPattern, requests: Iterable[WorkflowRequest]) -> WorkflowRequest | None:
    """Return the request that a stub which answers none was meant for: it has another method, a
    path that is like that of the stub, or a host that is.
    """
    here, path = split_url(pattern.url)
    by_path: dict[str, WorkflowRequest] = {}
    by_host: dict[str, WorkflowRequest] = {}
    for asked in requests:
        host, its_path = split_url(asked.url)
        if asked.goes_to(pattern):
            return asked
        if fit_together(here, host):
            by_path[its_path] = asked
        elif fit_together(path, its_path):
            by_host[host] = asked
    return by_path.get(closest(path, by_path)) or by_host.get(closest(here, by_host))


def _misfit(stub: RequestStub, meant: WorkflowRequest) -> ProjectFinding:
    pattern = stub.pattern
    if meant.goes_to(pattern):
        key, message = "method", f"no step sends a {pattern.method} request to this address"
        hint = f'step "{meant.step}" sends a {meant.method} request'
    else:
        key, message = "url", f'no step sends a request to "{pattern.url}"'
        hint = f'did you mean "{meant.url}"?'
    place = Place(stub.document, ("http", stub.position, "request", key))
    return ProjectFinding(place, message, hint, (meant.place, "this request"))


def _unanswered(request: WorkflowRequest) -> ProjectFinding:
    host = request.address.place if request.address else split_url(request.url)[0]
    message = f"no stub answers {request.method or 'the request to'} {request.url}"
    return ProjectFinding(
        request.place,
        message,
        f"add a stub, or allow the host with --allow-host {host}",
        code="WF505",
    )


def _of_actions(document: Document, files: Files, project: Project) -> Iterator[ProjectFinding]:
    used = {
        step.get("action") or ""
        for part in files.parts("workflows")
        for step in part.body.get("steps") or ()
    }
    known = {plain_name(name) for name in (*used, *project.actions, *project.broken)}
    for index, stub in enumerate(document.data.get("actions") or ()):
        name = stub["action"]
        if plain_name(name) in known:
            continue
        # What only a stub can answer is what a stub is for.
        strange = [each for each in used if each not in project.actions]
        hint = did_you_mean(name, strange) or did_you_mean(name, project.actions)
        message = f'no step has the action "{name}"'
        hint = hint or "kobjctl actions lists the actions"
        yield ProjectFinding(Place(document, ("actions", index, "action")), message, hint)
