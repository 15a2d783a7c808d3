"""Events: send one by hand."""

from kobjctl.app.runs.payload import payload_of
from kobjctl.app.runs.receive import IncomingEvent
from kobjctl.app.runs.send import SendReport
from kobjctl.app.runs.send import send as send_incoming
from kobjctl.engine.engine import Engine
from kobjctl.model.app import plain_name
from kobjctl.model.errors import UsageError, closest
from kobjctl.model.values import JsonObject
from kobjctl.store.store import Store


def send(engine: Engine, name: str, data: JsonObject, losses: tuple[str, ...] = ()) -> SendReport:
    """Send an event: keep it, carry out the runs it starts, in order, and give their logs.

    `losses` tell what of its text is not in the data. Raises UsageError for no name, and for the
    event of a hook, which takes payloads.
    """
    incoming = IncomingEvent(named(engine.org.store, name), payload_of(data, losses=losses))
    return send_incoming(engine, incoming)


def named(store: Store, name: str) -> str:
    """Return the plain name of an event; raises UsageError for that of a hook."""
    name = plain_name(name)
    if not name.strip():
        raise UsageError(
            "the event's name is empty",
            hint="kobjctl event list shows those that workflows listen to",
        )
    hook = store.hooks.get(name)
    if hook:
        raise UsageError(
            f'"{name}" is the event of hook "{hook.name}"',
            hint=f"send it a payload: kobjctl hook send FILE --hook {hook.name}",
        )
    return name


def meant(store: Store, name: str) -> str:
    """Return the name of the event that may have been meant by one that no workflow listens to."""
    heard = {workflow.event_name for workflow in store.workflows.all()}
    of_hooks = {hook.event_name for hook in store.hooks.all()}
    return "" if plain_name(name) in heard else closest(name, sorted(heard - of_hooks))
