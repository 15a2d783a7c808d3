"""Hooks: make them, find them, keep their examples."""

import re
from pathlib import PurePath

from kobjctl.model.chance import new_hash
from kobjctl.model.errors import ConflictError, UnknownNameError, UsageError
from kobjctl.model.hook import HOOK_TYPES, Hook, hook_event_name, hook_of_event
from kobjctl.model.klass import KLASS_NAME
from kobjctl.model.values import Json, JsonObject
from kobjctl.store.org import Org
from kobjctl.store.store import Store


def create(  # noqa: PLR0913 - one argument for each thing that can be said of a hook
    org: Org,
    name: str,
    *,
    hook_type: str = "form",
    description: str = "",
    key: str = "",
    event_name: str = "",
) -> Hook:
    """Make a hook with an id, an event name and an address of its own.

    Raises UsageError for a name that is taken or no name, or an unknown type.
    """
    check(name, hook_type)
    hook = make(
        org, name, hook_type=hook_type, description=description, key=key, event_name=event_name
    )
    with org.store.transaction():
        if org.store.hooks.get(name):
            raise UsageError(f'hook "{name}" already exists', hint=f"kobjctl hook show {name}")
        org.store.hooks.add(hook)
    return hook


def check(name: str, hook_type: str) -> None:
    """Raise UsageError for a name or a type that no hook can have."""
    if not re.fullmatch(KLASS_NAME, name):
        raise UsageError(
            f'"{name}" can\'t be the name of a hook', hint="use letters, digits, - and _"
        )
    if hook_type not in HOOK_TYPES:
        raise UsageError(
            f'no hook type is called "{hook_type}"', hint=f"the types are {', '.join(HOOK_TYPES)}"
        )


def make(  # noqa: PLR0913 - see create
    org: Org, name: str, *, hook_type: str, description: str, key: str, event_name: str
) -> Hook:
    """Return a new hook that is not written yet; its id is the one that its event names, if any.

    Raises UsageError when the event is of another type, ConflictError for an id that is taken.
    """
    said_type, said_id = hook_of_event(event_name) or (hook_type, "")
    if said_type != hook_type:
        raise UsageError(
            f"the event {event_name} is that of a {said_type} hook", hint=f"write type: {said_type}"
        )
    taken = org.store.hooks.get(said_id) if said_id else None
    if taken:
        raise ConflictError(f'hook "{taken.name}" already has the id {said_id}')
    hook_id, at = said_id or org.new_id(), org.now()
    return Hook(
        id=hook_id,
        name=name,
        type=hook_type,
        event_name=event_name or hook_event_name(hook_type, hook_id),
        hash=new_hash(),
        created_at=at,
        updated_at=at,
        description=description,
        key=(key or name) if HOOK_TYPES[hook_type].by_mail else "",
    )


def get(store: Store, name: str) -> Hook:
    """Return the hook with this name, id or event name; raises UnknownNameError."""
    hook = store.hooks.get(name)
    if hook is None:
        names = store.hooks.names()
        otherwise = (
            f"the hooks are {', '.join(names)}" if names else "make one: kobjctl hook create NAME"
        )
        raise UnknownNameError("hook", name, names, otherwise=otherwise)
    return hook


def choose(store: Store, name: str | None, file_name: str) -> Hook:
    """Return the hook to send a file to: the named one, else the only one, else the one named like
    the file (`order.json` fits `order` and `orders`), if it has a name. Raises UsageError when none
    fits.
    """
    if name is not None:
        return get(store, name)
    names = store.hooks.names()
    if not names:
        raise UsageError(
            "there are no hooks yet",
            hint="make one: kobjctl hook create NAME; or load files: kobjctl apply PATH",
        )
    if len(names) == 1:
        return get(store, names[0])
    stem = PurePath(file_name).stem
    fitting = [each for each in names if each in (stem, f"{stem}s") or stem == f"{each}s"]
    if len(fitting) != 1:
        fact = (
            f'no hook is named like "{PurePath(file_name).name}"'
            if file_name
            else "the payload could be for several hooks"
        )
        raise UsageError(fact, hint=f"choose one with --hook NAME: {', '.join(names)}")
    return get(store, fitting[0])


def set_example(store: Store, hook: Hook, example: Json) -> None:
    """Keep an example payload for a hook, as the editor's "Example Webhook Data" box does."""
    with store.transaction():
        store.hooks.set_example(hook.id, example)


def resource(hook: Hook, org_id: str) -> JsonObject:
    """Return what the platform's API answers of a hook (`manual/platform.md 8.2`)."""
    address = "email" if hook.by_mail else "url"
    return {
        "type": f"{hook.type}_hook",
        "id": hook.id,
        "attributes": {
            "title": hook.name,
            "description": hook.description,
            "eventName": hook.event_name,
            "hash": hook.hash,
            address: hook.address(org_id),
            **({"key": hook.key} if hook.key else {}),
            "debug": True,
            "createdAt": hook.created_at,
            "updatedAt": hook.updated_at,
        },
        "relationships": {"org": {"data": {"type": "org", "id": org_id}}},
        "links": {"self": f"/v1/hooks/{hook.type}/{hook.id}"},
    }
