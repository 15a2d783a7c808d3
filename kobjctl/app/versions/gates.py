"""Where payloads go in: the hook, the event or the call that a workflow starts on."""

from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import NamedTuple

from kobjctl.actions.base import World
from kobjctl.app import calls, events, hooks, runs
from kobjctl.app.versions.sides import Sides
from kobjctl.engine.outcome import Limits
from kobjctl.model.errors import KobjctlError, StoreError, UsageError
from kobjctl.model.run import RunReport
from kobjctl.model.values import MISSING, Json, Missing
from kobjctl.model.workflow import Workflow
from kobjctl.store.text import encode


class Given(NamedTuple):
    """A payload that both versions get. `place` says where it is, `at` when it came in (empty
    where that is not known), `event` the name of the event that it came with (likewise).
    """

    place: str
    data: Json
    at: str = ""
    event: str = ""


class Gone(NamedTuple):
    """What came of a payload that went in: the logs of all runs, and the response of a call.

    `refusal` says why it did not go in.
    """

    reports: tuple[RunReport, ...] = ()
    response: Json | Missing = MISSING
    refusal: str = ""


class Gate(NamedTuple):
    """Where the versions of a workflow take payloads in."""

    old: Workflow
    new: Workflow

    @property
    def events(self) -> tuple[str, str]:
        """Give the names of the events that each version starts on."""
        return self.old.event_name, self.new.event_name


def gates(sides: Sides) -> list[Gate]:
    """Give where the versions take payloads in; what several workflows listen to comes once."""
    found: dict[tuple[str, str], Gate] = {}
    for pair in sides.pairs:
        gate = Gate(pair.old, pair.new)
        found.setdefault(gate.events, gate)
    return list(found.values())


def choose(sides: Sides, hook_name: str | None, sources: Sequence[str]) -> Gate:
    """Give where payloads of files go in: at the named hook, else at the only place, else at the
    hook that is named like the first file. Raises UsageError when that is none or several.
    """
    found = gates(sides)
    if hook_name is not None:
        fitting = [gate for gate in found if hook_name in _hook_names(sides, gate)]
        fact = f'no workflow that is compared listens to a hook "{hook_name}"'
    elif len(found) == 1:
        return found[0]
    else:
        stem = PurePath(sources[0]).name.partition(".")[0] if sources else ""
        likely = {stem, f"{stem}s", stem.removesuffix("s")}
        fitting = [gate for gate in found if likely & set(_hook_names(sides, gate))]
        fact = "the payloads could be meant for several hooks"
    if len(fitting) == 1:
        return fitting[0]
    names = dict.fromkeys(name for gate in found for name in _hook_names(sides, gate))
    raise UsageError(fact, hint=f"say which with --hook NAME: {', '.join(names)}")


def of_event(found: Iterable[Gate], event_name: str) -> Gate | None:
    """Give where a recorded event went in, None where no workflow listens to it."""
    return next((gate for gate in found if event_name in gate.events), None)


def _hook_names(sides: Sides, gate: Gate) -> list[str]:
    worlds = (sides.old.world, sides.new.world)
    found = [world.store.hooks.get(name) for world, name in zip(worlds, gate.events, strict=True)]
    return [hook.name for hook in found if hook]


def go(world: World, workflow: Workflow, given: Given, limits: Limits) -> Gone:
    """Let a payload in where a workflow starts, and carry out the runs that it starts, and those
    that these start.
    """
    hook = world.store.hooks.get(workflow.event_name)
    if hook:
        payload = hooks.Payload(encode(given.data), given.data)
        numbers = hooks.process(world, hook, payload, limits).runs
        return Gone(tuple(runs.report(world, str(number)) for number in numbers))
    try:
        return _call_or_send(world, workflow, given, limits)
    except StoreError:
        raise
    except KobjctlError as error:
        return Gone(refusal=error.message)


def _call_or_send(world: World, workflow: Workflow, given: Given, limits: Limits) -> Gone:
    if workflow.document["trigger"].get("callable") is True:
        if not isinstance(given.data, dict):
            raise UsageError("a call takes a JSON object")
        called = calls.call(world, workflow.id, given.data, limits)
        return Gone(called.sent.reports, called.response)
    data = given.data
    if not given.event:
        data, _ = events.read(workflow.event_name, data)
    return Gone(events.send(world, workflow.event_name, data, limits).reports)
