"""Payloads that are kept under names, to be sent again."""

import re

from kobjctl.app.runs import runs
from kobjctl.app.runs.payload import Payload
from kobjctl.expressions.secrets import secrets_of
from kobjctl.files.payloads.payload import payload_reading, read_answer
from kobjctl.model.errors import UnknownNameError, UsageError
from kobjctl.model.hook import Hook, SavedPayload
from kobjctl.model.klass import KLASS_NAME
from kobjctl.model.values import Json
from kobjctl.store.org import Org
from kobjctl.store.store import Store


def save(
    org: Org, name: str, payload: Payload, hook: Hook | None, *, force: bool = False
) -> SavedPayload:
    """Keep a payload under a name, for a hook if one is said.

    Raises UsageError for what can't be a name, and without `force` for a name that is taken.
    """
    body = org.store.json.write(payload.data) if payload.text is None else payload.text
    return _keep(org, SavedPayload(name, hook.name if hook else "", body, org.now()), force=force)


def save_of_run(org: Org, name: str, reference: str, *, force: bool = False) -> SavedPayload:
    """Keep what started a run under a name; raises UnknownNameError for an unknown run, and as
    `save` does.
    """
    event = org.store.events.of_id(runs.find_run(org.store, reference).event_id)
    return _keep(org, SavedPayload(name, event.hook_name, event.text, org.now()), force=force)


def _keep(org: Org, payload: SavedPayload, *, force: bool) -> SavedPayload:
    if not re.fullmatch(KLASS_NAME, payload.name):
        raise UsageError(
            f'"{payload.name}" can\'t be the name of a payload',
            hint="use letters, digits, - and _",
        )
    with org.store.transaction():
        if not force and org.store.payloads.get(payload.name):
            raise UsageError(
                f'a payload called "{payload.name}" is saved already',
                hint="write over it with --force, or choose another name",
            )
        org.store.payloads.put(payload)
    return payload


def find(store: Store, name: str) -> SavedPayload:
    """Return the payload with a name; raises UnknownNameError."""
    payload = store.payloads.get(name)
    if payload is None:
        names = store.payloads.names()
        otherwise = (
            f"the payloads are {', '.join(names)}"
            if names
            else "save one: kobjctl payload save NAME FILE"
        )
        raise UnknownNameError("payload", name, names, otherwise=otherwise)
    return payload


def delete(store: Store, name: str) -> SavedPayload:
    """Delete the payload with a name, and return it; raises UnknownNameError."""
    with store.transaction():
        payload = find(store, name)
        store.payloads.remove(name)
    return payload


def read(saved: SavedPayload) -> Payload:
    """Return a saved payload as its hook gets it; raises PayloadError for what no hook takes."""
    data, losses = payload_reading(saved.body.encode("utf-8", "surrogatepass"), saved.name)
    return Payload(saved.body, data, losses=losses)


def shown(store: Store, saved: SavedPayload) -> Json:
    """Return the data of a saved payload as people may see it: without secrets."""
    return secrets_of(store).mask(read_answer(saved.body))
