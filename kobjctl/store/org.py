"""An open org: its store, its clock, its ids and its chance, chosen when it is opened."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from kobjctl.model.chance import ObjectIds
from kobjctl.model.clock import parse_instant
from kobjctl.model.run import NO_CONDITIONS, RunConditions

if TYPE_CHECKING:
    # Who only judges files needs no database.
    from kobjctl.store.store import Store


def leave_chance() -> None:
    """Leave ids and random values to chance."""


class Org(NamedTuple):
    """What belongs to an org itself, whatever is done with it. Another clock or other ids make
    another value; the store is the same.

    `now` gives the time as the platform writes it, `tick` the seconds of a clock that only goes
    forward, `new_id` a new object id, `random` a number in [0, 1). `timed` tells whether the log
    has durations, which differ each time. `reseed` is called with the write lock held, before
    anything from outside is kept: where ids and chance follow from what the org has by then, they
    begin anew. `conditions` are kept with each run that is accepted, for whoever goes on with it.
    """

    store: "Store"
    now: Callable[[], str]
    tick: Callable[[], float]
    new_id: Callable[[], str]
    random: Callable[[], float] = lambda: 0.5
    timed: bool = True
    reseed: Callable[[], None] = leave_chance
    conditions: RunConditions = NO_CONDITIONS

    @property
    def owner(self) -> str:
        """Name this process, as the owner of the runs it works on."""
        return self.store.leases.owner

    def at(self, moment: str) -> "Org":
        """Return the org with a clock that stands still at a time, as the platform writes it."""
        ids, instant = self.new_id, parse_instant(moment)
        if isinstance(ids, ObjectIds) and instant:
            ids = ids.at(int(instant.timestamp()))
        conditions = self.conditions._replace(now=moment)
        return self._replace(now=lambda: moment, new_id=ids, conditions=conditions)

    def untimed(self) -> "Org":
        """Return the org telling of nothing how long it took: two such runs have the same log."""
        return self._replace(timed=False)
