"""Send payloads one after the other, many in one commit."""

import gc
import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from kobjctl.app.runs.execute import in_order
from kobjctl.app.runs.receive import AcceptedEvent
from kobjctl.engine.engine import Engine
from kobjctl.engine.intake import event_of
from kobjctl.engine.perform import perform
from kobjctl.model.errors import KobjctlError
from kobjctl.model.run import OPEN_STATUSES
from kobjctl.model.values import JsonObject
from kobjctl.replay.chances import PayloadIds
from kobjctl.replay.progress import Progress
from kobjctl.replay.rejects import reason_of, reject_of
from kobjctl.replay.sources import PayloadSource
from kobjctl.replay.targets import DecodedPayload, Target
from kobjctl.store.org import leave_chance
from kobjctl.store.text import encode

_PAYLOADS: Final = 500
_BYTES: Final = 1024 * 1024
# Garbage is collected after so many batches.
_BATCHES: Final = 16
# Others wait for the lock that long, unless one run takes longer.
_SECONDS: Final = 1.0

End = Literal["completed", "stopped", "refused"]


class QueuedPayload(NamedTuple):
    """A payload with its place among all, from 0: read, or why it can't be."""

    position: int
    source: Any
    read: DecodedPayload | KobjctlError


class ReplayOptions(NamedTuple):
    """What is to be replayed to what. `rejects` is the file for what is no payload.

    `options` are those that were given and that a replay must be resumed with, by the names that
    people type; `at` is the time that stands still in it, if any.
    """

    source: PayloadSource
    target: Target
    rejects: Path
    run_options: JsonObject = {}  # noqa: RUF012 - never written to
    strict: bool = False
    durable: bool = True
    at: str = ""

    @property
    def subject(self) -> str:
        """Tell what is replayed to what, whatever it holds."""
        text = encode({"names": self.source.names, "target": self.target.description})
        return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


class Replayer:
    """Replays what is left of a source; `after_commit` is called after each commit.

    `refusal` says where and why a strict replay ended; it is empty when it did not.
    """

    def __init__(
        self,
        engine: Engine,
        options: ReplayOptions,
        chances: PayloadIds,
        progress: Progress,
        after_commit: Callable[[], None] = lambda: None,
    ) -> None:
        self.refusal = ""
        org = engine.org._replace(new_id=chances.new_id, random=chances.random, reseed=leave_chance)
        self._engine = engine._replace(org=org)
        self._options = options
        self._chances = chances
        self._progress = progress
        self._after_commit = after_commit

    def run(self) -> End:
        """Send all payloads that are left; gives how it ended."""
        store = self._engine.org.store
        try:
            with (
                store.writing_before_commits(self._progress.write),
                store.json.in_bulk(),
                _garbage_collected_by(self._batches()) as batches,
            ):
                return self._send_all(batches)
        except KeyboardInterrupt:
            self._progress.go_back()
            return "stopped"

    def _send_all(self, batches: Iterable[list[QueuedPayload]]) -> End:
        for batch in batches:
            with self._engine.interruption.held(ends_runs=True):
                self._send(batch)
            self._after_commit()
            if self.refusal:
                return "refused"
            if self._engine.interruption.asked:
                return "stopped"
        return "completed"

    def _batches(self) -> Iterator[list[QueuedPayload]]:
        """Yield payloads by the batch, read before the lock is taken."""
        batch: list[QueuedPayload] = []
        size, first = 0, self._progress.position
        source: Any = self._options.source
        for position, payload in enumerate(islice(source, first, None), first):
            batch.append(self._read(position, payload))
            size += len(payload.raw)
            if len(batch) >= _PAYLOADS or size >= _BYTES:
                yield batch
                batch, size = [], 0
        yield batch

    def _read(self, position: int, payload: Any) -> QueuedPayload:
        try:
            return QueuedPayload(position, payload, self._options.target.read(payload))
        except KobjctlError as error:
            return QueuedPayload(position, payload, error)

    def _send(self, batch: list[QueuedPayload]) -> None:
        waiting = deque(batch)
        tick, store = self._engine.org.tick, self._engine.org.store
        while True:
            with store.transaction(durable=self._options.durable):
                until = tick() + _SECONDS
                while waiting and not self._ends and tick() < until:
                    self._send_one(waiting.popleft())
            if not waiting or self._ends:
                return

    @property
    def _ends(self) -> bool:
        return bool(self.refusal) or self._engine.interruption.asked

    def _send_one(self, payload: QueuedPayload) -> None:
        progress = self._progress
        if isinstance(payload.read, KobjctlError):
            self._reject(payload, payload.read)
            return
        progress.position = payload.position + 1
        progress.tally.accept()
        self._chances.go_to(payload.position)
        accepted = self._options.target.accept(payload.read, self._engine.org)
        self._carry_out(accepted, payload.source.place)

    def _carry_out(self, accepted: AcceptedEvent, place: str) -> None:
        """Carry out the runs of a payload, and those that they set off, in their order."""
        engine, store, progress = self._engine, self._engine.org.store, self._progress
        event, first = accepted.event, {run.number: run for run in accepted.runs}

        def execute_one(number: int) -> Sequence[int] | None:
            """Carry out a run; return the runs that it set off, None where it was left open."""
            if engine.interruption.broken:
                return None
            opened = first.get(number) or store.runs.open(number)
            if opened:
                started_by = event if number in first else event_of(store, opened.event_number)
                context = engine.context(number, started_by.depth)
                progress.watch(context.outbox)
                run, journal = perform(context, engine.compiled(opened), opened, started_by)
                if run.status in OPEN_STATUSES:
                    return None
                progress.tally.add(run, journal.logged, place)
                return context.outbox.started
            if ended := store.runs.get(str(number)):  # a chain that was cut
                progress.tally.add(ended, (), place)
            return ()

        progress.under_way.extend(first)
        for _ in in_order(progress.under_way, execute_one):
            pass

    def _reject(self, payload: QueuedPayload, error: KobjctlError) -> None:
        source, reason = payload.source, reason_of(payload.source, error)
        if self._options.strict:
            self.refusal = f"{source.place}: {reason}"
            return
        progress = self._progress
        progress.position = payload.position + 1
        progress.rejects.add(reject_of(source, error))
        progress.tally.reject(reason, source.place)


@contextmanager
def _garbage_collected_by(
    batches: Iterable[list[QueuedPayload]],
) -> Iterator[Iterator[list[QueuedPayload]]]:
    """Return the batches, with garbage collected now and then between two: runs leave little."""

    def collected() -> Iterator[list[QueuedPayload]]:
        for number, batch in enumerate(batches):
            if number % _BATCHES == 0:
                gc.collect()
            yield batch

    gc.freeze()
    gc.disable()
    try:
        yield collected()
    finally:
        gc.enable()
        gc.unfreeze()
