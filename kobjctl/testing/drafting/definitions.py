"""What a workflow of the org needs, in one file that defines it: scenarios start from files."""

from collections.abc import Iterator

from kobjctl.app.definitions import workflows
from kobjctl.model.app import COMPONENT
from kobjctl.model.hook import Hook
from kobjctl.model.values import JsonObject
from kobjctl.model.workflow import Workflow
from kobjctl.store.store import Store
from kobjctl.store.text import encode


def definitions(store: Store, workflow: Workflow) -> JsonObject:
    """Return a workflow of the org with the klasses, the hook, the parts of apps and the called
    workflows that it names, as one file defines them.
    """
    together = [workflow, *_called(store, workflow)]
    text = encode([each.document for each in together])
    hook = store.hooks.get(workflow.event_name)
    triggers = store.app_triggers.get(workflow.event_name)
    parts = {
        "klasses": [
            klass.definition()
            for klass in store.klasses.all()
            if klass.standard or klass.name in text
        ],
        "hooks": [_hook(hook)] if hook else [],
        "actions": [part.definition for part in store.app_actions.all() if part.name in text],
        "triggers": [triggers.definition] if triggers else [],
        "workflows": [_document(each, hook) for each in together],
    }
    return {kind: found for kind, found in parts.items() if found}


def _called(store: Store, workflow: Workflow) -> Iterator[Workflow]:
    """Yield the other workflows whose ids a workflow names."""
    text = encode(workflow.document)
    for other in store.workflows.all():
        if other.id != workflow.id and other.id in text:
            yield other


def _hook(hook: Hook) -> JsonObject:
    own_event = {"eventName": hook.event_name} if hook.event_name.startswith(COMPONENT) else {}
    texts = {"description": hook.description, "key": hook.key}
    return {
        "name": hook.name,
        "type": hook.type,
        **own_event,
        **{key: value for key, value in texts.items() if value},
    }


def _document(workflow: Workflow, hook: Hook | None) -> JsonObject:
    document = workflows.export(workflow)
    trigger = dict(document["trigger"])
    if trigger.get("callable") is True:
        return {"id": workflow.id, **document}
    if (
        hook
        and workflow.event_name == hook.event_name
        and not hook.event_name.startswith(COMPONENT)
    ):
        trigger.pop("eventName", None)
        trigger["hook"] = hook.name
    return {key: value for key, value in document.items() if key != "enabled"} | {
        "trigger": trigger
    }
