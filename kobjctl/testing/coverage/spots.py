"""What there is to cover in a workflow, and why some of it is not."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from kobjctl.lint.comparing import constant, decisions
from kobjctl.lint.places import PlacedCondition, PlacedTransition, parts, steps, transition_lists
from kobjctl.lint.project.files import Definition
from kobjctl.model.coverage import Point, Spot
from kobjctl.model.graph import reachable
from kobjctl.model.values import JsonObject, JsonPath
from kobjctl.model.workflow import Workflow

# What a gap is that another one tells of as well.
_TOLD: Final = ""
_UNDECIDED: Final = "can't be decided"


def spots_of(part: Definition, workflow: Workflow, hits: Counter[Point]) -> tuple[Spot, ...]:
    """Return what there is to cover in the workflow that is a part of a file, with what covered it.

    A step comes before its transitions, and each of these before its condition.
    """
    return tuple(_Workflow(part, workflow, hits).spots())


class _Workflow:
    """One workflow, while its spots are told."""

    def __init__(self, part: Definition, workflow: Workflow, hits: Counter[Point]) -> None:
        self._part = part
        self._workflow = workflow
        self._hits = hits
        self._reachable = reachable(workflow)
        ways = transition_lists(workflow)
        self._ways = {placed[0].path[:-1]: placed for placed in ways}

    def spots(self) -> Iterator[Spot]:
        """Yield the steps, their transitions and both outcomes of each condition."""
        for path, step in steps(self._workflow):
            hits = self._hits[Point(path)]
            why = _TOLD if hits else self._why_no_step(step.id)
            # A step's own place is where its keys begin; the trigger's is its key.
            span = self._part.document.span((*self._part.path, *path), key=path == ("trigger",))
            yield Spot("step", Point(path), span, hits, step.id, why=why)
            for key in ("transitions", "errorCases"):
                for placed in self._ways.get((*path, key), ()):
                    yield from self._way(placed)

    def _way(self, placed: PlacedTransition) -> Iterator[Spot]:
        path, source, transition = placed
        hits = self._hits[Point(path)]
        span = self._part.span(*path)
        fields: JsonObject = {"target": transition.target, "on_error": path[-2] == "errorCases"}
        why = _TOLD if hits else self._why_not_taken(placed)
        yield Spot("transition", Point(path), span, hits, source.id, **fields, why=why)
        for each in parts(transition.condition, (*path, "condition")):
            condition = {"op": each.op, "values": each.values}
            span = self._part.span(*each.path)
            for held in self._sides(placed, each):
                point = Point(each.path, held)
                hits = self._hits[point]
                # That the whole of it never held is told of the transition.
                same = held and each.path == (*path, "condition")
                why = _TOLD if hits or same else self._why_not_so(each.path, held=held)
                spot = Spot("condition", point, span, hits, source.id, **fields, why=why)
                yield spot._replace(condition=condition)

    def _why_no_step(self, step_id: str) -> str:
        if not self._hits[Point(("trigger",))]:
            is_trigger = step_id == self._workflow.trigger.id
            return f"no run of {self._workflow.name}" if is_trigger else _TOLD
        return "never run" if step_id in self._reachable else "no transition leads here"

    def _why_not_taken(self, placed: PlacedTransition) -> str:
        path = placed.path
        if not self._hits[Point(path[:-2])]:
            return _TOLD
        looks = self._looks((*path, "condition"))
        if looks:
            return f"never held, checked {looks} {'time' if looks == 1 else 'times'}"
        before = self._ways[path[:-1]][: int(path[-1])]
        for each in before:
            if constant(each.transition.condition):
                return f"can't be taken: the one to {each.transition.target} before it always holds"
        if not any(self._looks((*each.path, "condition")) for each in before):
            return self._why_none(placed)
        if self._hits[Point((*before[-1].path, "condition"), held=False)]:
            return _UNDECIDED
        return "never checked: one before it always held"

    @staticmethod
    def _why_none(placed: PlacedTransition) -> str:
        """Tell why not even the first of a step's ways was decided."""
        if placed.path[-2] == "errorCases":
            return "never checked: the step never failed"
        if placed.source.action:
            return "never checked: the step always failed"
        return f"never checked: the first {_UNDECIDED}" if placed.path[-1] else _UNDECIDED

    def _why_not_so(self, at: JsonPath, *, held: bool) -> str:
        if not self._looks(at):
            return _TOLD
        return "never held" if held else "always held"

    def _sides(self, way: PlacedTransition, placed: PlacedCondition) -> tuple[bool, ...]:
        """Return how a condition may come out; one is only looked at where those before it did not
        hold.
        """
        before = self._ways[way.path[:-1]][: int(way.path[-1])]
        known = [
            decision
            for each in before
            for decision in decisions(each.transition.condition, held=False)
        ]
        settled = constant({"op": placed.op, "values": placed.values}, known)
        return (True, False) if settled is None else (settled,)

    def _looks(self, at: JsonPath) -> int:
        return self._hits[Point(at, held=True)] + self._hits[Point(at, held=False)]
