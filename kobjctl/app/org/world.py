"""The world that runs happen in: the org's store, the clock, ids.

The one place where the time is read and chance is used.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from kobjctl.model.errors import StoreError
from kobjctl.model.instants import parse_instant
from kobjctl.records.context import World
from kobjctl.store.store import BUSY_TIMEOUT, MEMORY, Store, file_exists


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
        """Give a new id."""
        self._count = (self._count + 1) & 0xFFFFFF
        seconds = int(time.time()) if self.seconds is None else self.seconds
        return f"{seconds & 0xFFFFFFFF:08x}{self._process}{self._count:06x}"

    def has_made(self, object_id: str) -> bool:
        """Tell whether an id is one of those that were made here."""
        return object_id[8:18] == self._process


@lru_cache(maxsize=1)
def _second(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")


# A run asks several times within one.
@lru_cache(maxsize=1)
def _millisecond(count: int) -> str:
    seconds, milliseconds = divmod(count, 1000)
    return f"{_second(seconds)}.{milliseconds:03}Z"


def now() -> str:
    """Give the time as the platform writes it."""
    return _millisecond(time.time_ns() // 1_000_000)


def stopwatch() -> Callable[[], float]:
    """Give what tells how many milliseconds have passed since."""
    started = time.perf_counter()
    return lambda: (time.perf_counter() - started) * 1000


def chance() -> float:
    """Give a number in [0, 1) that nobody can foresee."""
    return int.from_bytes(os.urandom(6)) / (1 << 48)


def new_hash() -> str:
    """Give the 64 hex characters that make a hook's address secret."""
    return os.urandom(32).hex()


def open_world(path: Path | str, *, timeout: float = BUSY_TIMEOUT) -> World:
    """Open the org at `path`, or make a new one there; raises StoreError."""
    ids = ObjectIds()
    store = Store.open(path, org_id=ids(), now=now(), timeout=timeout)
    return World(
        store=store,
        now=now,
        tick=time.monotonic,
        new_id=ids,
        random=chance,
    )


def stand_still(world: World, at: str) -> None:
    """Let the clock of the org's runs stand at a time, as the platform writes it."""
    moment = parse_instant(at)
    world.now = lambda: at
    if isinstance(world.new_id, ObjectIds) and moment:
        world.new_id.seconds = int(moment.timestamp())


def stop_clock(world: World, at: str) -> None:
    """Let the clock stand at a time, and tell of nothing how long it took: two such runs have the
    same log.
    """
    stand_still(world, at)
    world.timed = False


def seed(world: World, number: int, *, makes: bool = False) -> None:
    """Take chance out of ids and random values: in the same org the same ones come every time.

    What one command makes is never what another makes; one that `makes` a record may do so
    without any event.
    """
    from random import Random  # noqa: PLC0415 - only who asks for a seed pays for it

    # A rerun makes no event.
    newest = (world.store.events.newest(), world.store.runs.newest_rerun())
    pruned = world.store.events.pruned()
    made = (f"made {world.store.made()}",) if makes else ()
    text = " ".join(str(each) for each in (number, *newest, *pruned, *made) if each is not None)
    chances = Random(text)  # noqa: S311 - no secrets
    seconds = world.new_id.seconds if isinstance(world.new_id, ObjectIds) else None
    world.random = chances.random
    world.new_id = ObjectIds(chances.randbytes)
    world.new_id.seconds = seconds


def keep_seeded(world: World, number: int, *, makes: bool = False) -> None:
    """Seed a world on an org that others write to: anew, with the lock held, each time that
    something from outside is kept.
    """

    def reseed() -> None:
        seed(world, number, makes=makes)

    world.reseed = reseed
    reseed()


def settled_world(store: Store, at: str, chances: str) -> World:
    """Give a world on a store in which nothing is left to chance: its clock stands still at a
    time, and where `chances` is the same text, ids and random values are.
    """
    from random import Random  # noqa: PLC0415 - few commands need it

    source = Random(chances)  # noqa: S311 - no secrets
    world = World(
        store=store,
        now=now,
        tick=time.monotonic,
        new_id=ObjectIds(source.randbytes),
        random=source.random,
    )
    stop_clock(world, at)
    return world


@contextmanager
def next_ids(world: World, *ids: str) -> Iterator[None]:
    """Let the ids that are made first be these, within the block."""
    new_id, given = world.new_id, iter(ids)
    world.new_id = lambda: next(given, None) or new_id()
    try:
        yield
    finally:
        world.new_id = new_id


def foresee(world: World, text: str) -> None:
    """Take chance out of random values alone: for the same text the same ones come."""
    from random import Random  # noqa: PLC0415 - see seed

    world.random = Random(text).random  # noqa: S311 - no secrets


def open_existing_world(path: Path | str, *, named: bool) -> World:
    """Open the org at `path` for a look.

    Where there is none, an org that `named` by the user raises StoreError; else an empty one in
    memory stands in for it, so that a look leaves no file behind.
    """
    if file_exists(path):
        return open_world(path)
    if named:
        raise StoreError(
            f'there is no database "{path}"',
            hint="check --db and KOBJCTL_DB; a command that writes makes a new one",
        )
    return open_world(MEMORY)
