"""Workflows of the org: look at them, switch them, give them back as the platform's JSON."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from kobjctl.actions import ACTIONS
from kobjctl.actions.base import World
from kobjctl.engine.app_action import output_of
from kobjctl.engine.trigger import step_one
from kobjctl.expressions.references import MARK
from kobjctl.model.errors import KobjctlError, UnknownNameError
from kobjctl.model.event import Event
from kobjctl.model.graph import ancestors, certain
from kobjctl.model.hook import Hook
from kobjctl.model.values import MISSING, Json, JsonObject, Missing, kind_of
from kobjctl.model.workflow import TRIGGER_ID, Step, Workflow

MAX_DEPTH = 6


class Path(NamedTuple):
    """A reference that may be used before a step; `sample` is from the hook's example data.

    `always` tells that its step has run on every way to there.
    """

    reference: str
    type: str
    sample: Json | Missing
    always: bool


def get(world: World, name: str) -> Workflow:
    """Give a workflow by name or id; raises UnknownNameError."""
    workflow = world.store.workflows.get(name)
    if workflow is None:
        names = world.store.workflows.names()
        otherwise = (
            f"the workflows are {', '.join(names)}" if names else "load one: kobjctl apply FILE"
        )
        raise UnknownNameError("workflow", name, names, otherwise=otherwise)
    return workflow


def set_enabled(world: World, name: str, *, enabled: bool) -> bool:
    """Switch a workflow on or off; tell whether that changed anything."""
    with world.store.transaction():
        workflow = get(world, name)
        if workflow.enabled == enabled:
            return False
        world.store.workflows.replace(workflow._replace(enabled=enabled), world.now())
    return True


def export(workflow: Workflow) -> JsonObject:
    """Give the workflow as the platform's JSON; it can be imported there as it is.

    Where the document says whether it is enabled, that is what it is now.
    """
    document = workflow.document
    if document.get("enabled", workflow.enabled) == workflow.enabled:
        return document
    return {**document, "enabled": workflow.enabled}


def export_all(world: World, workflows: Sequence[Workflow], *, envelope: bool) -> Json:
    """Give one workflow as JSON, or several as a list: bare, or in what was around them.

    Without an envelope of its own, a workflow gets that of the platform's API.
    """
    if not envelope:
        documents = [export(workflow) for workflow in workflows]
        return documents[0] if len(documents) == 1 else documents
    kept = [world.store.workflows.envelope(workflow.id) for workflow in workflows]
    if len(workflows) == 1:
        [workflow], [its] = workflows, kept
        return its.whole_of(export(workflow)) if its else {"data": resource(workflow)}
    items = [
        its.item_of(export(workflow)) if its else resource(workflow)
        for workflow, its in zip(workflows, kept, strict=True)
    ]
    listed = [its.listed if its else None for its in kept]
    # Workflows that came in one list are given back in that list.
    if listed[0] and all(each == listed[0] for each in listed):
        return listed[0].filled(items)
    return {"data": [item.get("data", item) for item in items]}


def resource(workflow: Workflow) -> JsonObject:
    """Give what the platform's API answers of a workflow (`platform/workflows.md` 1.1)."""
    attributes = {key: value for key, value in workflow.document.items() if key != "id"}
    return {
        "type": "workflow",
        "id": workflow.id,
        "attributes": attributes | {"enabled": workflow.enabled, "rev": workflow.rev},
    }


def paths(world: World, workflow: Workflow, step_id: str | None) -> list[Path]:
    """Give the references that the editor's dropdown would offer before a step.

    Without a step: those that its last steps could use. Raises UnknownNameError.
    """
    steps = {step.id: step for step in workflow.steps}
    if step_id is not None and step_id not in steps:
        raise UnknownNameError(
            "step",
            step_id,
            steps,
            otherwise=f"the steps are {', '.join(steps)}",
        )
    before = ancestors(workflow, step_id) if step_id else (TRIGGER_ID, *steps)
    sure = set(certain(workflow, step_id)) if step_id else {TRIGGER_ID}
    found = list(_trigger_paths(world, workflow))
    for earlier in before:
        if earlier != TRIGGER_ID:
            found += _step_paths(world, steps[earlier], always=earlier in sure)
    return found


def _trigger_paths(world: World, workflow: Workflow) -> Iterator[Path]:
    root = f"{MARK}steps.{TRIGGER_ID}"
    hook = world.store.hooks.get(workflow.event_name)
    if hook is None:
        yield Path(root, "object", MISSING, always=True)
        return
    trigger = world.store.app_triggers.get(hook.event_name)
    if trigger and trigger.definition.get("outputTemplate"):
        yield from _app_paths(root, hook, world)
        return
    yield Path(f"{root}.id", "text", MISSING, always=True)
    yield Path(f"{root}.attributes.createdAt", "date and time", MISSING, always=True)
    data = f"{root}.attributes.data"
    if hook.example is MISSING:
        yield Path(data, "object", MISSING, always=True)
    else:
        yield from _example_paths(data, hook.example, MAX_DEPTH)


def _app_paths(root: str, hook: Hook, world: World) -> Iterator[Path]:
    """Yield what the trigger of an app makes of the hook's example."""
    example = {} if hook.example is MISSING else hook.example
    event = Event("", 0, hook.event_name, example, world.now(), world.store.org_id, hook.id)
    try:
        output, _ = step_one(event._replace(hook_type=hook.type), world)
    except KobjctlError:
        output = {}
    yield from _example_paths(root, output, MAX_DEPTH)


def _example_paths(reference: str, value: Json, depth: int) -> Iterator[Path]:
    if isinstance(value, dict) and value and depth:
        for key, item in value.items():
            yield from _example_paths(f"{reference}.{key}", item, depth - 1)
    elif isinstance(value, list) and value and depth:
        yield Path(f"{reference}.length", "number", len(value), always=True)
        yield from _example_paths(f"{reference}.0", value[0], depth - 1)
    else:
        yield Path(reference, kind_of(value), value, always=True)


def _step_paths(world: World, step: Step, *, always: bool) -> Iterator[Path]:
    for name, kind in _output_of(world, step.action).items():
        yield Path(f"{MARK}steps.{step.id}.{name}", kind, MISSING, always=always)


def _output_of(world: World, action: str | None) -> Mapping[str, str]:
    if action in ACTIONS:
        return ACTIONS[str(action)].output
    part = world.store.app_actions.get(action) if action else None
    return output_of(part.definition) if part else {}
