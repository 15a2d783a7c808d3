"""The world that runs happen in: the org's store, its clock and its chance."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kobjctl.model import clock
from kobjctl.model.chance import ObjectIds, chance
from kobjctl.model.clock import parse_instant
from kobjctl.model.errors import StoreError
from kobjctl.records.context import World
from kobjctl.store.opening import MEMORY
from kobjctl.store.store import BUSY_TIMEOUT, Store, file_exists


def open_world(path: Path | str, *, timeout: float = BUSY_TIMEOUT) -> World:
    """Open the org at `path`, or make a new one there; raises StoreError."""
    ids = ObjectIds()
    store = Store.open(path, org_id=ids(), now=clock.now(), timeout=timeout)
    return World(
        store=store,
        now=clock.now,
        tick=clock.tick,
        new_id=ids,
        random=chance,
    )


def freeze_clock(world: World, at: str) -> None:
    """Freeze the clock of the org's runs at a time, as the platform writes it."""
    moment = parse_instant(at)
    world.now = lambda: at
    if isinstance(world.new_id, ObjectIds) and moment:
        world.new_id.seconds = int(moment.timestamp())


def freeze_time(world: World, at: str) -> None:
    """Freeze the clock, and tell of nothing how long it took: two such runs have the
    same log.
    """
    freeze_clock(world, at)
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


def set_conditions(world: World, at: str, number: int | None, *, makes: bool = False) -> None:
    """Let an org's runs see a time (as people write it; empty: the present), and let ids and
    chance follow from a seed, if there is one. Raises UsageError for what is no time.
    """
    if number is not None:
        keep_seeded(world, number, makes=makes)
    if at:
        from kobjctl.files.times import read_time  # noqa: PLC0415 - few commands need it

        freeze_time(world, read_time(at, world.now()))


def settled_world(store: Store, at: str, chances: str) -> World:
    """Return a world on a store in which nothing is left to chance: its clock stands still at a
    time, and where `chances` is the same text, ids and random values are.
    """
    from random import Random  # noqa: PLC0415 - few commands need it

    source = Random(chances)  # noqa: S311 - no secrets
    world = World(
        store=store,
        now=clock.now,
        tick=clock.tick,
        new_id=ObjectIds(source.randbytes),
        random=source.random,
    )
    freeze_time(world, at)
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


def seed_random(world: World, text: str) -> None:
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


def open_new_world(path: Path | str, at: str) -> World:
    """Make an org at `path`, for runs that see a time; what is no time makes none."""
    if at:
        from kobjctl.files.times import read_time  # noqa: PLC0415 - few commands need it

        read_time(at, clock.now())
    return open_world(path)
