"""Stubs: what answers in place of the web and of actions; the first that fits does."""

import re
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Iterable
from typing import Final, NamedTuple

from kobjctl.files.document import Document
from kobjctl.files.reader import read_document
from kobjctl.files.shapes.stub import check_stubs
from kobjctl.http.matching import ANY, difference
from kobjctl.http.patterns import RequestPattern
from kobjctl.javascript.json_text import stringify
from kobjctl.model.app import plain_name
from kobjctl.model.problem import FileProblemsError, Problem
from kobjctl.model.values import JsonObject
from kobjctl.model.web import Failure, Headers, Request, Response
from kobjctl.records.casts import to_text
from kobjctl.records.context import StubAnswer

OK: Final = 200


# Of a host with a star, only one that stands for all names below is like those that are allowed.
_HOST: Final = re.compile(r"(?:https?|\*)://((?:\*\.)?[^/?#*]+)(?=[/?#]|$)")


class HttpStub(NamedTuple):
    """An answer to the requests that fit, `delay` seconds late; or a failure."""

    place: str
    pattern: RequestPattern
    response: Response
    delay: float = 0.0
    fail: Failure | None = None


class ActionStub(NamedTuple):
    """An answer in place of an action whose params fit."""

    answer: StubAnswer
    action: str
    params: JsonObject


class Stubs:
    """The stubs of some files, in their order."""

    def __init__(self, http: Iterable[HttpStub] = (), actions: Iterable[ActionStub] = ()) -> None:
        self._http = tuple(http)
        self._actions = tuple(actions)

    @property
    def hosts(self) -> frozenset[str]:
        """Return the hosts that the stubs answer for, as they are written; `*` is any."""
        found = (_HOST.match(stub.pattern.url) for stub in self._http)
        return frozenset(match[1] if match else ANY for match in found)

    @property
    def actions(self) -> frozenset[str]:
        """Return the names of the actions that stubs answer."""
        return frozenset(stub.action for stub in self._actions)

    def find(self, request: Request) -> HttpStub | None:
        """Return the first stub that answers a request."""
        for stub in self._http:
            if next(stub.pattern.misfits(request), None) is None:
                return stub
        return None

    def why_none(self, request: Request) -> str:
        """Describe why the closest stub does not answer a request; empty where there are none."""
        if not self._http:
            return ""
        closest = max(self._http, key=lambda stub: _closeness(stub.pattern, request))
        return f"the stub {closest.place} is closest, but {next(closest.pattern.misfits(request))}"

    def answer(self, action: str, params: JsonObject) -> StubAnswer | None:
        """Return what the first stub that fits answers in place of an action."""
        name = plain_name(action)
        for stub in self._actions:
            if stub.action == name and not difference(stub.params, params):
                return stub.answer
        return None


def _closeness(pattern: RequestPattern, request: Request) -> tuple[float, bool, int]:
    from difflib import SequenceMatcher  # noqa: PLC0415 - only a failing request needs it

    fits = pattern.fits_address(request)
    likeness = 1.0 if fits else SequenceMatcher(None, pattern.url, str(request.address)).ratio()
    return likeness, pattern.fits_method(request), -len(list(pattern.misfits(request)))


def read_stubs(paths: Iterable[str]) -> tuple[Stubs, list[Problem]]:
    """Read stub files; give their stubs, and the warnings found on the way.

    Raises FileProblemsError with all that is wrong with them, UsageError for no file.
    """
    return stubs_of(map(read_document, paths))


def stubs_of(documents: Iterable[Document]) -> tuple[Stubs, list[Problem]]:
    """Return the stubs of documents as `read_stubs` does."""
    http: list[HttpStub] = []
    actions: list[ActionStub] = []
    problems: list[Problem] = []
    for document in documents:
        found = [*document.problems, *check_stubs(document)]
        problems += found
        if not any(problem.severity == "error" for problem in found):
            http += _http_stubs(document, problems)
            actions += _action_stubs(document)
    if any(problem.severity == "error" for problem in problems):
        raise FileProblemsError(sorted(problems))
    return Stubs(http, actions), sorted(problems)


def _http_stubs(document: Document, problems: list[Problem]) -> list[HttpStub]:
    stubs = []
    for index, stub in enumerate(document.data.get("http") or ()):
        path = ("http", index)
        answer = stub.get("response") or {}
        try:
            response = _response(answer)
        except Base64Error:
            span = document.span((*path, "response", "base64"))
            problems.append(Problem(document.path, span, "WF104", "`base64` is not valid Base64"))
            continue
        stubs.append(
            HttpStub(
                place=_place(document, *path),
                pattern=RequestPattern.read(stub["request"]),
                response=response,
                delay=answer.get("delay", 0.0),
                fail=stub.get("fail"),
            )
        )
    return stubs


def _action_stubs(document: Document) -> list[ActionStub]:
    return [
        ActionStub(
            answer=StubAnswer(
                place=_place(document, "actions", index),
                output=stub.get("output") or {},
                failure=stub.get("fail") or "",
            ),
            action=plain_name(stub["action"]),
            params=stub.get("params") or {},
        )
        for index, stub in enumerate(document.data.get("actions") or ())
    ]


def _place(document: Document, *path: str | int) -> str:
    return f"{document.path}:{document.span(path).line}"


def _response(answer: JsonObject) -> Response:
    headers = _headers(answer.get("headers") or {})
    body = answer.get("body")
    if "base64" in answer:
        raw = b64decode(answer["base64"], validate=True)
    elif body is None or isinstance(body, str):
        raw = (body or "").encode()
    else:
        raw = stringify(body).encode()
        if "content-type" not in dict(headers):
            headers = (("content-type", "application/json"), *headers)
    return Response(answer.get("status", OK), headers, raw)


def _headers(given: JsonObject) -> Headers:
    """Return headers as a server sends them: one that is a list comes several times."""
    return tuple(
        (name.lower(), to_text(name, each))
        for name, value in given.items()
        for each in (value if isinstance(value, list) else [value])
    )
