"""Replay: take in what a source has as if it came now, and go on where an earlier one stopped."""

import hashlib
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from kobjctl.app.replay.chances import Chances, Origin, new_origin
from kobjctl.app.replay.progress import Progress
from kobjctl.app.replay.rejects import Rejects
from kobjctl.app.replay.replayer import End, Replayer, Work
from kobjctl.app.replay.sources import Source
from kobjctl.app.replay.tally import Tally
from kobjctl.app.replay.targets import Target
from kobjctl.app.world import stop_clock
from kobjctl.engine.outcome import LIMITS, Limits
from kobjctl.model.errors import StoreError, UsageError
from kobjctl.model.values import JsonObject
from kobjctl.records.context import World
from kobjctl.store.failure import explain
from kobjctl.store.replays import Replay
from kobjctl.store.text import encode


class Asked(NamedTuple):
    """What is to be replayed to what. `rejects` is the file for what is no payload.

    `options` are those that a replay must be resumed with, by the names that people type; `at`
    is the time that stands still in it, if any.
    """

    source: Source
    target: Target
    rejects: Path
    options: JsonObject = {}  # noqa: RUF012 - never written to
    limits: Limits = LIMITS
    strict: bool = False
    durable: bool = True
    at: str = ""

    @property
    def key(self) -> str:
        """Tell this replay from others: of other payloads, or to something else."""
        told = encode({"names": self.source.names, "target": self.target.told})
        return hashlib.sha256(told.encode(errors="surrogatepass")).hexdigest()


class Replayed(NamedTuple):
    """What a replay came to.

    `done` is the number of payloads that are done in all; `refused` says where and why a strict
    one ended; `rejects` is the file, if anything is in it.
    """

    tally: Tally
    end: End
    done: int
    refused: str
    rejects: Path | None


class Standing(NamedTuple):
    """How far a replay is: payloads done, by it and in all, seconds it took, bytes read."""

    done: int
    before: int
    seconds: float
    read: int


Told = Callable[[Standing], None]


def unfinished(world: World, asked: Asked) -> Replay | None:
    """Give the replay of the same payloads that stopped before its end, or None."""
    return world.store.replays.get(asked.key)


def begin(world: World, asked: Asked) -> Replay:
    """Give a replay that begins now; one that stopped before its end is forgotten."""
    begun = {
        "facts": asked.source.facts(),
        "options": asked.options,
        "origin": new_origin(world).as_json(),
        "at": asked.at,
        "rejects": str(asked.rejects.absolute()),
    }
    return Replay(asked.key, begun, 0, {}, world.now())


def resumed(world: World, asked: Asked) -> Replay:
    """Give the replay to go on with.

    Raises UsageError when there is none, or what it was begun with has changed.
    """
    names = ", ".join(asked.source.names)
    if not asked.source.is_lasting:
        raise UsageError(
            "what comes through a pipe can't be gone on with",
            hint="keep it in a file, and replay that",
        )
    found = unfinished(world, asked)
    if found is None:
        raise UsageError(
            f"no replay of {names} stopped before its end", hint="leave out --resume to begin one"
        )
    if not asked.source.go_on(found.begun["facts"]):
        raise UsageError(
            f"{names} changed since the replay stopped after {found.position:,} payloads",
            hint="bring back what it was, or leave out --resume to begin anew",
        )
    for name, value in asked.options.items():
        if value is not None and value != (first := found.begun["options"].get(name)):
            raise UsageError(
                f"the replay was begun {f'with {name} {first}' if first else f'without {name}'}",
                hint=f"leave out {name}: it goes on as it was begun",
            )
    return found


def replay(world: World, asked: Asked, begun: Replay, told: Told = lambda _: None) -> Replayed:
    """Send all payloads that are left; `told` hears of the progress after each commit.

    Raises StoreError when the store fails in between: up to its last commit all is kept.
    """
    _prepare(world, asked, begun)
    rejects = Rejects(Path(begun.begun["rejects"]), begun.state.get("rejects", 0))
    progress = Progress(world, begun, rejects)
    chances = Chances(Origin(**begun.begun["origin"]))
    work = Work(
        asked.source, asked.target, chances, asked.limits, asked.strict, durable=asked.durable
    )
    before = progress.position

    def tell() -> None:
        told(Standing(progress.position, before, progress.elapsed, asked.source.bytes_read))

    replayer = Replayer(world, work, progress, tell)
    try:
        end = replayer.run()
    except sqlite3.Error as error:
        raise _stopped(world, begun, error) from error
    finally:
        rejects.close()
    progress.tally.seconds = progress.seconds
    if end == "completed" or not asked.source.is_lasting:
        with world.store.transaction(durable=asked.durable):
            world.store.replays.remove(begun.key)
    return Replayed(
        progress.tally,
        end,
        progress.position,
        replayer.refusal,
        rejects.path if rejects.size else None,
    )


def _prepare(world: World, asked: Asked, begun: Replay) -> None:
    """Put the world under the conditions that a replay began with, and note that it did."""
    if at := begun.begun["at"]:
        stop_clock(world, at)
    if not begun.position:
        with world.store.transaction(durable=asked.durable):
            world.store.replays.put(begun, world.now())


def _stopped(world: World, begun: Replay, error: sqlite3.Error) -> StoreError:
    """Say that the store failed on the way, and how far it came."""
    found = explain(error, world.store.path)
    kept = world.store.replays.get(begun.key)
    done = f"{kept.position:,} payloads" if kept else "no payload"
    return StoreError(
        f"the replay stopped after {done}: {found.message}",
        hint=f"{found.hint}; then go on with --resume",
    )
