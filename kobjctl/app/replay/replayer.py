"""Send payloads one after the other, many in one commit."""

import gc
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, Final, Literal, NamedTuple

from kobjctl.actions.base import World
from kobjctl.app.replay.chances import Chances, place_in_ids
from kobjctl.app.replay.keys import Keys
from kobjctl.app.replay.progress import Progress
from kobjctl.app.replay.rejects import reason_of, reject_of
from kobjctl.app.replay.sources import Source
from kobjctl.app.replay.stopping import Stop
from kobjctl.app.replay.targets import Read, Target
from kobjctl.engine.outcome import LIMITS, Limits
from kobjctl.engine.perform import perform
from kobjctl.model.errors import KobjctlError
from kobjctl.model.event import Event
from kobjctl.model.run import Run, StepLog
from kobjctl.store.runs import OpenRun
from kobjctl.store.text import in_bulk

_PAYLOADS: Final = 500
_BYTES: Final = 1024 * 1024
# Garbage is collected after so many batches.
_BATCHES: Final = 16
# Others wait for the lock that long, unless one run takes longer.
_SECONDS: Final = 1.0

End = Literal["completed", "stopped", "refused"]


class Given(NamedTuple):
    """A payload with its place among all, from 0: read, or why it can't be."""

    position: int
    source: Any
    read: Read | None
    error: KobjctlError | None = None


class Batch(NamedTuple):
    """Payloads that are sent together; `end` is the place of the one that follows."""

    payloads: list[Given]
    end: int


class Work(NamedTuple):
    """What is to be replayed to what, and how.

    `durable` says that commits wait for the disk, `strict` that the first payload which is none
    ends it. Where there are several processes, `share` says which payloads are for this one.
    """

    source: Source
    target: Target
    chances: Chances
    limits: Limits = LIMITS
    strict: bool = False
    durable: bool = True
    share: "Share | None" = None


class Share(NamedTuple):
    """The payloads that are for one of several processes: `number` of `shares`, by their keys.

    `note` writes with each commit what was looked for.
    """

    number: int
    shares: int
    keys: Keys
    note: Callable[[], None]

    def has(self, given: Given) -> bool:
        """Tell whether a payload is of this share."""
        if given.read is None:
            return given.position % self.shares == self.number
        return self.keys.share(given.read.event, given.read.payload.data) == self.number


class Replayer:
    """Replays what is left of a source; `told` is called after each commit."""

    def __init__(
        self,
        world: World,
        work: Work,
        progress: Progress,
        stop: Stop,
        told: Callable[[], None] = lambda: None,
    ) -> None:
        self.refused: Given | None = None
        self._world = world
        self._work = work
        self._progress = progress
        self._stop = stop
        self._told = told

    @property
    def refusal(self) -> str:
        """Say where and why a strict replay ended; empty when it did not."""
        given = self.refused
        if not given or not given.error:
            return ""
        return f"{given.source.place}: {reason_of(given.source, given.error)}"

    def run(self) -> End:
        """Send all payloads that are left; gives how it ended."""
        self._world.store.before_commit = self._write
        self._world.new_id = self._work.chances.new_id
        self._world.random = self._work.chances.random
        try:
            with in_bulk(), _garbage_collected_by(self._batches()) as batches:
                return self._send_all(batches)
        except KeyboardInterrupt:
            self._progress.go_back()
            return "stopped"
        finally:
            self._world.store.before_commit = None

    def _send_all(self, batches: Iterable[Batch]) -> End:
        for batch in batches:
            with self._stop.held():
                self._send(batch)
            self._told()
            if self.refused:
                return "refused"
            if self._stop.asked or self._world.interrupted:
                return "stopped"
        return "completed"

    def _write(self) -> None:
        self._progress.write()
        if self._work.share:
            self._work.share.note()

    def _batches(self) -> Iterator[Batch]:
        """Yield payloads by the batch, read before the lock is taken."""
        payloads: list[Given] = []
        size = 0
        share, position = self._work.share, self._progress.position
        for given in islice(self._work.source, position, None):
            each = self._read(position, given)
            position += 1
            if share is None or share.has(each):
                payloads.append(each)
                size += len(given.raw)
            if len(payloads) >= _PAYLOADS or size >= _BYTES:
                yield Batch(payloads, position)
                payloads, size = [], 0
        yield Batch(payloads, position)

    def _read(self, position: int, given: Any) -> Given:
        try:
            return Given(position, given, self._work.target.read(given))
        except KobjctlError as error:
            return Given(position, given, None, error)

    def _send(self, batch: Batch) -> None:
        waiting = deque(batch.payloads)
        tick, store = self._world.tick, self._world.store
        while True:
            with store.transaction(durable=self._work.durable):
                until = tick() + _SECONDS
                while waiting and not self._ends and tick() < until:
                    self._send_one(waiting.popleft())
                if not waiting and not self._ends:
                    self._progress.position = batch.end
            if not waiting or self._ends or self._stop.asked:
                return

    @property
    def _ends(self) -> bool:
        return self.refused is not None or self._world.interrupted

    def _send_one(self, given: Given) -> None:
        progress, work = self._progress, self._work
        if given.read is None:
            self._reject(given)
            return
        progress.position = given.position + 1
        progress.tally.accept()
        work.chances.go_to(given.position)
        event, runs = work.target.accept(given.read)
        self._carry_out(event, {run.number: run for run in runs}, given.source.place)

    def _carry_out(self, event: Event, runs: Mapping[int, OpenRun], place: str) -> None:
        """Carry out the runs of a payload, and those that they set off, in their order."""
        world, store, progress = self._world, self._world.store, self._progress
        under_way = progress.under_way
        under_way.extend(runs)
        while under_way and not world.interrupted:
            number = under_way[0]
            opened = runs.get(number) or store.runs.open(number)
            if opened:
                started_by = event if number in runs else store.events.get(opened.event_number)
                run, journal = perform(world, opened, started_by, self._work.limits)
                self._count(run, journal.logged, place)
            elif ended := store.runs.get(str(number)):  # a chain that was cut
                self._count(ended, (), place)
            under_way.popleft()
            under_way.extend(world.outbox.take_started())

    def _count(self, run: Run, steps: Sequence[StepLog], place: str) -> None:
        if self._work.share:
            # Its number is another one once all is put together; by its id it is found then.
            run = run._replace(number=place_in_ids(run.id))
        self._progress.tally.add(run, steps, place)

    def _reject(self, given: Given) -> None:
        if not given.error:
            return
        if self._work.strict:
            self.refused = given
            return
        progress = self._progress
        progress.position = given.position + 1
        reject = reject_of(given.source, given.error)
        if self._work.share:
            reject = {"position": given.position, "place": given.source.place, **reject}
        progress.rejects.add(reject)
        progress.tally.reject(reason_of(given.source, given.error), given.source.place)


@contextmanager
def _garbage_collected_by(batches: Iterable[Batch]) -> Iterator[Iterator[Batch]]:
    """Give the batches, with garbage collected now and then between two: runs leave little."""

    def collected() -> Iterator[Batch]:
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
