"""Which steps have run before a step: surely, perhaps, or not at all."""

from collections import deque
from functools import cached_property

from kobjctl.model.graph import immediate_dominators, reachable, successors
from kobjctl.model.workflow import TRIGGER_ID, Workflow


class Flow:
    """The ways through one workflow."""

    def __init__(self, workflow: Workflow) -> None:
        self._workflow = workflow
        self._before: dict[str, frozenset[str]] = {}

    @cached_property
    def successors(self) -> dict[str, tuple[str, ...]]:
        """Give for each step those that can come next."""
        return successors(self._workflow)

    @cached_property
    def reachable(self) -> set[str]:
        """Give the steps that some way from the trigger leads to."""
        return reachable(self._workflow)

    def is_certain(self, step_id: str, before: str) -> bool:
        """Tell whether a step has run on every way to another."""
        here = before
        while here in self._dominators:
            here = self._dominators[here]
            if here == step_id:
                return True
        return False

    def is_possible(self, step_id: str, before: str) -> bool:
        """Tell whether a step has run on some way to another."""
        return before in self._after(step_id)

    def way_without(self, step_id: str, to: str) -> list[str]:
        """Give a shortest way from the trigger to a step that misses another; empty when none."""
        came_from: dict[str, str] = {}
        queue = deque([TRIGGER_ID] if step_id != TRIGGER_ID else ())
        while queue:
            here = queue.popleft()
            if here == to and (came_from or to == TRIGGER_ID):
                way = [here]
                while way[-1] in came_from:
                    way.append(came_from[way[-1]])
                return way[::-1]
            for target in self.successors.get(here, ()):
                if target != step_id and target not in came_from and target != TRIGGER_ID:
                    came_from[target] = here
                    queue.append(target)
        return []

    @cached_property
    def after_error(self) -> frozenset[str]:
        """Give the steps that some way leads to on which a step has failed."""
        steps = (self._workflow.trigger, *self._workflow.steps)
        starts = {way.target for step in steps for way in step.error_cases}
        return frozenset(starts).union(*(self._after(start) for start in starts))

    def _after(self, step_id: str) -> frozenset[str]:
        """Give the steps that some way leads to from a step."""
        known = self._before.get(step_id)
        if known is None:
            seen: set[str] = set()
            todo = list(self.successors.get(step_id, ()))
            while todo:
                here = todo.pop()
                if here not in seen:
                    seen.add(here)
                    todo += self.successors.get(here, ())
            known = self._before[step_id] = frozenset(seen)
        return known

    @cached_property
    def _dominators(self) -> dict[str, str]:
        return immediate_dominators(self._workflow)
