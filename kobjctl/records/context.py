"""What one run has: the org, what it may reach, and what it sets off."""

from collections.abc import Callable
from math import inf
from typing import NamedTuple, TypeAlias

from kobjctl.model.run import LIMITS, Limits
from kobjctl.model.values import JsonObject
from kobjctl.model.web import Request, Response, refusal
from kobjctl.records.interruption import Interruption
from kobjctl.records.outbox import Outbox
from kobjctl.records.requests import RequestLog
from kobjctl.store.org import Org


class StubAnswer(NamedTuple):
    """What a stub gives in place of an action: its output, or why it fails.

    `place` is where the stub stands: `stubs.yaml:3`.
    """

    place: str
    output: JsonObject
    failure: str = ""


Stub: TypeAlias = Callable[[str, JsonObject], StubAnswer | None]
Http: TypeAlias = Callable[[Request, "RunContext"], Response]


def no_stub(action_name: str, params: JsonObject) -> StubAnswer | None:
    """Leave every action to itself."""
    return None


def refuse_every_host(request: Request, context: "RunContext") -> Response:
    """Send nothing: what a run may reach where nothing is allowed."""
    raise refusal(request.address)


class RunContext(NamedTuple):
    """What one run has, made by whoever starts it.

    `http` sends a request of the run, `stub` may answer in place of an action (its name and
    resolved params). `outbox` has what the run sets off, `requests` what its step under way has
    sent. `interruption` is the wish to stop, `deadline` when by the org's `tick` the run has to be
    over.
    """

    org: Org
    outbox: Outbox
    requests: RequestLog
    interruption: Interruption
    http: Http = refuse_every_host
    stub: Stub = no_stub
    limits: Limits = LIMITS
    deadline: float = inf


def outside_runs(org: Org) -> RunContext:
    """Return what something has that is done by hand, and is no part of a run."""
    return RunContext(org, Outbox(org.store), RequestLog(), Interruption())
