"""Where the payloads of a replay come from: files, or the events that the log has."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from typing import Final, NamedTuple, TypeAlias

from kobjctl.files.source import STDIN, opened
from kobjctl.model.values import JsonObject
from kobjctl.replay.payloads import Payloads, RawPayload
from kobjctl.store.events import LoggedEvent
from kobjctl.store.runs import RunFilter
from kobjctl.store.store import Store

_SAMPLE: Final = 64 * 1024
_AT_ONCE: Final = 100


class LoggedPayload(NamedTuple):
    """What an event of the log brought."""

    event: LoggedEvent

    @property
    def place(self) -> str:
        """Describe where it is."""
        return f"event {self.event.number}"

    @property
    def raw(self) -> bytes:
        """Return its bytes."""
        return self.event.body.encode(errors="surrogatepass")


class FileSource:
    """The payloads in files and folders, in their order, the same ones each time.

    `names` say where they are from, to people and to tell one replay from another; `size` and
    `bytes_read` tell how far it has come. What can't be read twice can't be resumed.
    """

    def __init__(self, payloads: Payloads) -> None:
        self._payloads = payloads
        self.names = tuple(
            STDIN if name in payloads.pipes else os.path.realpath(name) for name in payloads.names
        )
        self._facts: JsonObject = {}

    @property
    def size(self) -> int | None:
        """Return the bytes of all files, None where that is not known."""
        return self._payloads.size

    @property
    def bytes_read(self) -> int:
        """Return how many bytes were read."""
        return self._payloads.bytes_read

    @property
    def is_lasting(self) -> bool:
        """Return whether all are files, and not a pipe that was not read ahead."""
        return all(pipe.digest for pipe in self._payloads.pipes.values())

    @contextmanager
    def read_ahead(self) -> Iterator[None]:
        """Read what comes through pipes, so that it is known before any of it is sent."""
        with ExitStack() as stack:
            for pipe in self._payloads.pipes.values():
                stack.enter_context(pipe.read_ahead())
            yield

    def facts(self) -> JsonObject:
        """Return the number of files, and a digest of their names, sizes, times and parts; nothing
        as long as a pipe among them was not read.
        """
        if self.is_lasting and not self._facts:
            self._facts = {"files": self._payloads.files, "digest": self._digest()}
        return self._facts

    def _digest(self) -> str:
        pipes, digest = self._payloads.pipes, hashlib.sha256()
        for name in self._payloads.all_files():
            facts = pipes[name].digest if name in pipes else _facts_of(name)
            digest.update(facts.encode(errors="surrogateescape"))
        for name in self._payloads.names:
            if name not in pipes and not os.path.isdir(name):  # noqa: PTH112 - see above
                digest.update(_sample(name))
        return digest.hexdigest()

    def is_same(self, facts: JsonObject) -> bool:
        """Return whether the files are as they were."""
        return bool(facts) and facts == self.facts()

    # To be gone on with, they have to be as they were.
    go_on = is_same

    def facts_at_end(self, facts: JsonObject) -> JsonObject:
        """Return the facts that it began with, unless they could not be known then."""
        return facts or self.facts()

    def __iter__(self) -> Iterator[RawPayload]:
        """Yield the payloads."""
        return iter(self._payloads)


def _facts_of(name: str) -> str:
    """Tell a file from others, and from what it was before it was written to."""
    found = os.stat(name)  # noqa: PTH116 - of many files
    return f"{os.path.realpath(name)}\0{found.st_size}\0{found.st_mtime_ns}\0"


def _sample(name: str) -> bytes:
    """Return the beginning and the end of a file."""
    with opened(name) as file:
        start = file.read(_SAMPLE)
        file.seek(max(os.path.getsize(name) - _SAMPLE, len(start)))  # noqa: PTH202 - see above
        return start + file.read(_SAMPLE)


class LogSource:
    """What came into the org from outside, up to now: what follows from it happens anew. It tells
    of itself as a `FileSource` does.
    """

    is_lasting = True

    def __init__(self, store: Store, wanted: RunFilter, selection: tuple[str, ...] = ()) -> None:
        self.names = ("the log", *selection)
        self._events = store.events
        self._wanted = wanted
        self._last = self._events.newest()
        self._measure()

    def _measure(self) -> None:
        self.size: int | None = self._events.count_logged(self._wanted, self._last)
        self.bytes_read = 0

    def read_ahead(self) -> AbstractContextManager[None]:
        """Leave the log as it is, which is known."""
        return nullcontext()

    def facts(self) -> JsonObject:
        """Return which events they are."""
        return {"last": self._last, "since": self._wanted.since, "events": self.size}

    def is_same(self, facts: JsonObject) -> bool:
        """Return whether nothing came since then, but for what the replay sent itself."""
        return "until" not in facts or self._last in {facts["last"], facts["until"]}

    def facts_at_end(self, facts: JsonObject) -> JsonObject:
        """Return which events they were, and the newest that there is by now."""
        return {**facts, "until": self._events.newest()}

    def go_on(self, facts: JsonObject) -> bool:
        """Leave out what came since; tells whether all events are still there."""
        self._last = facts["last"]
        self._wanted = self._wanted._replace(since=facts["since"])
        self._measure()
        return self.facts().items() <= facts.items()

    def __iter__(self) -> Iterator[LoggedPayload]:
        """Yield what the events brought, the oldest first."""
        after = self.bytes_read = 0
        while found := self._events.logged(self._wanted, after, self._last, _AT_ONCE):
            for event in found:
                self.bytes_read += 1
                yield LoggedPayload(event)
            after = found[-1].number


PayloadSource: TypeAlias = FileSource | LogSource
