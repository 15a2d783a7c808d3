"""Where the payloads of a replay come from: files, or the events that the log has."""

import hashlib
import os
from collections.abc import Iterator
from typing import Any, Final, NamedTuple, Protocol

from kobjctl.app.replay.payloads import Payloads, RawPayload
from kobjctl.files.source import STDIN, opened
from kobjctl.model.values import JsonObject
from kobjctl.records.context import World
from kobjctl.store.events import LoggedEvent
from kobjctl.store.runs import RunFilter

_SAMPLE: Final = 64 * 1024
_AT_ONCE: Final = 100


class LoggedPayload(NamedTuple):
    """What an event of the log brought."""

    event: LoggedEvent

    @property
    def place(self) -> str:
        """Say where it is."""
        return f"event {self.event.number}"

    @property
    def raw(self) -> bytes:
        """Give its bytes."""
        return self.event.body.encode(errors="surrogatepass")


class Source(Protocol):
    """Payloads in their order, the same ones each time.

    `names` say where they are from, to people and to tell one replay from another; `size` and
    `bytes_read` tell how far it has come. What can't be read twice can't be resumed.
    """

    @property
    def names(self) -> tuple[str, ...]:
        """Give what it is called."""

    @property
    def size(self) -> int | None:
        """Give the size of all payloads, None where that is not known."""

    @property
    def bytes_read(self) -> int:
        """Give how much of the size was read."""

    @property
    def is_lasting(self) -> bool:
        """Tell whether it can be read again."""

    def facts(self) -> JsonObject:
        """Give what changes when its payloads do."""

    def go_on(self, facts: JsonObject) -> bool:
        """Be what it was when it had these facts; tells whether it still can."""

    def __iter__(self) -> Iterator[Any]:
        """Yield the payloads."""


class FileSource:
    """The payloads in files and folders."""

    def __init__(self, payloads: Payloads) -> None:
        self._payloads = payloads
        self.names = tuple(
            name if name == STDIN else os.path.realpath(name) for name in payloads.names
        )

    @property
    def size(self) -> int | None:
        """Give the bytes of all files, None where that is not known."""
        return self._payloads.size

    @property
    def bytes_read(self) -> int:
        """Give how many bytes were read."""
        return self._payloads.bytes_read

    @property
    def is_lasting(self) -> bool:
        """Tell whether all are files, and not a pipe that can be read once."""
        return self._payloads.size is not None

    def facts(self) -> JsonObject:
        """Give the number and size of the files, and a digest of parts of them."""
        if not self.is_lasting:
            return {}
        digest = hashlib.sha256()
        for name in self._payloads.all_files():
            digest.update(f"{name}\0{os.path.getsize(name)}\0".encode(errors="surrogateescape"))  # noqa: PTH202 - of many files
        for name in self._payloads.names:
            if not os.path.isdir(name):  # noqa: PTH112 - see above
                digest.update(_sample(name))
        return {
            "files": self._payloads.files,
            "size": self._payloads.size,
            "digest": digest.hexdigest(),
        }

    def go_on(self, facts: JsonObject) -> bool:
        """Tell whether the files are as they were."""
        return facts == self.facts()

    def __iter__(self) -> Iterator[RawPayload]:
        """Yield the payloads."""
        return iter(self._payloads)


def _sample(name: str) -> bytes:
    """Give the beginning and the end of a file."""
    with opened(name) as file:
        start = file.read(_SAMPLE)
        file.seek(max(os.path.getsize(name) - _SAMPLE, len(start)))  # noqa: PTH202 - see above
        return start + file.read(_SAMPLE)


class LogSource:
    """What came into the org from outside, up to now: what follows from it happens anew."""

    is_lasting = True

    def __init__(self, world: World, wanted: RunFilter, told: tuple[str, ...] = ()) -> None:
        self.names = ("the log", *told)
        self._events = world.store.events
        self._wanted = wanted
        self._last = self._events.newest()
        self._measure()

    def _measure(self) -> None:
        self.size: int | None = self._events.count_logged(self._wanted, self._last)
        self.bytes_read = 0

    def facts(self) -> JsonObject:
        """Give which events they are."""
        return {"last": self._last, "since": self._wanted.since, "events": self.size}

    def go_on(self, facts: JsonObject) -> bool:
        """Leave out what came since; tells whether all events are still there."""
        self._last = facts["last"]
        self._wanted = self._wanted._replace(since=facts["since"])
        self._measure()
        return facts == self.facts()

    def __iter__(self) -> Iterator[LoggedPayload]:
        """Yield what the events brought, the oldest first."""
        after = self.bytes_read = 0
        while found := self._events.logged(self._wanted, after, self._last, _AT_ONCE):
            for event in found:
                self.bytes_read += 1
                yield LoggedPayload(event)
            after = found[-1].number
