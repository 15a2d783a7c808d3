"""The payloads that two versions are compared on: those of files, or those that the org has got."""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from kobjctl.compare.entrances import Entrance, InputPayload
from kobjctl.files.payloads.payload import PayloadError
from kobjctl.replay.payloads import RawPayload
from kobjctl.store.store import Store

_SHOWN: Final = 5


class RejectedPayload(NamedTuple):
    """A payload that can't be read, and why."""

    place: str
    reason: str


class RejectCount:
    """How many payloads could not be read, and the first of them."""

    def __init__(self) -> None:
        self.count = 0
        self.first: list[RejectedPayload] = []

    def add(self, place: str, reason: str) -> None:
        """Count a payload."""
        self.count += 1
        if len(self.first) < _SHOWN:
            self.first.append(RejectedPayload(place, reason))


def of_files(
    payloads: Iterable[RawPayload], entrance: Entrance, rejects: RejectCount
) -> Iterator[tuple[InputPayload, Entrance]]:
    """Yield the payloads of files that can be read, and count the others."""
    for payload in payloads:
        try:
            yield InputPayload(payload.place, payload.read()), entrance
        except PayloadError as error:
            rejects.add(payload.place, payload.reason(error))


def of_log(
    store: Store, found: Iterable[Entrance], since: str
) -> Iterator[tuple[InputPayload, Entrance]]:
    """Yield the payloads that the org got since a time for what is compared; what one of the
    compared workflows set off comes of itself.
    """
    found = list(found)
    names = {name for entrance in found for name in entrance.events}
    ids = {workflow.id for entrance in found for workflow in (entrance.old, entrance.new)}
    for event in store.events.recorded(names, since, ids):
        entrance = next((each for each in found if event.name in each.events), None)
        if entrance:
            place = f"event {event.number}"
            yield InputPayload(place, event.data, event.created_at, event.name), entrance
