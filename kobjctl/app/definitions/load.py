"""Write one object of a file into the org: new, changed, or as it is."""

from typing import Literal, NamedTuple

from kobjctl.app.definitions import hooks, klasses, workflows
from kobjctl.lint.project.files import Definition
from kobjctl.model.app import plain_name
from kobjctl.model.errors import ConflictError, UsageError
from kobjctl.model.hook import hook_of_event
from kobjctl.model.values import JsonObject
from kobjctl.model.workflow import Workflow, said_id
from kobjctl.store.org import Org
from kobjctl.store.store import Store

Result = Literal["created", "updated", "unchanged", "removed"]


class LoadedChange(NamedTuple):
    """What loading did to one object."""

    kind: str
    name: str
    result: Result
    file: str


def load_klass(org: Org, part: Definition) -> LoadedChange:
    """Write a Klass; what it has and the file does not say stays. Raises UsageError."""
    store = org.store.klasses
    wanted = klasses.make(org, part.body)
    klass = store.get(wanted.name)
    if klass is None:
        store.add(wanted)
        return change("klass", wanted.name, "created", part)
    merged = klasses.merge(klass, wanted, org.now())
    if merged == klass:
        return change("klass", klass.name, "unchanged", part)
    store.replace(merged)
    return change("klass", klass.name, "updated", part)


def load_hook(org: Org, part: Definition) -> LoadedChange:
    """Write a hook; its id and address stay. Raises UsageError for another type or event."""
    store = org.store.hooks
    body = part.body
    said_name = body.get("eventName") or ""
    full = part.names.get(said_name, said_name)
    event_name = plain_name(full)
    name = body.get("name") or full
    description = body.get("description") or ""
    hook = store.get(name)
    other = store.get(event_name) if event_name else None
    if other and other != hook:
        raise UsageError(
            f'event {event_name} already belongs to hook "{other.name}"',
            hint="give this hook another event, or the name of that hook",
        )
    if hook is None:
        hook = hooks.make(
            org,
            name,
            hook_type=body["type"],
            description=description,
            key=body.get("key") or "",
            event_name=event_name,
        )
        store.add(hook)
        return change("hook", name, "created", part)
    name = hook.name
    for said, is_now, noun in (
        (body["type"], hook.type, "type"),
        (event_name, hook.event_name, "event name"),
    ):
        if said and said != is_now:
            raise UsageError(
                f'the {noun} of hook "{name}" is {is_now} and can\'t become {said}',
                hint="give the new hook another name",
            )
    if hook.description == description:
        return change("hook", name, "unchanged", part)
    store.describe(hook, description, org.now())
    return change("hook", name, "updated", part)


def load_hook_of(org: Org, part: Definition) -> LoadedChange | None:
    """Make the hook that an exported workflow listens to, with the id that its event names.

    None where there is nothing to make: the hook is there, or the event is no hook's.
    """
    event_name = part.body["trigger"].get("eventName") or ""
    named = hook_of_event(event_name)
    if named is None or org.store.hooks.get(event_name):
        return None
    hook_type, hook_id = named
    workflow = part.body["name"]
    name = hook_id if org.store.hooks.get(workflow) else workflow
    hook = hooks.make(
        org,
        name,
        hook_type=hook_type,
        description=f"Made for the workflow {workflow}",
        key="",
        event_name=event_name,
    )
    org.store.hooks.add(hook)
    return change("hook", name, "created", part)


def load_workflow(org: Org, part: Definition, document: JsonObject) -> LoadedChange:
    """Write a workflow, whose sugar is expanded in `document`.

    A new one is enabled unless the file says otherwise, an old one stays as it is switched; it
    keeps its id until a file says another. Raises ConflictError when another workflow has that.
    """
    store = org.store.workflows
    name = document["name"]
    existing = store.get(name)
    said = said_id(document)
    taken = store.get(said) if said else None
    if taken and taken.name != name:
        raise ConflictError(f'workflow "{taken.name}" already has the id {said}')
    if existing is None:
        workflow = Workflow.from_document(
            document, workflow_id=said or org.new_id(), enabled=document.get("enabled", True)
        )
        store.add(workflow, org.now())
        _keep_envelope(org.store, workflow, part)
        return change("workflow", name, "created", part)
    changed = Workflow.from_document(
        document,
        workflow_id=said or existing.id,
        enabled=document.get("enabled", existing.enabled),
        rev=existing.rev + 1,
    )
    if changed.id != existing.id:
        store.move(existing.id, changed.id)
    is_other = _keep_envelope(org.store, changed, part)
    is_same = (changed.id, changed.enabled) == (existing.id, existing.enabled)
    if is_same and workflows.export(existing) == document:
        return change("workflow", name, "updated" if is_other else "unchanged", part)
    store.replace(changed, org.now())
    return change("workflow", name, "updated", part)


def _keep_envelope(store: Store, workflow: Workflow, part: Definition) -> bool:
    """Keep what is around a workflow; a bare one leaves that as it is. Tell whether it changed."""
    workflows = store.workflows
    kept = workflows.envelope(workflow.id)
    if part.envelope in (None, kept) or (kept and part.envelope.is_bare):
        return False
    workflows.set_envelope(workflow.id, part.envelope)
    return True


def change(kind: str, name: str, result: Result, part: Definition) -> LoadedChange:
    """Return what became of an object of a file."""
    return LoadedChange(kind, name, result, part.document.path)
