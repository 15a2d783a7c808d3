"""Count what runs take of a workflow."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from kobjctl.model.coverage import Point
from kobjctl.model.run import StepLog
from kobjctl.model.values import JsonObject, JsonPath
from kobjctl.model.workflow import Workflow

_TRIGGER: Final[JsonPath] = ("trigger",)


class Counts:
    """How often the points of one workflow were covered, and in how many runs."""

    def __init__(self) -> None:
        self.runs = 0
        self.hits: Counter[Point] = Counter()

    def add(self, workflow: Workflow, steps: Iterable[StepLog]) -> None:
        """Count a run by its log, without the steps that it has from an earlier run."""
        # Of several steps with one id, the last is the one that runs.
        places = {step.id: ("steps", index) for index, step in enumerate(workflow.steps)}
        self.runs += 1
        for log in steps:
            at = _TRIGGER if log.sequence == 1 else places.get(log.step_id)
            if at and not log.taken_over:
                self.hits.update(_taken(log, at))


def _taken(log: StepLog, at: JsonPath) -> Iterator[Point]:
    yield Point(at)
    for index, decision in enumerate(log.decisions):
        # Transitions are looked at in their order, so the first decision is of the first of them.
        way = (*at, "errorCases" if "onError" in decision else "transitions", index)
        if decision["holds"]:
            yield Point(way)
        yield from _sides(decision, (*way, "condition"))


def _sides(decision: JsonObject, at: JsonPath) -> Iterator[Point]:
    yield Point(at, decision["holds"])
    for index, part in enumerate(decision.get("parts", ())):
        yield from _sides(part, (*at, "values", index))
