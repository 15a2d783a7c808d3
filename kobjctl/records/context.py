"""What a run works in: the org, the time, chance, and what it may reach."""

from collections.abc import Callable
from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from kobjctl.model.values import JsonObject
from kobjctl.model.web import Web, refuse_every_host
from kobjctl.records.interruption import Interruption
from kobjctl.records.outbox import Outbox
from kobjctl.records.requests import RequestLog

if TYPE_CHECKING:
    # Who only judges actions needs no database.
    from kobjctl.store.store import Store


class StubAnswer(NamedTuple):
    """What a stub gives in place of an action: its output, or why it fails.

    `place` is where the stub stands: `stubs.yaml:3`.
    """

    place: str
    output: JsonObject
    failure: str = ""


Stub: TypeAlias = Callable[[str, JsonObject], StubAnswer | None]


def no_stub(action_name: str, params: JsonObject) -> StubAnswer | None:
    """Leave every action to itself."""
    return None


def leave_chance() -> None:
    """Leave ids and random values to chance."""


class World:
    """Everything that comes from outside: the org, the time, chance, the web.

    `now` gives the time as the platform writes it, `tick` the seconds of a clock that only goes
    forward, `new_id` a new object id, `random` a number in [0, 1).
    `web` sends an HTTP request, `stub` may answer in place of an action (its name and resolved
    params). `plans` keeps what the engine compiled, by workflow id and rev. `outbox` has what the
    run under way sets off, `requests` what its step under way has sent, `deadline` when by `tick`
    it has to be over; `timed` tells whether the log has durations, which differ each time.
    `interruption` is the wish to stop. `reseed` is called with the write lock held, before anything
    from outside is kept: where ids and chance follow from what the org has by then, they begin
    anew.
    """

    def __init__(
        self,
        store: "Store",
        *,
        now: Callable[[], str],
        tick: Callable[[], float],
        new_id: Callable[[], str],
        random: Callable[[], float] = lambda: 0.5,
    ) -> None:
        self.store = store
        self.now = now
        self.tick = tick
        self.new_id = new_id
        self.random = random
        self.web: Web = refuse_every_host
        self.stub: Stub = no_stub
        self.plans: dict[tuple[str, int], Any] = {}
        self.deadline = inf
        self.timed = True
        self.interruption = Interruption()
        self.reseed: Callable[[], None] = leave_chance
        self.outbox = Outbox(store)
        self.requests = RequestLog()

    @property
    def interrupted(self) -> bool:
        """Return whether somebody asked to stop."""
        return self.interruption.asked

    @property
    def owner(self) -> str:
        """Name this process, as the owner of the runs it works on."""
        return self.store.leases.owner
