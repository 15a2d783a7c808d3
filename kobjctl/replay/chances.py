"""Ids and chance that depend on the payload alone, and not on when it is worked on."""

from collections.abc import Callable
from typing import Final, NamedTuple

from kobjctl.model.clock import parse_instant
from kobjctl.store.org import Org

# Room for the payloads above the base, so that the number for an id's middle never wraps.
_BASES: Final = 1 << 39


class IdPrefix(NamedTuple):
    """What the ids of a replay begin with: a time in seconds, and the number of no payload."""

    seconds: int
    base: int

    def prefix(self, position: int) -> str:
        """Return what the ids of a payload begin with: in the order of payloads."""
        return f"{self.seconds & 0xFFFFFFFF:08x}{self.base + position:010x}"


def new_origin(org: Org) -> IdPrefix:
    """Return the origin of a new replay, by the clock and the chance of the org."""
    moment = parse_instant(org.now())
    return IdPrefix(int(moment.timestamp()) if moment else 0, int(org.random() * _BASES))


class PayloadIds:
    """Makes the ids of one payload after the other; as ever, 24 hex characters in order.

    4 bytes of seconds, the same for the whole replay; 5 of the payload's place, which differ
    between replays; 3 of a counter.
    """

    def __init__(self, origin: IdPrefix) -> None:
        self._origin = origin
        self._prefix = origin.prefix(0)
        self._count = 0
        self._place = 0
        self._random: Callable[[], float] | None = None

    def go_to(self, position: int) -> None:
        """Begin with a payload, of which these are the first ids."""
        self._place = position
        self._prefix = self._origin.prefix(position)
        self._count = 0
        self._random = None

    def new_id(self) -> str:
        """Return a new id."""
        self._count += 1
        return f"{self._prefix}{self._count:06x}"

    def random(self) -> float:
        """Return a number in [0, 1), the same ones each time for the same payload and origin."""
        if self._random is None:
            from random import Random  # noqa: PLC0415 - few workflows ask for chance

            self._random = Random(f"{self._origin.base} {self._place}").random  # noqa: S311 - no secrets
        return self._random()
