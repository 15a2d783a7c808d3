"""Events: send one by hand, and see which workflows did not run on it."""

from collections.abc import Sequence
from typing import NamedTuple

from kobjctl.app.runs import runs
from kobjctl.engine.intake import accept
from kobjctl.engine.outcome import LIMITS, Limits
from kobjctl.model.app_names import plain_name
from kobjctl.model.errors import UsageError, closest
from kobjctl.model.event import Event
from kobjctl.model.record import flatten
from kobjctl.model.run import RunReport
from kobjctl.model.values import Json, JsonObject
from kobjctl.model.workflow import Workflow
from kobjctl.records.context import World
from kobjctl.store.text import encode


class NotRun(NamedTuple):
    """A workflow that an event did not start; what it listens to, and that it is disabled."""

    workflow: str
    listens_to: str
    disabled: bool


class SendReport(NamedTuple):
    """What sending one payload or event did."""

    event: Event
    reports: tuple[RunReport, ...]
    not_run: tuple[NotRun, ...]
    notes: tuple[str, ...]


def read(name: str, document: Json) -> tuple[JsonObject, tuple[str, ...]]:
    """Return the output of step `1` that a file means, and what is to be said of it.

    A captured outbound webhook (`{name, data: {attributes, ...}, changes}`) and a record's
    resource are flattened as on the platform (`platform/workflows.md` 5.2); any other object is
    step `1` as it is. Raises UsageError.
    """
    if not isinstance(document, dict):
        raise UsageError(
            "an event is a JSON object",
            hint="the fields of step 1, or a captured webhook {name, data: {attributes: ...}}",
        )
    notes = []
    said = document.get("name")
    if _is_resource(document.get("data")):
        flat = _flatten(document["data"])
        if "changes" in document:
            flat["changes"] = document["changes"]
        if isinstance(said, str) and said != name:
            notes.append(f'the webhook is of the event "{said}"; it was sent as "{name}"')
        return flat, tuple(notes)
    return (_flatten(document) if _is_resource(document) else document), ()


def _is_resource(value: Json) -> bool:
    return isinstance(value, dict) and isinstance(value.get("attributes"), dict)


def _flatten(resource: JsonObject) -> JsonObject:
    related = resource.get("relationships")
    relationships = {
        name: each
        for name, each in (related if isinstance(related, dict) else {}).items()
        if isinstance(each, dict)
    }
    flat = flatten({"id": None, **resource, "relationships": relationships})
    return flat if "id" in resource else {key: flat[key] for key in flat if key != "id"}


def send(world: World, name: str, data: JsonObject, limits: Limits = LIMITS) -> SendReport:
    """Send an event: keep it, carry out the runs it starts, in order, and give their logs.

    Raises UsageError for no name, and for the event of a hook, which takes payloads.
    """
    name = named(world, name)
    accepted = accept(world, name, encode(data), data)
    return sent(world, accepted.event, accepted.numbers, limits)


def named(world: World, name: str) -> str:
    """Return the plain name of an event; raises UsageError for that of a hook."""
    name = plain_name(name)
    if not name.strip():
        raise UsageError(
            "an event has a name", hint="kobjctl event list shows those that workflows listen to"
        )
    hook = world.store.hooks.get(name)
    if hook:
        raise UsageError(
            f'"{name}" is the event of hook "{hook.name}"',
            hint=f"send it a payload: kobjctl hook send FILE --hook {hook.name}",
        )
    return name


def sent(
    world: World,
    event: Event,
    numbers: Sequence[int],
    limits: Limits,
    notes: tuple[str, ...] = (),
) -> SendReport:
    """Carry out the runs that an accepted event started, in order, and give their logs."""
    done = runs.carry_out(world, event, numbers, limits)
    reports = tuple(runs.report(world, str(number)) for number in done)
    return SendReport(event, reports, not_run(world, event.name, reports), notes)


def meant(world: World, name: str) -> str:
    """Return the name of the event that may have been meant by one that no workflow listens to."""
    heard = {workflow.event_name for workflow in world.store.workflows.all()}
    of_hooks = {hook.event_name for hook in world.store.hooks.all()}
    return "" if plain_name(name) in heard else closest(name, sorted(heard - of_hooks))


def not_run(world: World, event_name: str, reports: Sequence[RunReport]) -> tuple[NotRun, ...]:
    """Return the workflows of the org that did not run on an event, and why."""
    hooks = {each.event_name: f'hook "{each.name}"' for each in world.store.hooks.all()}
    ran = {report.run.workflow_id for report in reports}
    return tuple(
        NotRun(
            workflow.name,
            hooks.get(workflow.event_name) or _heard(workflow),
            not workflow.enabled and workflow.event_name == event_name,
        )
        for workflow in world.store.workflows.all()
        if workflow.id not in ran
    )


def _heard(workflow: Workflow) -> str:
    is_called = workflow.document["trigger"].get("callable") is True
    return "calls" if is_called else f'event "{workflow.event_name}"'
