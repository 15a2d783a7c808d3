"""A copy of the org, on which anything may be tried: the org itself stays as it is."""

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from kobjctl.actions.base import World
from kobjctl.actions.outbox import Outbox
from kobjctl.app.database import DATABASE
from kobjctl.store.store import Store


@contextmanager
def copied(world: World, folder: str | None = None) -> Iterator[World]:
    """Give a world like this one on a copy of its org, which is gone at the end.

    The copy is a file (in `folder`, else where the system keeps such), so that it takes no memory.
    """
    with TemporaryDirectory(prefix="kobjctl-", dir=folder) as temporary:
        twin = copy_to(world, Path(temporary) / DATABASE)
        try:
            yield twin
        finally:
            twin.store.close()


def copy_to(world: World, path: Path) -> World:
    """Copy the org to a new file and give a world like this one on it."""
    world.store.copy_to(path)
    return on_store(world, Store.open(path))


def on_store(world: World, store: Store) -> World:
    """Give a world like this one on another store."""
    twin = copy.copy(world)
    twin.store = store
    # What was compiled is known by the ids and revs of workflows, which another org gives anew.
    twin.plans = {}
    twin.outbox = Outbox(store)
    return twin
