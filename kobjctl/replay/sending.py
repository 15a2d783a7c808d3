"""What was asked to be sent, and where to."""

from typing import NamedTuple

from kobjctl.replay import targets
from kobjctl.replay.payloads import Payloads
from kobjctl.replay.sources import FileSource, LogSource, PayloadSource
from kobjctl.replay.targets import Target
from kobjctl.store.runs import RunFilter
from kobjctl.store.store import Store


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
            return LogSource(store, self.wanted, self.selection), targets.LogTarget()
        source = FileSource(Payloads(self.files))
        if self.event:
            return source, targets.EventTarget(store, self.event)
        if self.workflow:
            return source, targets.CallTarget(store, self.workflow)
        return source, targets.HookTarget(targets.choose_hook(store, self.hook, self.files))
