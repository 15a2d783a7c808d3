"""The conditions under which runs see an org: another time, ids and chance from a seed."""

from random import Random

from kobjctl.model import clock
from kobjctl.model.chance import ObjectIds, object_ids
from kobjctl.store.org import Org, leave_chance
from kobjctl.store.store import Store


def under_conditions(org: Org, at: str, number: int | None, *, makes: bool = False) -> Org:
    """Return an org whose runs see a time (as people write it; empty: the present), and whose ids
    and chance follow from a seed, if there is one. Raises UsageError for what is no time.

    What one command makes is never what another makes; one that `makes` a record may do so
    without any event.
    """
    if number is not None:
        org = keep_seeded(org, number, makes=makes)
    if at:
        from kobjctl.files.times import read_time  # noqa: PLC0415 - few commands need it

        org = org.at(read_time(at, org.now())).untimed()
    return org


def seeded(org: Org, number: int) -> Org:
    """Return an org without chance in ids and random values: where it is the same, the same ones
    come every time.
    """
    return keep_seeded(org, number)._replace(reseed=leave_chance)


def keep_seeded(org: Org, number: int, *, makes: bool = False) -> Org:
    """Seed an org that others write to: anew, with the lock held, each time that something from
    outside is kept.
    """
    chances = Random(_seed_text(org.store, number, makes=makes))  # noqa: S311 - no secrets
    ids = object_ids(chances.randbytes)

    def reseed() -> None:
        chances.seed(_seed_text(org.store, number, makes=makes))
        ids.counter.begin(chances.randbytes)

    seconds = org.new_id.seconds if isinstance(org.new_id, ObjectIds) else None
    return org._replace(random=chances.random, new_id=ids.at(seconds), reseed=reseed)


def _seed_text(store: Store, number: int, *, makes: bool) -> str:
    # A rerun makes no event.
    newest = (store.events.newest(), store.runs.newest_rerun())
    made = (f"made {store.made()}",) if makes else ()
    parts = (number, *newest, *store.events.pruned(), *made)
    return " ".join(str(each) for each in parts if each is not None)


def settled_org(store: Store, at: str, chances: str) -> Org:
    """Return an org in which nothing is left to chance: its clock stands still at a time, and
    where `chances` is the same text, ids and random values are.
    """
    source = Random(chances)  # noqa: S311 - no secrets
    ids = object_ids(source.randbytes)
    org = Org(store=store, now=clock.now, tick=clock.tick, new_id=ids, random=source.random)
    return org.at(at).untimed()


def with_next_ids(org: Org, *ids: str) -> Org:
    """Return an org that gives these ids first."""
    given = iter(ids)
    return org._replace(new_id=lambda: next(given, None) or org.new_id())


def with_random(org: Org, text: str) -> Org:
    """Return an org without chance in its random values: for the same text the same ones come."""
    return org._replace(random=Random(text).random)  # noqa: S311 - no secrets
