"""What was asked to be sent, and where to."""

from typing import NamedTuple

from kobjctl.records.context import World
from kobjctl.replay import targets
from kobjctl.replay.payloads import Payloads
from kobjctl.replay.sources import FileSource, LogSource, PayloadSource
from kobjctl.replay.targets import Target
from kobjctl.store.runs import RunFilter


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

    def ends(self, world: World) -> tuple[PayloadSource, Target]:
        """Return what is sent, and where to."""
        if self.from_log:
            return LogSource(world, self.wanted, self.selection), targets.LogTarget(world)
        source = FileSource(Payloads(self.files))
        if self.event:
            return source, targets.EventTarget(world, self.event)
        if self.workflow:
            return source, targets.CallTarget(world, self.workflow)
        return source, targets.HookTarget(world, targets.choose_hook(world, self.hook, self.files))
