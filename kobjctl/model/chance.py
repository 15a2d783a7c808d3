"""Ids and chance: the one place where what nobody can foresee comes from."""

import os
from collections.abc import Callable

from kobjctl.model import clock


class IdCounter:
    """What makes ids differ within a second: 5 bytes that differ between processes, 3 of a count
    that goes on.
    """

    def __init__(self, random_bytes: Callable[[int], bytes]) -> None:
        self.begin(random_bytes)

    def begin(self, random_bytes: Callable[[int], bytes]) -> None:
        """Begin anew, as another process would."""
        self.process = random_bytes(5).hex()
        self._count = int.from_bytes(random_bytes(3)) >> 2

    def next(self) -> str:
        """Return the last 16 hex characters of a new id."""
        self._count = (self._count + 1) & 0xFFFFFF
        return f"{self.process}{self._count:06x}"


class ObjectIds:
    """Makes ids of 24 hex characters in the order of time, as the platform's are: 4 bytes of
    seconds, then what the counter gives. `seconds` is the time that they show, None for the
    present.
    """

    def __init__(self, counter: IdCounter, seconds: int | None = None) -> None:
        self.counter = counter
        self.seconds = seconds

    def __call__(self) -> str:
        """Return a new id."""
        seconds = clock.seconds() if self.seconds is None else self.seconds
        return f"{seconds & 0xFFFFFFFF:08x}{self.counter.next()}"

    def at(self, seconds: int | None) -> "ObjectIds":
        """Return what makes the ids that come next, and shows another time in them."""
        return ObjectIds(self.counter, seconds)

    def has_made(self, object_id: str) -> bool:
        """Return whether an id is one of those that were made here."""
        return object_id[8:18] == self.counter.process


def object_ids(random_bytes: Callable[[int], bytes] = os.urandom) -> ObjectIds:
    """Return what makes ids of the present."""
    return ObjectIds(IdCounter(random_bytes))


def chance() -> float:
    """Return a number in [0, 1) that nobody can foresee."""
    return int.from_bytes(os.urandom(6)) / (1 << 48)


def new_hash() -> str:
    """Return the 64 hex characters that make a hook's address secret."""
    return os.urandom(32).hex()
