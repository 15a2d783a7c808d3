"""The references that a step of a workflow may use, as the platform's editor offers them."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from kobjctl.engine.known import step_one
from kobjctl.expressions.references import MARK
from kobjctl.lint.project.builder import project_of
from kobjctl.lint.project.files import Files
from kobjctl.lint.shape import Shape
from kobjctl.lint.subject import Subject
from kobjctl.model.errors import KobjctlError, UnknownNameError
from kobjctl.model.event import Event
from kobjctl.model.graph import ancestors, certain
from kobjctl.model.hook import Hook
from kobjctl.model.values import MISSING, Json, MissingValue, kind_of
from kobjctl.model.workflow import TRIGGER_ID, Workflow
from kobjctl.store.org import Org

MAX_DEPTH: Final = 6


class ReferencePath(NamedTuple):
    """A reference that may be used before a step; `sample` is from the hook's example data.

    `always` tells that its step has run on every way to there.
    """

    reference: str
    type: str
    sample: Json | MissingValue
    always: bool


def paths(org: Org, workflow: Workflow, step_id: str | None) -> list[ReferencePath]:
    """Return the references that the editor's dropdown would offer before a step.

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
    # What the checker knows of outputs is offered here, too: the two can't differ.
    outputs = Subject(workflow, project_of(Files([], []), org.store)).outputs
    found = list(_trigger_paths(org, workflow, outputs[TRIGGER_ID]))
    for earlier in before:
        if earlier != TRIGGER_ID:
            root = f"{MARK}steps.{earlier}"
            found += _shape_paths(root, outputs[earlier], MAX_DEPTH, always=earlier in sure)
    return found


def _trigger_paths(org: Org, workflow: Workflow, shape: Shape) -> Iterator[ReferencePath]:
    root = f"{MARK}steps.{TRIGGER_ID}"
    hook = org.store.hooks.get(workflow.event_name)
    if hook is None:
        if not shape.fields:
            yield ReferencePath(root, "object", MISSING, always=True)
        yield from _shape_paths(root, shape, MAX_DEPTH, always=True)
        return
    trigger = org.store.app_triggers.get(hook.event_name)
    if trigger and trigger.definition.get("outputTemplate"):
        yield from _app_paths(root, hook, org)
        return
    yield ReferencePath(f"{root}.id", "text", MISSING, always=True)
    yield ReferencePath(f"{root}.attributes.createdAt", "date and time", MISSING, always=True)
    data = f"{root}.attributes.data"
    if hook.example is MISSING:
        yield ReferencePath(data, "object", MISSING, always=True)
    else:
        yield from _example_paths(data, hook.example, MAX_DEPTH)


def _app_paths(root: str, hook: Hook, org: Org) -> Iterator[ReferencePath]:
    """Yield what the trigger of an app makes of the hook's example."""
    example = {} if hook.example is MISSING else hook.example
    event = Event(
        id="",
        number=0,
        name=hook.event_name,
        data=example,
        created_at=org.now(),
        org_id=org.store.org_id,
        hook_id=hook.id,
    )
    try:
        output, _ = step_one(event._replace(hook_type=hook.type), org)
    except KobjctlError:
        output = {}
    yield from _example_paths(root, output, MAX_DEPTH)


def _example_paths(reference: str, value: Json, depth: int) -> Iterator[ReferencePath]:
    if isinstance(value, dict) and value and depth:
        for key, item in value.items():
            if _is_segment(key):
                yield from _example_paths(f"{reference}.{key}", item, depth - 1)
    elif isinstance(value, list) and value and depth:
        yield ReferencePath(f"{reference}.length", "number", len(value), always=True)
        yield from _item_paths(reference, value, depth - 1)
    else:
        yield ReferencePath(reference, kind_of(value), value, always=True)


def _item_paths(reference: str, items: list[Json], depth: int) -> Iterator[ReferencePath]:
    """Yield what the first item has, then what only later ones have: items may differ."""
    # By the path within the item, and the kind that is there.
    seen: set[tuple[str, str]] = set()
    for index, item in enumerate(items):
        root = f"{reference}.{index}"
        for path in _example_paths(root, item, depth):
            known = (path.reference.removeprefix(root), path.type)
            if known not in seen:
                seen.add(known)
                yield path


def _is_segment(key: str) -> bool:
    """Return whether a reference can name a key: one with a dot would be read as two."""
    return bool(key) and "." not in key


def _shape_paths(
    reference: str, shape: Shape, depth: int, *, always: bool
) -> Iterator[ReferencePath]:
    """Yield the fields of an object, each followed by its own."""
    for name, inner in (shape.fields or {}).items() if depth else ():
        if not _is_segment(name):
            continue
        place = f"{reference}.{name}"
        kind = "anything" if inner.kind == "any" else inner.kind
        yield ReferencePath(place, kind, MISSING, always=always)
        yield from _shape_paths(place, inner, depth - 1, always=always)
