"""What the payloads of a replay are sent to: a hook, an event, a workflow, or what each went to."""

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from kobjctl.app.definitions import hooks, workflows
from kobjctl.app.runs import calls, events
from kobjctl.app.runs.captured import read, read_inputs
from kobjctl.app.runs.payload import Payload, payload_of, read_body
from kobjctl.app.runs.receive import AcceptedEvent, IncomingEvent, receive, to_hook, to_workflow
from kobjctl.model.errors import UsageError
from kobjctl.model.hook import Hook
from kobjctl.model.values import JsonObject
from kobjctl.replay.payloads import Payloads, RawPayload
from kobjctl.replay.sources import FileSource, LoggedPayload, LogSource, PayloadSource
from kobjctl.store.org import Org
from kobjctl.store.runs import RunFilter
from kobjctl.store.store import Store


class DecodedPayload(NamedTuple):
    """A payload that was read; of the log, with the name of its event and its hook."""

    payload: Payload
    event: str = ""
    hook_id: str = ""


class HookTarget:
    """A hook. As each of the targets, it says in its `description` what it is, reads a payload
    (raises KobjctlError for what can't be sent there), and keeps one with the runs that it starts.
    """

    def __init__(self, hook: Hook) -> None:
        self.description: JsonObject = {"hook": hook.name}
        self._hook = hook

    def read(self, payload: RawPayload) -> DecodedPayload:
        """Read what the hook takes: JSON, or mails."""
        return DecodedPayload(read_body(self._hook, payload.check(), payload.place))

    def accept(self, read: DecodedPayload, org: Org) -> AcceptedEvent:
        """Accept a payload as the hook does."""
        hook = hook_now(org.store, self._hook.id) or self._hook
        return receive(org, to_hook(hook, read.payload))


class EventTarget:
    """An event that is no hook's."""

    def __init__(self, store: Store, name: str) -> None:
        self.name = events.named(store, name)
        self.description: JsonObject = {"event": self.name}

    def read(self, payload: RawPayload) -> DecodedPayload:
        """Read the output of step `1` that a payload means."""
        return DecodedPayload(payload_of(read(self.name, payload.read()).data))

    def accept(self, read: DecodedPayload, org: Org) -> AcceptedEvent:
        """Send the event."""
        return receive(org, IncomingEvent(self.name, read.payload))


class CallTarget:
    """A callable workflow: payloads are its inputs."""

    def __init__(self, store: Store, name: str) -> None:
        self._workflow = calls.callable_workflow(store, name)
        self.description: JsonObject = {"workflow": self._workflow.name}

    def read(self, payload: RawPayload) -> DecodedPayload:
        """Read inputs and fit them to the schema."""
        return DecodedPayload(calls.fitted(self._workflow, read_inputs(payload.read())))

    def accept(self, read: DecodedPayload, org: Org) -> AcceptedEvent:
        """Call the workflow as it is now."""
        workflow_id = self._workflow.id
        workflow = org.store.kept.get(
            ("workflow", workflow_id), lambda: workflows.get(org.store, workflow_id)
        )
        return receive(org, to_workflow(workflow, read.payload))


class LogTarget:
    """What each event of the log went to, as that is now."""

    def __init__(self) -> None:
        self.description: JsonObject = {"log": True}

    def read(self, payload: LoggedPayload) -> DecodedPayload:
        """Read what the log has, which was read before."""
        event = payload.event
        return DecodedPayload(Payload(event.body, event.read()), event.name, event.hook_id or "")

    def accept(self, read: DecodedPayload, org: Org) -> AcceptedEvent:
        """Keep the event anew."""
        hook = hook_now(org.store, read.hook_id) if read.hook_id else None
        return receive(org, IncomingEvent(read.event, read.payload, hook))


Target: TypeAlias = HookTarget | EventTarget | CallTarget | LogTarget


class SendRequest(NamedTuple):
    """What to send and where to: files to a hook, an event or a workflow, or what the log has.

    `selection` are the words that select from the log, `wanted` what they mean.
    """

    files: tuple[str, ...] = ()
    hook: str | None = None
    event: str | None = None
    workflow: str | None = None
    from_log: bool = False
    selection: tuple[str, ...] = ()
    wanted: RunFilter = RunFilter()

    def ends(self, store: Store) -> tuple[PayloadSource, Target]:
        """Return what is sent, and where to."""
        if self.from_log:
            return LogSource(store, self.wanted, self.selection), LogTarget()
        source = FileSource(Payloads(self.files))
        if self.event:
            return source, EventTarget(store, self.event)
        if self.workflow:
            return source, CallTarget(store, self.workflow)
        return source, HookTarget(choose_hook(store, self.hook, self.files))


def hook_now(store: Store, hook_id: str) -> Hook | None:
    """Return a hook as it is in the transaction under way."""
    return store.kept.get(("hook", hook_id), lambda: store.hooks.get(hook_id))


def choose_hook(store: Store, name: str | None, files: Sequence[str]) -> Hook:
    """Return the hook to send files to, as `hooks.choose` does for one; raises UsageError."""
    plain = [each.removesuffix("/").removesuffix(".gz") for each in files]
    chosen = {
        hook.id: hook
        for hook in (hooks.choose(store, name, "" if each == "-" else each) for each in plain)
    }
    if len(chosen) > 1:
        names = ", ".join(hook.name for hook in chosen.values())
        raise UsageError(
            f"the file names match several hooks: {names}",
            hint="choose one with --hook NAME, or replay the files one by one",
        )
    return next(iter(chosen.values()))
