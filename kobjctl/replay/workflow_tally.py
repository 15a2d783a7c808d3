"""What the runs of one workflow came to: the paths they took, what failed, what was created."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple, TypeAlias

from kobjctl.model.run import Run, StepLog
from kobjctl.model.values import JsonObject
from kobjctl.replay.messages import Message, Messages, RunExample

# Loops make paths without end: past these limits, only the ways between steps are counted.
MOST_PATHS: Final = 1_000
LONGEST_PATH: Final = 100
MOST_KINDS: Final = 200
OTHER_KINDS: Final = "other"
_CREATES: Final = re.compile(r"kustomer\.([a-z]+)\.create(?:-with-customer)?")


class RunTransition(NamedTuple):
    """A step from one to the next; `on_error` when the first had failed."""

    step: str
    target: str
    on_error: bool


class RunPath(NamedTuple):
    """How a run ended and the steps it took, with the places of those that failed, from 1."""

    status: str
    steps: tuple[str, ...]
    failed: tuple[int, ...]

    def ways(self) -> Iterator[RunTransition]:
        """Yield the ways between the steps."""
        for place, (step, target) in enumerate(pairwise(self.steps), 1):
            yield RunTransition(step, target, place in self.failed)


class TakenPath(NamedTuple):
    """A path, how many runs took it, and the first of these."""

    path: RunPath
    runs: int
    first: RunExample


# A path as a bare tuple, which is quicker to make than a `Path` and equal to it.
_Key: TypeAlias = tuple[str, tuple[str, ...], tuple[int, ...]]


class _PathCount:
    """How many runs took a path, which goes up with every run, and the first of these."""

    __slots__ = ("first", "runs")

    def __init__(self, runs: int, first: RunExample) -> None:
        self.runs = runs
        self.first = first


class WorkflowTally:
    """What the runs of one workflow came to.

    `others` are the runs, by status, whose paths are not kept, and `other_ways` the ways these
    took; `created` counts records by kind.
    """

    def __init__(self) -> None:
        self.others: Counter[str] = Counter()
        self.created: Counter[str] = Counter()
        self.failures = Messages()
        self.warnings = Messages()
        self._paths: dict[_Key, _PathCount] = {}
        self.other_ways: Counter[RunTransition] = Counter()

    def add(self, run: Run, steps: Sequence[StepLog], place: str) -> None:
        """Count a run with its steps."""
        example = RunExample(run.number, place)
        ids: list[str] = []
        failed: tuple[int, ...] = ()
        for step in steps:
            ids.append(step.step_id)
            if step.error is not None:
                failed += (len(ids),)
                self._add_failure(step, example, handled=step is not steps[-1])
            elif step.action:
                self._add_created(step)
            for warning in step.warnings:
                self.warnings.add(step.step_id, warning, example)
        if run.error and not (steps and steps[-1].error):
            self.failures.add("", run.error, example)
        self._add_path((run.status, tuple(ids), failed), example)

    def _add_failure(self, step: StepLog, example: RunExample, *, handled: bool) -> None:
        message = str((step.error or {}).get("message", ""))
        self.failures.add(step.step_id, message, example, handled=handled)

    def _add_created(self, step: StepLog) -> None:
        kind = _creates(step.action or "")
        if not kind or step.is_stubbed:
            return
        klass = step.output.get("klass") if kind == "kobject" else None
        self._add_kind(f"kobject.{klass}" if klass else kind)
        if kind == "message" and not (step.input or {}).get("conversation"):
            self._add_kind("conversation")

    def _add_kind(self, kind: str) -> None:
        has_room = kind in self.created or len(self.created) < MOST_KINDS
        self.created[kind if has_room else OTHER_KINDS] += 1

    def _add_path(self, key: _Key, example: RunExample) -> None:
        kept = self._paths.get(key)
        if kept is not None:
            kept.runs += 1
            kept.first = kept.first.or_earlier(example)
        elif len(self._paths) < MOST_PATHS and len(key[1]) <= LONGEST_PATH:
            self._paths[key] = _PathCount(1, example)
        else:
            self.others[key[0]] += 1
            self.other_ways.update(RunPath(*key).ways())

    @property
    def paths(self) -> Sequence[TakenPath]:
        """The paths that were taken, the most frequent first."""
        taken = [
            TakenPath(RunPath(*key), kept.runs, kept.first) for key, kept in self._paths.items()
        ]
        return sorted(taken, key=lambda each: (-each.runs, each.path))

    @property
    def statuses(self) -> dict[str, int]:
        """How many runs ended in each way, the most frequent first."""
        counts = Counter(self.others)
        for (status, _, _), kept in self._paths.items():
            counts[status] += kept.runs
        return ordered(counts)

    @property
    def ways(self) -> dict[RunTransition, int]:
        """How often each way between two steps was taken."""
        ways = Counter(self.other_ways)
        for key, kept in self._paths.items():
            for way in RunPath(*key).ways():
                ways[way] += kept.runs
        return ways

    def as_json(self) -> JsonObject:
        """Return all of it as JSON, see `Tally.as_json`."""
        return {
            "statuses": self.statuses,
            "createdRecords": ordered(self.created),
            "paths": [
                {
                    "status": path.status,
                    "steps": list(path.steps),
                    "failedPositions": list(path.failed),
                    "count": runs,
                    **first.as_json(),
                }
                for path, runs, first in self.paths
            ],
            "otherPaths": {
                "statuses": dict(self.others),
                "transitions": [
                    {"step": step, "target": target, "onError": on_error, "count": count}
                    for (step, target, on_error), count in sorted(self.other_ways.items())
                ],
            },
            "failures": [_message_json(each) for each in self.failures],
            "warnings": [_message_json(each) for each in self.warnings],
        }

    @classmethod
    def from_json(cls, kept: JsonObject) -> "WorkflowTally":
        """Return the tally that was kept as JSON."""
        tally = cls()
        tally.created.update(kept["createdRecords"])
        tally.failures.restore(_messages(kept["failures"]))
        tally.warnings.restore(_messages(kept["warnings"]))
        tally.others.update(kept["otherPaths"]["statuses"])
        for each in kept["otherPaths"]["transitions"]:
            way = RunTransition(each["step"], each["target"], each["onError"])
            tally.other_ways[way] = each["count"]
        for each in kept["paths"]:
            key = (each["status"], tuple(each["steps"]), tuple(each["failedPositions"]))
            tally._paths[key] = _PathCount(each["count"], RunExample.from_json(each))
        return tally


@lru_cache(maxsize=1024)
def _creates(action: str) -> str:
    """Return the kind of record that an action creates; empty for none."""
    found = _CREATES.fullmatch(action)
    return found[1] if found else ""


def ordered(counts: Mapping[str, int]) -> dict[str, int]:
    """Return counts, the highest first."""
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _message_json(message: Message) -> JsonObject:
    return {
        "step": message.step,
        "message": message.text,
        "count": message.times,
        "handledCount": message.handled,
        **message.example.as_json(),
    }


def _messages(kept: Iterable[JsonObject]) -> Iterator[Message]:
    for each in kept:
        yield Message(
            each["step"],
            each["message"],
            each["count"],
            each["handledCount"],
            RunExample.from_json(each),
        )
