"""Which steps have run before a step: surely, perhaps, or not at all."""

from collections import deque
from collections.abc import Collection
from functools import cached_property

from kobjctl.model.graph import immediate_dominators, postorder, reachable, successors
from kobjctl.model.workflow import TRIGGER_ID, Workflow


class Flow:
    """The ways through one workflow; of a file with thousands of steps, too, in little time."""

    def __init__(self, workflow: Workflow) -> None:
        self._workflow = workflow

    @cached_property
    def successors(self) -> dict[str, tuple[str, ...]]:
        """Return for each step those that can come next."""
        return successors(self._workflow)

    @cached_property
    def reachable(self) -> set[str]:
        """Return the steps that some way from the trigger leads to."""
        return reachable(self._workflow)

    def is_certain(self, step_id: str, before: str) -> bool:
        """Return whether a step has run on every way to another."""
        if step_id == before or before not in self._dominated or step_id not in self._dominated:
            return False
        first, last = self._dominated[step_id]
        return first < self._dominated[before][0] <= last

    def is_possible(self, step_id: str, before: str) -> bool:
        """Return whether a step has run on some way to another."""
        return bool(self._after.get(step_id, 0) & self._bits.get(before, 0))

    def way_without(self, step_ids: Collection[str], to: str) -> list[str]:
        """Return a shortest way from the trigger to a step that misses others; empty when none."""
        came_from: dict[str, str] = {}
        queue = deque([TRIGGER_ID] if TRIGGER_ID not in step_ids else ())
        while queue:
            here = queue.popleft()
            if here == to and (came_from or to == TRIGGER_ID):
                way = [here]
                while way[-1] in came_from:
                    way.append(came_from[way[-1]])
                return way[::-1]
            for target in self.successors.get(here, ()):
                if target not in step_ids and target not in came_from and target != TRIGGER_ID:
                    came_from[target] = here
                    queue.append(target)
        return []

    @cached_property
    def after_error(self) -> frozenset[str]:
        """Return the steps that some way leads to on which a step has failed."""
        steps = (self._workflow.trigger, *self._workflow.steps)
        starts = {way.target for step in steps for way in step.error_cases}
        later = {
            step_id
            for start in starts
            for step_id, bit in self._bits.items()
            if self._after.get(start, 0) & bit
        }
        return frozenset(starts | later)

    @cached_property
    def _bits(self) -> dict[str, int]:
        """A bit for each step: a set of steps is then one number."""
        return {step_id: 1 << index for index, step_id in enumerate(self.successors)}

    @cached_property
    def _after(self) -> dict[str, int]:
        """The steps that some way leads to from each step."""
        after = dict.fromkeys(self.successors, 0)
        # Each step comes after those that it leads to, but for cycles: these take further rounds.
        order = postorder(tuple(self.successors), self.successors)
        changed = True
        while changed:
            changed = False
            for step_id in order:
                found = 0
                for target in self.successors[step_id]:
                    found |= after[target] | self._bits[target]
                changed = changed or found != after[step_id]
                after[step_id] = found
        return after

    @cached_property
    def _dominated(self) -> dict[str, tuple[int, int]]:
        """Number the reachable steps so that those which every way passes a step to follow it: the
        number of a step, and that of the last of them.
        """
        beneath: dict[str, list[str]] = {}
        for step_id, above in immediate_dominators(self._workflow).items():
            beneath.setdefault(above, []).append(step_id)
        order = postorder([TRIGGER_ID], _DominatorTree(beneath))
        numbers = {step_id: len(order) - place for place, step_id in enumerate(order)}
        last: dict[str, int] = {}
        for step_id in order:
            last[step_id] = max(
                (last[each] for each in beneath.get(step_id, ())), default=numbers[step_id]
            )
        return {step_id: (number, last[step_id]) for step_id, number in numbers.items()}


class _DominatorTree(dict[str, list[str]]):
    """The steps right beneath each in the tree of dominators; most have none."""

    def __missing__(self, step_id: str) -> list[str]:
        return []
