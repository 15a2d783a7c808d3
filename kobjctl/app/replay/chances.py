"""Ids and chance that depend on the payload alone, and not on who works on it or when."""

from collections.abc import Callable
from typing import Final, NamedTuple

from kobjctl.actions.base import World
from kobjctl.model.instants import parse_instant
from kobjctl.model.values import JsonObject
from kobjctl.store.shards import Ids

# The characters of an id that tell its time.
_TIME: Final = 8
# Room for the payloads above the base, so that the number for an id's middle never wraps.
_BASES: Final = 1 << 39


class Origin(NamedTuple):
    """What the ids of a replay begin with: a time in seconds, and the number of no payload."""

    seconds: int
    base: int

    def prefix(self, position: int) -> str:
        """Give what the ids of a payload begin with: in the order of payloads."""
        return f"{self.seconds & 0xFFFFFFFF:08x}{self.base + position:010x}"

    def ids(self, start: int, end: int) -> Ids:
        """Give the ids of the payloads from one place up to, not including, another."""
        return Ids(f"{self.prefix(start)}000000", f"{self.prefix(end)}000000")

    def id_at(self, place: int) -> str:
        """Give the id whose `place_in_ids` this is."""
        return f"{self.prefix(0)[:_TIME]}{place:016x}"

    def as_json(self) -> JsonObject:
        """Give it as JSON."""
        return self._asdict()


def place_in_ids(object_id: str) -> int:
    """Give the place of an id among all of a replay, in their order."""
    return int(object_id[_TIME:], 16)


def new_origin(world: World) -> Origin:
    """Give the origin of a new replay, by the clock and the chance of the world."""
    moment = parse_instant(world.now())
    return Origin(int(moment.timestamp()) if moment else 0, int(world.random() * _BASES))


class Chances:
    """Makes the ids of one payload after the other; as ever, 24 hex characters in order.

    4 bytes of seconds, the same for the whole replay; 5 of the payload's place, which differ
    between replays; 3 of a counter.
    """

    def __init__(self, origin: Origin) -> None:
        self._origin = origin
        self._first = self._prefix = origin.prefix(0)
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
        """Give a new id."""
        self._count += 1
        return f"{self._prefix}{self._count:06x}"

    def may_have_made(self, object_id: str) -> bool:
        """Tell whether an id is of a payload up to the present one."""
        return self._first <= object_id and object_id[: len(self._prefix)] <= self._prefix

    def random(self) -> float:
        """Give a number in [0, 1), the same ones each time for the same payload and origin."""
        if self._random is None:
            from random import Random  # noqa: PLC0415 - few workflows ask for chance

            self._random = Random(f"{self._origin.base} {self._place}").random  # noqa: S311 - no secrets
        return self._random()
