"""Replay: take in what a source has as if it came now, and go on where an earlier one stopped."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from kobjctl.app.words import instant
from kobjctl.engine.engine import Engine
from kobjctl.files.source import STDIN
from kobjctl.model.errors import StoreError, UsageError
from kobjctl.model.values import JsonObject
from kobjctl.replay.chances import IdPrefix, PayloadIds, new_origin
from kobjctl.replay.progress import Progress
from kobjctl.replay.rejects import RejectFile
from kobjctl.replay.replayer import End, Replayer, ReplayOptions
from kobjctl.replay.tally import ReplayTally
from kobjctl.store.failure import explain
from kobjctl.store.leases import process_of
from kobjctl.store.org import Org
from kobjctl.store.replays import Replay
from kobjctl.store.store import Store


class ReplayResult(NamedTuple):
    """What a replay came to, as the org has it.

    `done` is the number of payloads that are done in all; `refused` says where and why a strict
    one ended; `rejects` is the file, if anything is in it.
    """

    tally: ReplayTally
    end: End
    done: int
    refused: str
    rejects: Path | None


class ReplayProgress(NamedTuple):
    """How far a replay is: payloads done, by it and in all, seconds it took, bytes read."""

    done: int
    before: int
    seconds: float
    read: int


ShowProgress = Callable[[ReplayProgress], None]


def begin(org: Org, options: ReplayOptions, *, once: bool = False) -> tuple[Replay, Replay | None]:
    """Begin a replay; give it, and the newest of the same, if there was one.

    One that stopped before its end is forgotten. Raises UsageError for what another process is
    at, and where it is to happen but `once`, for what was begun before.
    """
    begun = {
        "facts": options.source.facts(),
        "options": options.run_options,
        "at": options.at,
        "rejects": str(options.rejects.absolute()),
    }
    replays = org.store.replays
    with org.store.transaction(durable=options.durable):
        earlier = _same(org.store, options)
        for each in earlier:
            _refuse_running(org, each)
        if once and earlier:
            _refuse_second(earlier[0])
        for each in replays.of(options.subject):
            # What a killed process read of a pipe is known to nobody.
            is_lost = not each.begun["facts"] and not org.store.leases.is_held(each.owner)
            if not each.ended_at and (each in earlier or is_lost):
                replays.remove(each.number)
        begun["origin"] = _origin_of_its_own(org)._asdict()
        new = replays.add(options.subject, begun, org.owner, org.now())
    return new, earlier[0] if earlier else None


def _origin_of_its_own(org: Org) -> IdPrefix:
    """Return an origin that no other replay has: with one seed, two at once would draw the same."""
    taken = org.store.replays.bases()
    while (origin := new_origin(org)).base in taken:
        pass
    return origin


def _same(store: Store, options: ReplayOptions) -> list[Replay]:
    """Return the earlier replays of the same payloads to the same target, the newest first."""
    return [
        each
        for each in store.replays.of(options.subject)
        if options.source.is_same(each.begun["facts"])
    ]


def _refuse_running(org: Org, replay: Replay) -> None:
    store = org.store
    if replay.ended_at or replay.owner == org.owner or not store.leases.is_held(replay.owner):
        return
    raise UsageError(
        f"process {process_of(replay.owner)} runs the same replay, begun at"
        f" {instant(replay.started_at)}",
        hint="wait until it ends, or stop it and continue with --resume",
    )


def _refuse_second(earlier: Replay) -> None:
    at = instant(earlier.ended_at or earlier.started_at)
    if earlier.ended_at:
        raise UsageError(
            f"these payloads were replayed before, at {at}, and --once refuses to send them again",
            hint="--resume shows its report again; leave out --once to send it again",
        )
    raise UsageError(
        f"a replay of these payloads, begun at {at}, stopped after {earlier.position:,} payloads",
        hint="continue with --resume",
    )


def resumed(org: Org, options: ReplayOptions) -> Replay:
    """Return the replay to go on with, or one that is over, of which nothing is left.

    Raises UsageError when there is none, what it was begun with has changed, or another process
    is at it.
    """
    # Read before the lock is taken.
    options.source.facts()
    with org.store.transaction(durable=options.durable):
        found = _to_resume(org.store, options)
        _refuse_running(org, found)
        _check_options(options.run_options, found.begun["options"])
        if not found.ended_at:
            org.store.replays.take_over(found.number, org.owner)
    return found._replace(owner=org.owner)


def _to_resume(store: Store, options: ReplayOptions) -> Replay:
    found = store.replays.of(options.subject)
    for each in found:
        if options.source.go_on(each.begun["facts"]):
            return each
    if STDIN in options.source.names:
        raise UsageError(
            "the payloads on standard input were not replayed before, or not to their end",
            hint="leave out --resume to send them; to be able to resume, put them into a file",
        )
    names = ", ".join(filter(None, options.source.names))
    if found:
        left = found[0]
        when = "ended" if left.ended_at else f"stopped after {left.position:,} payloads"
        raise UsageError(
            f"{names} changed since the replay {when}",
            hint="restore it, or leave out --resume to start over",
        )
    raise UsageError(
        f"there is no replay of {names} to resume", hint="leave out --resume to start one"
    )


def _check_options(options: JsonObject, kept: JsonObject) -> None:
    for name, value in options.items():
        if value != kept.get(name):
            first = kept.get(name)
            shown = " ".join(map(str, first)) if isinstance(first, list) else first
            raise UsageError(
                f"the replay was begun {f'with {name} {shown}' if first else f'without {name}'}",
                hint=f"leave out {name}: the replay continues as it began",
            )


def replay(
    engine: Engine, options: ReplayOptions, begun: Replay, show: ShowProgress = lambda _: None
) -> ReplayResult:
    """Send all payloads that are left; `show` hears of the progress after each commit.

    Of one that is over, nothing is sent. Raises StoreError when the store fails in between: up to
    its last commit all is kept.
    """
    if begun.ended_at:
        return _came_to(engine.org.store, begun, "completed")
    if at := begun.begun["at"]:
        engine = engine._replace(org=engine.org.at(at).untimed())
    rejects = RejectFile(Path(begun.begun["rejects"]), begun.state.get("rejects", 0))
    progress = Progress(engine.org, begun, rejects)
    chances = PayloadIds(IdPrefix(**begun.begun["origin"]))
    before = progress.position

    def tell() -> None:
        show(ReplayProgress(progress.position, before, progress.elapsed, options.source.bytes_read))

    replayer = Replayer(engine, options, chances, progress, tell)
    try:
        end = replayer.run()
        if end == "completed":
            _end(engine.org, options, begun)
    except sqlite3.Error as error:
        raise _stopped(engine.org.store, begun, error) from error
    finally:
        rejects.close()
    done = _came_to(engine.org.store, begun, end, replayer.refusal)
    if end != "completed" and not options.source.is_lasting:
        with engine.org.store.transaction(durable=options.durable):
            engine.org.store.replays.remove(begun.number)
    return done


def _end(org: Org, options: ReplayOptions, begun: Replay) -> None:
    """Note that a replay is over, with what tells its payloads from others."""
    facts = options.source.facts_at_end(begun.begun["facts"])
    with org.store.transaction(durable=options.durable):
        org.store.replays.end(begun.number, {**begun.begun, "facts": facts}, org.now())


def _came_to(store: Store, begun: Replay, end: End, refused: str = "") -> ReplayResult:
    """Return what a replay came to: what the org has of it, and nothing else."""
    found = store.replays.get(begun.number)
    if found is None:
        raise StoreError(
            "the replay is no longer in the org", hint="check whether the database was replaced"
        )
    tally = ReplayTally.from_json(found.state["tally"]) if found.state else ReplayTally()
    rejects = Path(found.begun["rejects"]) if found.state.get("rejects") else None
    return ReplayResult(tally, end, found.position, refused, rejects)


def replayed_before(store: Store, options: ReplayOptions, done: Replay) -> Replay | None:
    """Return the newest replay of the same before one, known now that a pipe was read."""
    earlier = [
        each for each in _same(store, options) if each.ended_at and each.number < done.number
    ]
    return earlier[0] if earlier else None


def _stopped(store: Store, begun: Replay, error: sqlite3.Error) -> StoreError:
    """Say that the store failed on the way, and how far it came."""
    found = explain(error, store.path)
    kept = store.replays.get(begun.number)
    done = f"{kept.position:,} payloads" if kept else "no payload"
    return StoreError(
        f"the replay stopped after {done}: {found.message}",
        hint=f"{found.hint}; then continue with --resume",
    )
