"""Delete old runs, and give their room back to the disk.

Each piece is a transaction of its own: others write in between, little room is needed, and
whoever stops it has deleted what was deleted so far.
"""

import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

from kobjctl.store.opening import MEMORY
from kobjctl.store.place import need_room
from kobjctl.store.pruning import LogPruner, Room, short_log
from kobjctl.store.store import Store

_NEEDED: Final = 1_000_000
_SHORTEST: Final = 0.001
_Done = TypeVar("_Done")


class PruneReport(NamedTuple):
    """How many runs were deleted, how many bytes the disk got back, and how many the file keeps
    that hold nothing.
    """

    runs: int
    given_back: int
    unused: int


def prune(store: Store, *, keep: int | None, before: str, rebuild: bool = False) -> PruneReport:
    """Delete all but the newest `keep` runs, and those from before a time, with their logs and
    payloads. What is not over stays.

    The file gets smaller if it is one that can, and with `rebuild`. Raises StoreError when its
    disk has no room to work with.
    """
    room = Room(store.connection)
    size = room.size
    _need(store, _NEEDED, "to delete runs")
    count = 0
    with short_log(store.connection):
        if keep is not None or before:
            count = _delete(store, LogPruner(store.connection, keep, before))
        if rebuild:
            _rebuild(store, room)
        while room.shrinks and _then_rest(room.shrink):
            pass
    return PruneReport(count, size - room.size, room.unused)


def _delete(store: Store, pruning: LogPruner) -> int:
    def delete(numbers: list[int]) -> int:
        with store.transaction():
            return pruning.delete(numbers)

    return sum(_then_rest(partial(delete, piece)) for piece in pruning.pieces())


def _then_rest(work: Callable[[], _Done]) -> _Done:
    """Do some of the work, then leave the lock to others for as long as it took: who waits for it
    looks only now and then.
    """
    started = time.perf_counter()
    done = work()
    time.sleep(max(time.perf_counter() - started, _SHORTEST))
    return done


def _rebuild(store: Store, room: Room) -> None:
    """Write the file anew: once among the temporary files, once beside the file."""
    needed = room.size - room.unused
    _need(store, 2 * needed, "to write the database anew")
    need_room(Path(tempfile.gettempdir()) / "any", needed, "to write the database anew")
    room.rebuild()


def _need(store: Store, size: int, purpose: str) -> None:
    if store.path != MEMORY:
        need_room(store.path, size, purpose)
