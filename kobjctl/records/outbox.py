"""What the run under way sets off: events that start other runs once it has committed.

Source: `manual/platform.md 2.4, 8.1`; the limit on a chain is ours.
"""

from typing import TYPE_CHECKING, NamedTuple

from kobjctl.model.run import CHAIN_LIMIT
from kobjctl.model.values import JsonObject

if TYPE_CHECKING:
    from kobjctl.store.store import Store


class Emission(NamedTuple):
    """An event that waits for the commit; `data` is the output of its step `1`."""

    name: str
    data: JsonObject


class Outbox:
    """The events of one run: `run` is its number (0: none), `depth` its place in a chain.

    Only what some enabled workflow listens to is kept.
    """

    def __init__(
        self, store: "Store", run: int = 0, depth: int = 1, limit: int = CHAIN_LIMIT
    ) -> None:
        self.run = run
        self.depth = depth
        self.limit = limit
        self.emissions: list[Emission] = []
        self.started: list[int] = []
        self._store = store

    def hears(self, name: str) -> bool:
        """Return whether a workflow listens to an event that the run under way may emit."""
        return bool(self.run and self._store.workflows.listening(name))

    def add(self, name: str, data: JsonObject) -> None:
        """Emit an event with the commit of the run."""
        self.emissions.append(Emission(name, data))

    def take(self) -> list[Emission]:
        """Return what waits, which then no longer waits."""
        taken, self.emissions = self.emissions, []
        return taken
