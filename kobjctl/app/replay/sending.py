"""What was asked to be sent, in words that another process understands."""

from typing import NamedTuple

from kobjctl.actions.base import World
from kobjctl.app.replay import targets
from kobjctl.app.replay.payloads import Payloads
from kobjctl.app.replay.sources import FileSource, LogSource, Source
from kobjctl.app.replay.targets import Target
from kobjctl.model.values import JsonObject
from kobjctl.store.runs import RunFilter


class Sending(NamedTuple):
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

    def as_json(self) -> JsonObject:
        """Give it as JSON."""
        return {**self._asdict(), "wanted": self.wanted._asdict()}

    @classmethod
    def from_json(cls, kept: JsonObject) -> "Sending":
        """Give what `as_json` gave."""
        files, selection = tuple(kept["files"]), tuple(kept["selection"])
        wanted = RunFilter(**kept["wanted"])
        return cls(**{**kept, "files": files, "selection": selection, "wanted": wanted})

    def ends(self, world: World) -> tuple[Source, Target]:
        """Give what is sent, and where to."""
        if self.from_log:
            return LogSource(world, self.wanted, self.selection), targets.LogTarget(world)
        source = FileSource(Payloads(self.files))
        if self.event:
            return source, targets.EventTarget(world, self.event)
        if self.workflow:
            return source, targets.CallTarget(world, self.workflow)
        return source, targets.HookTarget(world, targets.choose_hook(world, self.hook, self.files))
