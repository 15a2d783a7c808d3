"""Apps of the org: look at them, give their definitions back."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Final, Literal, NamedTuple

from kobjctl.app.definitions import workflows
from kobjctl.lint.project.files import Definition
from kobjctl.model.app import App, AppPart, full_name, plain_app
from kobjctl.model.errors import UnknownNameError
from kobjctl.model.values import Json, JsonObject
from kobjctl.store.store import Store
from kobjctl.store.text import encode


class ComponentKind(NamedTuple):
    """A kind of component: `name_of` gives the name that it has in the org by its body, `now`
    what it says now, as an app definition writes it; None when it is gone.
    """

    noun: str
    name_of: Callable[[JsonObject, str], str]
    now: Callable[[Store, str], JsonObject | None]


State = Literal["unchanged", "changed", "deleted"]


class Component(NamedTuple):
    """Something that an app defines, and whether it is still as it was loaded."""

    kind: str
    name: str
    state: State


def get(store: Store, name: str) -> App:
    """Return an app by name, with or without the id of an org; raises UnknownNameError."""
    app = store.apps.get(name)
    if app is None:
        names = store.apps.names()
        otherwise = f"the apps are {', '.join(names)}" if names else "load one: kobjctl apply FILE"
        raise UnknownNameError("app", name, map(plain_app, names), otherwise=otherwise)
    return app


def export(store: Store, app: App) -> JsonObject:
    """Return the definition of an app with its components as they are in the org now.

    One that nobody changed since it was loaded is given word for word; one that is gone is left
    out.
    """
    definition = dict(app.document)
    for kind in KINDS:
        if definition.get(kind):
            current = (_current(store, app, kind, body) for body in definition[kind])
            definition[kind] = [body for body in current if body is not None]
    return definition


def marks(store: Store, part: Definition) -> dict[str, dict[str, str]]:
    """Return a mark of each component of an app definition, as it is in the org now."""
    return {
        kind: {
            name: _mark(KINDS[kind].now(store, name))
            for name in (KINDS[kind].name_of(body, part.app) for body in part.body.get(kind) or ())
        }
        for kind in KINDS
    }


def components(store: Store, app: App) -> list[Component]:
    """Return what an app defines, with what became of it since it was loaded."""
    return [
        Component(KINDS[kind].noun, name, _state(KINDS[kind].now(store, name), mark))
        for kind, names in app.loaded.items()
        for name, mark in names.items()
    ]


def _state(now: JsonObject | None, mark: str) -> State:
    if now is None:
        return "deleted"
    return "unchanged" if _mark(now) == mark else "changed"


def _current(store: Store, app: App, kind: str, body: JsonObject) -> JsonObject | None:
    name = KINDS[kind].name_of(body, app.name)
    now = KINDS[kind].now(store, name)
    return body if _mark(now) == app.loaded.get(kind, {}).get(name) else now


def _mark(value: Json) -> str:
    return hashlib.sha256(encode(value).encode()).hexdigest()


def _klass(store: Store, name: str) -> JsonObject | None:
    klass = store.klasses.get(name)
    return klass.definition() if klass else None


def _hook(store: Store, name: str) -> JsonObject | None:
    hook = store.hooks.get(name)
    if hook is None:
        return None
    return {
        "name": hook.name,
        "eventName": hook.event_name,
        "description": hook.description,
        "type": hook.type,
        **({"key": hook.key} if hook.key else {}),
    }


def _workflow(store: Store, name: str) -> JsonObject | None:
    workflow = store.workflows.get(name)
    if workflow is None:
        return None
    return workflows.export(workflow) | ({} if workflow.enabled else {"enabled": False})


def _definition(part: AppPart | None) -> JsonObject | None:
    return part.definition if part else None


KINDS: Final[Mapping[str, ComponentKind]] = {
    "klasses": ComponentKind("klass", lambda body, _: str(body["name"]), _klass),
    "hooks": ComponentKind(
        "hook", lambda body, app: str(body.get("name") or full_name(app, body["eventName"])), _hook
    ),
    "workflows": ComponentKind("workflow", lambda body, _: str(body["name"]), _workflow),
    "actions": ComponentKind(
        "action",
        lambda body, app: full_name(app, body["name"]),
        lambda store, name: _definition(store.app_actions.get(name)),
    ),
    "triggers": ComponentKind(
        "trigger",
        lambda body, app: full_name(app, body["eventName"]),
        lambda store, name: _definition(store.app_triggers.get(name)),
    ),
}
