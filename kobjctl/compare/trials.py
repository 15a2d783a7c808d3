"""What one version does with a payload: its runs, the records it writes, the requests it sends."""

from typing import NamedTuple

from kobjctl.app.org.conditions import seeded, with_random
from kobjctl.compare.payloads import InputPayload, PayloadOutcome, go
from kobjctl.engine.engine import Engine
from kobjctl.expressions.secrets import secrets_of
from kobjctl.files.payloads.payload import json_or_text
from kobjctl.model.chance import ObjectIds
from kobjctl.model.masking import mask_headers
from kobjctl.model.secrets import Secrets
from kobjctl.model.values import JsonObject
from kobjctl.model.web import Request, Response
from kobjctl.model.workflow import Workflow
from kobjctl.records.context import RunContext
from kobjctl.store.written import RecordChange, WriteWatch


class VersionResult(NamedTuple):
    """What came of a payload in one version; `requests` show no secrets."""

    outcome: PayloadOutcome
    changes: tuple[RecordChange, ...]
    requests: tuple[JsonObject, ...]


class VersionRunner:
    """A version's copy of the org, on which it gets payload after payload and keeps its state."""

    def __init__(self, engine: Engine, number: int, at: str) -> None:
        self.org = seeded(engine.org, number).at(at).untimed()
        self.interruption = engine.interruption
        self.writes = WriteWatch(self.org.store.connection)
        self._engine = engine._replace(org=self.org)
        self._seed = number
        self._requests: list[Request] = []

    def has_made(self, object_id: str) -> bool:
        """Return whether an id was made by this version."""
        ids = self.org.new_id
        return isinstance(ids, ObjectIds) and ids.has_made(object_id)

    def run(self, workflow: Workflow, payload: InputPayload, at: str) -> VersionResult:
        """Let a payload in at a time where a workflow starts, and give what came of it."""
        # Chance that one version used must not be another's at the next payload.
        org = with_random(self.org.at(at), f"{self._seed} {payload.place}")
        outcome = go(self._engine._replace(org=org, http=self._send), workflow, payload)
        requests, self._requests = self._requests, []
        return VersionResult(outcome, tuple(self.writes.take()), tuple(self._masked(requests)))

    def _send(self, request: Request, context: RunContext) -> Response:
        # The log has none that was refused: without hosts and stubs there would be nothing in it.
        self._requests.append(request)
        return self._engine.http(request, context)

    def _masked(self, requests: list[Request]) -> list[JsonObject]:
        if not requests:
            return []
        secrets: Secrets = secrets_of(self.org.store)
        return [mask_headers(secrets.mask(_request_json(request))) for request in requests]


def _request_json(request: Request) -> JsonObject:
    return {
        "method": request.method,
        "url": str(request.address),
        "headers": dict(request.headers),
        # Bodies that differ in bytes which are no text must not look the same.
        "body": json_or_text(request.body.decode(errors="backslashreplace")),
    }
