"""Where one scenario is played: an org of its own, whose web has no hosts but stubs."""

from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import parse_qs

from kobjctl.app.org.conditions import settled_org
from kobjctl.engine.engine import Engine
from kobjctl.files.document import Document
from kobjctl.files.payloads.payload import json_or_text
from kobjctl.files.reader import read_document
from kobjctl.files.times import read_time
from kobjctl.http.client import WEB_LIMITS, Client
from kobjctl.http.exchange import Exchange
from kobjctl.http.hosts import AllowedHosts
from kobjctl.http.stubs import Stubs, stubs_of
from kobjctl.model import clock
from kobjctl.model.errors import KobjctlError
from kobjctl.model.problem import FileProblemsError, Problem
from kobjctl.model.run import LIMITS, Limits
from kobjctl.model.scenario import HttpCall, Scenario
from kobjctl.model.values import MISSING, JsonPath
from kobjctl.model.web import HostRefusedError, Request, Response, WebError, node_headers
from kobjctl.records.context import RunContext
from kobjctl.records.interruption import Interruption
from kobjctl.store.store import Store
from kobjctl.testing.scenarios.orgs import NOW, StartOrg, StartOrgs
from kobjctl.testing.scenarios.reading import ScenarioFile, given_parts


class PlacedError(KobjctlError):
    """Something of a scenario that can't be done, and where its file says so."""

    def __init__(self, document: Document, path: JsonPath, error: KobjctlError) -> None:
        super().__init__(error.message, hint=error.hint)
        self.document = document
        self.path = path


class Stage(NamedTuple):
    """A scenario with the org that it is played in. `givens` are the documents that have what is
    given: that of the file, then that of the scenario.
    """

    file: ScenarioFile
    scenario: Scenario
    start: StartOrg
    engine: Engine
    calls: "Calls"

    def at(self, moment: str) -> "Stage":
        """Return the stage at a time; if that is empty, as it is."""
        if not moment:
            return self
        return self._replace(engine=self.engine._replace(org=self.engine.org.at(moment)))

    @property
    def own(self) -> Document:
        """What the file says of the scenario."""
        return self.file.own[self.scenario.position]


def open_stage(file: ScenarioFile, scenario: Scenario, orgs: StartOrgs) -> Stage:
    """Open the org of a scenario; raises FileProblemsError for files that can't be used and
    PlacedError for a time that is none.
    """
    start = orgs.start(file, scenario)
    stubs = read_stubs(file, scenario, orgs)
    own = file.own[scenario.position]
    options = given_parts(file.document) | given_parts(own)
    limits = Limits(
        options.get("stepLimit", LIMITS.steps),
        options.get("timeLimit", LIMITS.seconds),
        options.get("chainLimit", LIMITS.chain),
    )
    store, seed = Store.from_image(start.image), f"scenario {options.get('seed', 0)}"
    calls = Calls(stubs)
    org = settled_org(store, _now(file, own), seed)._replace(tick=calls.tick)
    engine = Engine(org, Interruption(), start.plans, http=calls, stub=stubs.answer, limits=limits)
    return Stage(file=file, scenario=scenario, start=start, engine=engine, calls=calls)


def _now(file: ScenarioFile, own: Document) -> str:
    for document in (own, file.document):
        time = given_parts(document).get("now")
        if time:
            try:
                return read_time(time, NOW)
            except KobjctlError as error:
                raise PlacedError(document, ("given", "now"), error) from error
    return NOW


def read_stubs(file: ScenarioFile, scenario: Scenario, orgs: StartOrgs) -> Stubs:
    """Return the stubs of a scenario, its own before those of its file; raises
    FileProblemsError.
    """
    own = file.own[scenario.position]
    has_own = bool(given_parts(own).get("stubs"))
    key = (file.path, scenario.position if has_own else None)
    if key not in orgs.stubs:
        documents = [
            each
            for document in ((own, file.document) if has_own else (file.document,))
            for each in _stub_documents(file, document)
        ]
        orgs.stubs[key] = stubs_of(documents)[0]
    return orgs.stubs[key]


def _stub_documents(file: ScenarioFile, document: Document) -> Iterator[Document]:
    stubs = given_parts(document).get("stubs")
    if isinstance(stubs, dict):
        yield document.below("given", "stubs")
    elif stubs is not None:
        for index, name in enumerate(stubs if isinstance(stubs, list) else [stubs]):
            span = document.span(("given", "stubs", index))
            if not isinstance(name, str):
                message = "`stubs` is a file, a list of files, or an object with stubs"
                raise FileProblemsError([Problem(file.path, span, "", message)])
            try:
                yield read_document(file.near(name))
            except FileProblemsError:
                raise
            except KobjctlError as error:
                raise file.cannot_use(span, error) from error


def stubbed(stubs: Stubs, sleep: Callable[[float], None]) -> Exchange:
    """Return what answers requests from stubs alone: no host is reached."""
    return Exchange(
        Client(WEB_LIMITS),
        hosts=AllowedHosts(),
        stubs=stubs,
        record=None,
        limits=WEB_LIMITS,
        sleep=sleep,
    )


class Calls:
    """What the runs of a scenario may reach: it answers from stubs, and keeps what was sent.

    A stub's delay passes at once: only the clock that limits runs goes on.
    """

    def __init__(self, stubs: Stubs) -> None:
        self.made: list[HttpCall] = []
        self._slept = 0.0
        self._exchange = stubbed(stubs, self._sleep)

    def tick(self) -> float:
        """Return the seconds of a clock that goes forward, and over the delays of stubs."""
        return clock.tick() + self._slept

    def __call__(self, request: Request, context: RunContext) -> Response:
        """Return what a stub answers."""
        call = _call(request)
        try:
            response = self._exchange(request, context)
        except HostRefusedError as error:
            self.made.append(call._replace(error=error.message))
            raise HostRefusedError(
                f"no stub answers {call.method} {request.address}",
                hint="answer it in `given.stubs`: scenarios reach no hosts",
                closest=error.closest,
            ) from error
        except WebError as error:
            self.made.append(call._replace(error=error.message))
            raise
        self.made.append(call._replace(status=response.status))
        return response

    def _sleep(self, seconds: float) -> None:
        self._slept += seconds


def _call(request: Request) -> HttpCall:
    query, body = parse_qs(request.address.query, keep_blank_values=True), request.body
    return HttpCall(
        method=request.method,
        url=request.address.path,
        query={name: each[0] if len(each) == 1 else each for name, each in query.items()},
        headers=node_headers(request.headers),
        body=json_or_text(body.decode(errors="replace")) if body else MISSING,
    )
