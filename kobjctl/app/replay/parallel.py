"""Replay with several processes: each works on a copy of the org, and all is put together.

The copies are kept beside the org until they are merged in one transaction: whoever is killed on
the way leaves the org as it was, and each process goes on with its copy.
"""

import heapq
import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from typing import Final

from kobjctl.actions.base import World
from kobjctl.app.replay.chances import Origin
from kobjctl.app.replay.keys import paths_of
from kobjctl.app.replay.messages import Messages
from kobjctl.app.replay.processes import started
from kobjctl.app.replay.progress import ONLY_ONE, SOMEBODY_ELSE
from kobjctl.app.replay.rejects import Rejects
from kobjctl.app.replay.replay import Asked, Replayed, Standing, Told
from kobjctl.app.replay.replayer import End
from kobjctl.app.replay.stopping import Stop
from kobjctl.app.replay.tally import Tally
from kobjctl.engine.intake import mend_cut_chains
from kobjctl.model.errors import KobjctlError, UsageError
from kobjctl.model.values import JsonObject
from kobjctl.store.merging import Merger
from kobjctl.store.replays import Replay
from kobjctl.store.shards import attached, signature
from kobjctl.store.store import Store

# So many payloads are merged at a time.
_BLOCK: Final = 1_000
_ONE: Final = "do it with one process, or split by what they have in common, as in --key '$.email'"


class Copies:
    """The folder of the copies, beside the org."""

    def __init__(self, world: World, key: str, count: int) -> None:
        self.folder = Path(f"{world.store.path}.replay-{key[:12]}").absolute()
        self.databases = [self.folder / f"{number}.db" for number in range(count)]
        self.rejects = [self.folder / f"{number}.rejects" for number in range(count)]

    def make(self, world: World) -> None:
        """Make the copies that are not there."""
        self.folder.mkdir(exist_ok=True)
        for path in self.databases:
            if not path.exists():
                unfinished = path.with_suffix(".part")
                unfinished.unlink(missing_ok=True)
                world.store.copy_to(unfinished)
                unfinished.rename(path)

    def remove(self) -> None:
        """Delete all of it."""
        shutil.rmtree(self.folder, ignore_errors=True)


def forget(world: World, replay: Replay) -> None:
    """Delete the copies of a replay that nobody goes on with."""
    if replay.begun.get("processes"):
        Copies(world, replay.key, 0).remove()


def begun_by_several(world: World, asked: Asked, begun: Replay) -> Replay:
    """Give a replay that several processes begin."""
    several = asked.several
    paths = {"": several.key} if several.key else paths_of(world, asked.target.events)
    facts = {"processes": several.processes, "paths": paths}
    return begun._replace(
        begun={**begun.begun, **facts, "signature": signature(world.store.connection)}
    )


def replay_by_several(
    world: World, asked: Asked, begun: Replay, stop: Stop, told: Told = lambda _: None
) -> Replayed:
    """Send all payloads that are left with several processes; see `replay.replay`.

    Raises UsageError when the processes had to do with the same records, or the org has changed
    meanwhile: then it stays as it is.
    """
    copies = Copies(world, begun.key, begun.begun["processes"])
    _refuse_changes(world, begun)
    with world.store.transaction(durable=asked.durable):
        world.store.replays.put(begun, world.now())
    copies.make(world)
    began = world.tick()
    end, refused = _work(world, asked, begun, copies, stop, told)
    tally, position = _states(begun, copies)
    rejects = Rejects(Path(begun.begun["rejects"]))
    if end == "completed":
        # First, as the copies are no more once they are merged and a file can fail.
        _keep_rejects(copies, rejects, tally)
        _finish(world, asked, begun, copies, tally, position)
        copies.remove()
    elif end == "refused":
        _give_up(world, begun, copies)
    tally.seconds = round(world.tick() - began, 3) if world.timed else 0.0
    done = tally.accepted + tally.rejected
    path = rejects.path if rejects.size else None
    return Replayed(tally, end, done, refused, path, kept=end == "completed")


def _finish(  # noqa: PLR0913, PLR0917 - all that is known by then
    world: World, asked: Asked, begun: Replay, copies: Copies, tally: Tally, total: int
) -> None:
    try:
        _merge(world, asked, begun, copies, tally, total)
    except KobjctlError:
        _give_up(world, begun, copies)
        raise


def _keep_rejects(copies: Copies, rejects: Rejects, tally: Tally) -> None:
    """Write what was rejected in all shares in one file, and count it in that order."""
    tally.rejected, tally.rejections = 0, Messages()
    for line in _rejected(copies):
        del line["position"]
        tally.reject(line["reason"], line.pop("place"))
        rejects.add(line)
    rejects.keep()
    rejects.close()


def _refuse_changes(world: World, begun: Replay) -> None:
    if begun.begun["signature"] != signature(world.store.connection):
        raise UsageError(
            "the org has changed since the replay began, and what several processes did on copies"
            " doesn't fit any more",
            hint="begin anew without --resume, and let nobody write to the org meanwhile",
        )


def _is_ours(world: World, begun: Replay) -> bool:
    """Tell whether nobody else has begun the same replay anew, with copies in the same place."""
    found = world.store.replays.get(begun.key)
    return found is not None and found.begun["origin"] == begun.begun["origin"]


def _give_up(world: World, begun: Replay, copies: Copies) -> None:
    if not _is_ours(world, begun):
        return
    copies.remove()
    with world.store.transaction():
        world.store.replays.remove(begun.key)


def _work(  # noqa: PLR0913, PLR0917 - see replay_by_several
    world: World, asked: Asked, begun: Replay, copies: Copies, stop: Stop, told: Told
) -> tuple[End, str]:
    """Let the processes work; give how they ended, and why a strict one did."""
    count = len(copies.databases)
    done, read = [0] * count, [0] * count
    ends: list[End] = ["stopped"] * count
    refusals: list[tuple[int, str]] = []
    began, before = world.tick(), -1
    jobs = [_job(asked, begun, copies, number) for number in range(count)]
    with suppress(KeyboardInterrupt), stop.held(), started(jobs) as processes:
        for number, fact in processes.facts(stop):
            if "end" in fact:
                ends[number] = fact["end"]
            elif "refused" in fact:
                refusals.append((fact["position"], fact["refused"]))
                processes.stop()
            else:
                done[number], read[number] = fact["done"], fact["read"]
                before = sum(done) if before < 0 else before
                seconds = world.tick() - began
                told(Standing(sum(done), before, seconds, sum(read) // count))
    if refusals:
        return "refused", min(refusals)[1]
    return ("completed" if all(end == "completed" for end in ends) else "stopped"), ""


def _job(asked: Asked, begun: Replay, copies: Copies, number: int) -> JsonObject:
    return {
        "database": str(copies.databases[number]),
        "rejects": str(copies.rejects[number]),
        "key": begun.key,
        "number": number,
        "shares": len(copies.databases),
        "paths": begun.begun["paths"],
        "limits": asked.limits,
        "strict": asked.strict,
        "sending": asked.several.sending.as_json(),
        "web": asked.several.web,
    }


def _states(begun: Replay, copies: Copies) -> tuple[Tally, int]:
    """Give what came of all shares so far, and the number of payloads that were looked at."""
    tally, position = Tally(), 0
    for path in copies.databases:
        with closing(Store.open(path)) as store:
            found = store.replays.get(begun.key)
        if found and found.state:
            each = Tally.from_json(found.state["tally"])
            tally.merge(each)
            position = max(position, found.position)
    return tally, position


def _merge(  # noqa: PLR0913, PLR0917 - all that is known by then
    world: World, asked: Asked, begun: Replay, copies: Copies, tally: Tally, total: int
) -> None:
    """Put all copies together in the org, and give the runs of the tally their numbers."""
    store, origin = world.store, Origin(**begun.begun["origin"])
    every = origin.ids(0, total)
    with ExitStack() as stack:
        shards = stack.enter_context(attached(store.connection, copies.databases, every))
        stack.enter_context(store.transaction(durable=asked.durable))
        if not _is_ours(world, begun):
            raise UsageError(SOMEBODY_ELSE, hint=ONLY_ONE)
        _refuse_changes(world, begun)
        shards.find_changes()
        if clash := shards.clash():
            raise UsageError(f"two processes had to do with {clash}", hint=_ONE)
        try:
            shards.write_changes()
            shards.write_examples()
            merger = Merger(store.connection, shards.names, every)
            for start in range(0, total, _BLOCK):
                merger.write(origin.ids(start, min(start + _BLOCK, total)))
        except sqlite3.IntegrityError as error:
            what = str(error).rpartition(": ")[2]
            raise UsageError(f"two processes wrote the same {what}", hint=_ONE) from error
        mend_cut_chains(store, every.first, asked.limits.chain)
        store.replays.remove(begun.key)

    def number(place: int) -> int:
        run = store.runs.get(origin.id_at(place))
        return run.number if run else 0

    tally.renumber(number)


def _rejected(copies: Copies) -> Iterator[JsonObject]:
    """Yield what was rejected in all shares, in the order of the payloads."""
    with ExitStack() as stack:
        files = [stack.enter_context(path.open("rb")) for path in copies.rejects if path.exists()]
        found = [map(json.loads, file) for file in files]
        yield from heapq.merge(*found, key=lambda line: line["position"])
