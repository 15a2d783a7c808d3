"""What one version does with a payload: its runs, the records it writes, the requests it sends."""

from typing import NamedTuple

from kobjctl.app.org.world import freeze_clock, freeze_time, seed, seed_random
from kobjctl.compare.gates import InputPayload, PayloadOutcome, go
from kobjctl.engine.outcome import Limits
from kobjctl.expressions.secrets import secrets_of
from kobjctl.files.payloads.payload import json_or_text
from kobjctl.model.chance import ObjectIds
from kobjctl.model.masking import mask_headers
from kobjctl.model.secrets import Secrets
from kobjctl.model.values import JsonObject
from kobjctl.model.web import Request, Response, Web
from kobjctl.model.workflow import Workflow
from kobjctl.records.context import World
from kobjctl.store.written import RecordChange, WriteWatch


class VersionResult(NamedTuple):
    """What came of a payload in one version; `requests` show no secrets."""

    gone: PayloadOutcome
    written: tuple[RecordChange, ...]
    requests: tuple[JsonObject, ...]


class VersionRunner:
    """A version's copy of the org, on which it gets payload after payload and keeps its state."""

    def __init__(self, world: World, number: int, at: str, limits: Limits) -> None:
        seed(world, number)
        freeze_time(world, at)
        self.world = world
        self.writes = WriteWatch(world.store.connection)
        self._ids = world.new_id
        self._seed = number
        self._limits = limits
        self._requests = _RequestWatch(world.web)
        world.web = self._requests

    def has_made(self, object_id: str) -> bool:
        """Return whether an id was made by this version."""
        return isinstance(self._ids, ObjectIds) and self._ids.has_made(object_id)

    def run(self, workflow: Workflow, given: InputPayload, at: str) -> VersionResult:
        """Let a payload in at a time where a workflow starts, and give what came of it."""
        freeze_clock(self.world, at)
        # Chance that one version used must not be another's at the next payload.
        seed_random(self.world, f"{self._seed} {given.place}")
        gone = go(self.world, workflow, given, self._limits)
        return VersionResult(
            gone, tuple(self.writes.take()), tuple(self._told(self._requests.take()))
        )

    def _told(self, requests: list[Request]) -> list[JsonObject]:
        if not requests:
            return []
        secrets: Secrets = secrets_of(self.world.store)
        return [mask_headers(secrets.mask(_request_json(request))) for request in requests]


class _RequestWatch:
    """The web, noting what is asked of it."""

    def __init__(self, web: Web) -> None:
        self._web = web
        self._requests: list[Request] = []

    def __call__(self, request: Request) -> Response:
        self._requests.append(request)
        return self._web(request)

    def take(self) -> list[Request]:
        """Return the requests since the last time."""
        taken, self._requests = self._requests, []
        return taken


def _request_json(request: Request) -> JsonObject:
    return {
        "method": request.method,
        "url": str(request.address),
        "headers": dict(request.headers),
        # Bodies that differ in bytes which are no text must not look the same.
        "body": json_or_text(request.body.decode(errors="backslashreplace")),
    }
