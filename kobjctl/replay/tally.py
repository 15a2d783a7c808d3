"""What many runs came to, counted as they end, in constant memory.

A tally can be kept as JSON and gone on with. Its JSON is that of `kobjctl replay --json`, see
`ReplayTally.as_json`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
from typing import Final, NamedTuple

from kobjctl.app.runs.as_json import summary_json
from kobjctl.model.run import BAD_STATUSES, Run, RunSummary, StepLog
from kobjctl.model.values import JsonObject
from kobjctl.replay.messages import Message, Messages, RunExample
from kobjctl.replay.workflow_tally import WorkflowTally, ordered

# So many of the slowest runs are kept.
SLOWEST: Final = 10


class SlowRun(NamedTuple):
    """A run that took long, as JSON without its steps, and the place of its payload."""

    run: JsonObject
    place: str

    @property
    def duration(self) -> float:
        """Return how long it took, in milliseconds."""
        return float(self.run["durationMs"])


class ReplayTally:
    """What the runs of many payloads came to. `seconds` is the time that all of it took."""

    def __init__(self) -> None:
        self.accepted = 0
        self.rejected = 0
        self.seconds = 0.0
        self.rejections = Messages()
        self.workflows: dict[str, WorkflowTally] = {}
        self._slow: list[SlowRun] = []
        self._floor = 0.0

    def accept(self) -> None:
        """Count a payload that was taken in."""
        self.accepted += 1

    def reject(self, reason: str, place: str) -> None:
        """Count a payload that could not be taken in; `place` is where it stands."""
        self.rejected += 1
        self.rejections.add("", reason, RunExample(0, place))

    def add(self, run: Run, steps: Sequence[StepLog], place: str = "") -> None:
        """Count a run that is over, with its steps as the log shows them, secrets masked.

        `place` says where its payload came from: `orders.ndjson:17`.
        """
        workflow = self.workflows.get(run.workflow_name)
        if workflow is None:
            workflow = self.workflows[run.workflow_name] = WorkflowTally()
        workflow.add(run, steps, place)
        if run.duration and run.duration > self._floor:
            summary = summary_json(RunSummary(run, len(steps)))
            self._keep_slowest([SlowRun(summary, place)])

    @property
    def statuses(self) -> dict[str, int]:
        """How many runs ended in each way."""
        return _sum(each.statuses for each in self.workflows.values())

    @property
    def created(self) -> dict[str, int]:
        """How many records of each kind steps have created (`customer`, `kobject.order`)."""
        return _sum(each.created for each in self.workflows.values())

    @property
    def runs(self) -> int:
        """How many runs there were."""
        return sum(self.statuses.values())

    @property
    def rate(self) -> float:
        """Payloads a second; 0 when no time was taken."""
        return (self.accepted + self.rejected) / self.seconds if self.seconds else 0.0

    @property
    def any_bad(self) -> bool:
        """Return whether a run ended badly, or something was no payload."""
        return self.rejected > 0 or any(status in BAD_STATUSES for status in self.statuses)

    @property
    def slowest(self) -> Sequence[SlowRun]:
        """The slowest runs, the slowest first."""
        return self._slow

    def _keep_slowest(self, runs: Iterable[SlowRun]) -> None:
        order = nsmallest(
            SLOWEST, [*self._slow, *runs], lambda slow: (-slow.duration, slow.run["number"])
        )
        self._slow = order
        self._floor = order[-1].duration if len(order) == SLOWEST else 0.0

    def as_json(self) -> JsonObject:
        """Return all of it as JSON.

        `payloads` and `runs` are sums; each of `workflows` has its `paths`, `failures`,
        `warnings` and `createdRecords` by kind, the most frequent first. A path has its `steps` by
        id, the positions of those that failed, from 1, and the number of the run that took it
        first, with the `place` of its payload. `handledCount` counts failures after which the run
        went on; `slowest` has the runs that took longest.
        """
        return {
            "payloads": {
                "accepted": self.accepted,
                "rejected": self.rejected,
                "rejections": [
                    {"message": text, "count": times, "place": example.place}
                    for _, text, times, _, example in self.rejections
                ],
            },
            "durationMs": round(self.seconds * 1000),
            "payloadsPerSecond": round(self.rate, 1),
            "runs": {"total": self.runs, "statuses": self.statuses},
            "createdRecords": self.created,
            "workflows": [
                {"workflow": name, **self.workflows[name].as_json()}
                for name in sorted(self.workflows)
            ],
            "slowest": [each._asdict() for each in self.slowest],
        }

    @classmethod
    def from_json(cls, kept: JsonObject) -> "ReplayTally":
        """Return the tally that was kept as JSON."""
        tally = cls()
        tally.accepted = kept["payloads"]["accepted"]
        tally.rejected = kept["payloads"]["rejected"]
        tally.rejections.restore(_rejections(kept["payloads"]["rejections"]))
        tally.seconds = kept["durationMs"] / 1000
        tally.workflows = {
            each["workflow"]: WorkflowTally.from_json(each) for each in kept["workflows"]
        }
        tally._keep_slowest(SlowRun(**each) for each in kept["slowest"])
        return tally


def _rejections(kept: Iterable[JsonObject]) -> Iterator[Message]:
    for each in kept:
        yield Message("", each["message"], each["count"], 0, RunExample(0, each["place"]))


def _sum(parts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Add up counts; the highest first."""
    counts: Counter[str] = Counter()
    for part in parts:
        counts.update(part)
    return ordered(counts)
