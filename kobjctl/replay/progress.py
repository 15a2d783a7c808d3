"""How far a replay has come: written in each commit, together with the runs it tells of."""

from collections import deque
from typing import Final

from kobjctl.app.runs import runs
from kobjctl.model.errors import UsageError
from kobjctl.model.run import OPEN_STATUSES
from kobjctl.model.values import JsonObject
from kobjctl.records.outbox import Outbox
from kobjctl.replay.rejects import RejectFile
from kobjctl.replay.tally import ReplayTally
from kobjctl.store.org import Org
from kobjctl.store.replays import Replay

_DIGITS: Final = 3


class Progress:
    """The number of payloads that are done, what came of them, and the file of the rejects.

    `under_way` are the numbers of runs that are accepted and not yet counted: a run that leaves
    the machine is committed in its middle.
    """

    def __init__(self, org: Org, replay: Replay, rejects: RejectFile) -> None:
        self.rejects = rejects
        self.under_way: deque[int] = deque()
        self._org = org
        self._outbox: Outbox | None = None
        self._replay = replay
        self._started = org.tick()
        self._take(replay)
        self._spent = self.tally.seconds

    def _take(self, replay: Replay) -> None:
        self.position = replay.position
        self.tally = ReplayTally()
        self.under_way.clear()
        if replay.state:
            self.tally = ReplayTally.from_json(replay.state["tally"])
            self._count_finished(replay.state["underWay"])

    def _count_finished(self, numbers: list[int]) -> None:
        """Count the runs that were under way when the replay was killed, and are over since."""
        found = [self._org.store.runs.get(str(number)) for number in numbers]
        waiting = [run for run in found if run]
        counted: set[int] = set()
        while waiting:
            run = waiting.pop()
            if run.number not in counted and run.status not in OPEN_STATUSES:
                counted.add(run.number)
                report = runs.report_of(self._org.store, run)
                self.tally.add(run, report.steps)
                # What it scheduled was set off by the time, whoever started it since.
                scheduled = {schedule.run for schedule in report.scheduled}
                waiting += [each for each in report.set_off if each.number not in scheduled]

    def watch(self, outbox: Outbox) -> None:
        """Count what a run that is under way sets off as being so, too."""
        self._outbox = outbox

    def go_back(self) -> None:
        """Go back to what was last written, as the transaction under way was undone."""
        self._take(self._org.store.replays.get(self._replay.number) or self._replay)

    @property
    def seconds(self) -> float:
        """Return the seconds that were spent, with those before it was resumed; 0 when untimed."""
        if not self._org.timed:
            return 0.0
        return round(self._spent + self.elapsed, _DIGITS)

    @property
    def elapsed(self) -> float:
        """Return the seconds since it began or was resumed."""
        return self._org.tick() - self._started

    def write(self) -> None:
        """Write all of it, as part of the transaction that is open."""
        self.tally.seconds = self.seconds
        state: JsonObject = {
            "tally": self.tally.as_json(),
            "underWay": [*self.under_way, *(self._outbox.started if self._outbox else ())],
            "rejects": self.rejects.keep(),
        }
        store = self._org.store
        now = self._replay._replace(position=self.position, state=state)
        if not store.replays.advance(now, self._org.now()):
            raise UsageError(
                "the replay is no longer in the org, or another kobjctl has continued it",
                hint="what was sent since its last commit is undone; check the org before you"
                " send more",
            )
