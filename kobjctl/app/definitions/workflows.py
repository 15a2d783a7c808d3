"""Workflows of the org: look at them, switch them, give them back as the platform's JSON."""

from collections.abc import Sequence

from kobjctl.model.errors import UnknownNameError
from kobjctl.model.values import Json, JsonObject
from kobjctl.model.workflow import Workflow
from kobjctl.store.org import Org
from kobjctl.store.store import Store


def get(store: Store, name: str) -> Workflow:
    """Return a workflow by name or id; raises UnknownNameError."""
    workflow = store.workflows.get(name)
    if workflow is None:
        names = store.workflows.names()
        otherwise = (
            f"the workflows are {', '.join(names)}" if names else "load one: kobjctl apply FILE"
        )
        raise UnknownNameError("workflow", name, names, otherwise=otherwise)
    return workflow


def set_enabled(org: Org, name: str, *, enabled: bool) -> bool:
    """Switch a workflow on or off; tell whether that changed anything."""
    with org.store.transaction():
        workflow = get(org.store, name)
        if workflow.enabled == enabled:
            return False
        org.store.workflows.replace(workflow._replace(enabled=enabled), org.now())
    return True


def export(workflow: Workflow) -> JsonObject:
    """Return the workflow as the platform's JSON; it can be imported there as it is.

    Where the document says whether it is enabled, that is what it is now.
    """
    document = workflow.document
    if document.get("enabled", workflow.enabled) == workflow.enabled:
        return document
    return {**document, "enabled": workflow.enabled}


def export_all(store: Store, workflows: Sequence[Workflow], *, envelope: bool) -> Json:
    """Return one workflow as JSON, or several as a list: bare, or in what was around them.

    Without an envelope of its own, a workflow gets that of the platform's API.
    """
    if not envelope:
        documents = [export(workflow) for workflow in workflows]
        return documents[0] if len(documents) == 1 else documents
    kept = [store.workflows.envelope(workflow.id) for workflow in workflows]
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
    """Return what the platform's API answers of a workflow (`manual/platform.md 1.1`)."""
    attributes = {key: value for key, value in workflow.document.items() if key != "id"}
    return {
        "type": "workflow",
        "id": workflow.id,
        "attributes": attributes | {"enabled": workflow.enabled, "rev": workflow.rev},
    }
