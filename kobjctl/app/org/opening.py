"""Open an org, with the clock of the present and what chance gives."""

from pathlib import Path

from kobjctl.model import clock
from kobjctl.model.chance import chance, object_ids
from kobjctl.model.errors import StoreError
from kobjctl.store.opening import MEMORY
from kobjctl.store.org import Org
from kobjctl.store.store import BUSY_TIMEOUT, Store, file_exists


def open_org(path: Path | str, *, timeout: float = BUSY_TIMEOUT) -> Org:
    """Open the org at `path`, or make a new one there; raises StoreError."""
    ids = object_ids()
    store = Store.open(path, org_id=ids(), now=clock.now(), timeout=timeout)
    return Org(store=store, now=clock.now, tick=clock.tick, new_id=ids, random=chance)


def open_existing_org(path: Path | str, *, named: bool) -> Org:
    """Open the org at `path` for a look.

    Where there is none, an org that `named` by the user raises StoreError; else an empty one in
    memory stands in for it, so that a look leaves no file behind.
    """
    if file_exists(path):
        return open_org(path)
    if named:
        raise StoreError(
            f'there is no database "{path}"',
            hint="check --db and KOBJCTL_DB; a command that writes makes a new one",
        )
    return open_org(MEMORY)


def open_new_org(path: Path | str, at: str) -> Org:
    """Make an org at `path`, for runs that see a time; what is no time makes none."""
    if at:
        from kobjctl.files.times import read_time  # noqa: PLC0415 - few commands need it

        read_time(at, clock.now())
    return open_org(path)
