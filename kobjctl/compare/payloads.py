"""The payloads that two versions are compared on: where they come from (files, or what the org has
got), and where they go in (the hook, the event or the call that a workflow starts on).
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import Final, NamedTuple

from kobjctl.app.runs import calls, events
from kobjctl.app.runs.captured import read, read_inputs
from kobjctl.app.runs.execute import carry_out_reported
from kobjctl.app.runs.payload import payload_of
from kobjctl.app.runs.receive import receive, to_hook
from kobjctl.compare.sides import Versions
from kobjctl.engine.engine import Engine
from kobjctl.files.payloads.payload import PayloadError
from kobjctl.model.errors import KobjctlError, StoreError, UsageError
from kobjctl.model.run import RunReport
from kobjctl.model.values import MISSING, Json, MissingValue
from kobjctl.model.workflow import Workflow
from kobjctl.replay.payloads import RawPayload
from kobjctl.store.store import Store


class InputPayload(NamedTuple):
    """A payload that both versions get. `place` says where it is, `at` when it came in (empty
    where that is not known), `event` the name of the event that it came with (likewise).
    """

    place: str
    data: Json
    at: str = ""
    event: str = ""


class PayloadOutcome(NamedTuple):
    """What came of a payload that went in: the logs of all runs, and the response of a call.

    `refusal` says why it did not go in.
    """

    reports: tuple[RunReport, ...] = ()
    response: Json | MissingValue = MISSING
    refusal: str = ""


class Entrance(NamedTuple):
    """Where the versions of a workflow take payloads in; `hooks` are the names of the hooks that
    they listen to, if these are hooks.
    """

    name: str
    old: Workflow
    new: Workflow
    hooks: frozenset[str]

    @property
    def events(self) -> tuple[str, str]:
        """Return the names of the events that each version starts on."""
        return self.old.event_name, self.new.event_name


def entrances(sides: Versions) -> list[Entrance]:
    """Return where the versions take payloads in."""
    stores = [side.org.store for side in (sides.old, sides.new)]
    found = []
    for pair in sides.pairs:
        both = zip(stores, (pair.old, pair.new), strict=True)
        hooks = [store.hooks.get(workflow.event_name) for store, workflow in both]
        names = frozenset(hook.name for hook in hooks if hook)
        found.append(Entrance(pair.name, pair.old, pair.new, names))
    return found


def choose(
    sides: Versions, hook: str | None, workflow: str | None, sources: Sequence[str]
) -> Entrance:
    """Return where payloads of files go in: at the hook or workflow that is named, else at the only
    place, else at the only hook, else at the hook that is named like the first file. Raises
    UsageError when that is none or several.
    """
    found = entrances(sides)
    fact = "several hooks or workflows could get the payloads"
    if hook is not None:
        fitting = [entrance for entrance in found if hook in entrance.hooks]
        fact = f'neither version listens to hook "{hook}"'
    elif workflow is not None:
        fitting = [entrance for entrance in found if entrance.name == workflow]
        fact = f'no compared workflow is called "{workflow}"'
    else:
        fitting = _likely(found, sources)
    # What several workflows listen to is one place.
    if len({entrance.events for entrance in fitting}) == 1:
        return fitting[0]
    names = dict.fromkeys(name for entrance in found for name in sorted(entrance.hooks))
    option = f"--hook {' or '.join(names)}, or " if names else ""
    workflows = " or ".join(entrance.name for entrance in found)
    raise UsageError(fact, hint=f"choose one: {option}--workflow {workflows}")


def _likely(found: list[Entrance], sources: Sequence[str]) -> list[Entrance]:
    with_hook = [entrance for entrance in found if entrance.hooks] or found
    if len({entrance.events for entrance in with_hook}) == 1:
        return with_hook
    stem = PurePath(sources[0]).name.partition(".")[0] if sources else ""
    likely = {stem, f"{stem}s", stem.removesuffix("s")}
    return [entrance for entrance in with_hook if likely & entrance.hooks]


def go(engine: Engine, workflow: Workflow, payload: InputPayload) -> PayloadOutcome:
    """Let a payload in where a workflow starts, and carry out the runs that it starts, and those
    that these start.
    """
    hook = engine.org.store.hooks.get(workflow.event_name)
    if hook:
        accepted = receive(engine.org, to_hook(hook, payload_of(payload.data)))
        return PayloadOutcome(carry_out_reported(engine, accepted))
    try:
        return _call_or_send(engine, workflow, payload)
    except StoreError:
        raise
    except KobjctlError as error:
        return PayloadOutcome(refusal=error.message)


def _call_or_send(engine: Engine, workflow: Workflow, payload: InputPayload) -> PayloadOutcome:
    if workflow.document["trigger"].get("callable") is True:
        called = calls.call(engine, workflow.id, read_inputs(payload.data))
        return PayloadOutcome(called.sent.reports, called.response)
    data = payload.data
    if not payload.event:
        data = read(workflow.event_name, data).data
    return PayloadOutcome(events.send(engine, workflow.event_name, data).reports)


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
