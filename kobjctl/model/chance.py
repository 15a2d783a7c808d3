"""Ids and chance: the one place where what nobody can foresee comes from."""

import os
from collections.abc import Callable

from kobjctl.model import clock


class ObjectIds:
    """Makes ids of 24 hex characters in the order of time, as the platform's are.

    4 bytes of seconds (the time, unless `seconds` is set), 5 that differ between processes, 3 of
    a counter.
    """

    def __init__(self, random_bytes: Callable[[int], bytes] = os.urandom) -> None:
        self.seconds: int | None = None
        self._process = random_bytes(5).hex()
        self._count = int.from_bytes(random_bytes(3)) >> 2

    def __call__(self) -> str:
        """Return a new id."""
        self._count = (self._count + 1) & 0xFFFFFF
        seconds = clock.seconds() if self.seconds is None else self.seconds
        return f"{seconds & 0xFFFFFFFF:08x}{self._process}{self._count:06x}"

    def has_made(self, object_id: str) -> bool:
        """Return whether an id is one of those that were made here."""
        return object_id[8:18] == self._process


def chance() -> float:
    """Return a number in [0, 1) that nobody can foresee."""
    return int.from_bytes(os.urandom(6)) / (1 << 48)


def new_hash() -> str:
    """Return the 64 hex characters that make a hook's address secret."""
    return os.urandom(32).hex()
