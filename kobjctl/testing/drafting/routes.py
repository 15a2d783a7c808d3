"""The ways through a workflow from its trigger to an end, and a choice of them.

The first transition that holds is taken, so one that stands after an "always" leads nowhere. No
way is taken twice on one route, which is how often a loop is gone through.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final, NamedTuple, TypeAlias

from kobjctl.lint.comparing import Decision, constant, decisions
from kobjctl.model.graph import find_cycles, postorder
from kobjctl.model.workflow import Step, Transition, Workflow
from kobjctl.store.text import encode

# A step, whether it failed, and the place of the way that is taken from it.
LegKey: TypeAlias = tuple[str, bool, int]

# More are not counted: nobody would read them.
MOST: Final = 1_000_000
# Where there are loops, they can only be counted one by one.
_MOST_ONE_BY_ONE: Final = 10_000
_MOST_LEGS: Final = 1000


class Leg(NamedTuple):
    """A step, and the way that is taken from it: the one at `place` of its transitions, or of its
    error cases if it is to fail. A place behind the last of them is an end there.
    """

    step: Step
    place: int
    on_error: bool = False

    @property
    def ways(self) -> tuple[Transition, ...]:
        """Return the ways that are looked at."""
        return self.step.error_cases if self.on_error else self.step.transitions

    @property
    def way(self) -> Transition | None:
        """Return the way that is taken; None for an end."""
        return self.ways[self.place] if self.place < len(self.ways) else None

    @property
    def key(self) -> LegKey:
        """Return what tells it from the others."""
        return self.step.id, self.on_error, self.place

    @property
    def decided(self) -> Iterator[Decision]:
        """Yield what is known of later conditions, too, once it is taken."""
        for index, way in enumerate(self.ways[: self.place + 1]):
            # What is said of an error is said of the last one.
            if "error" not in encode(way.condition):
                yield from decisions(way.condition, held=index == self.place)

    def fits(self, known: Sequence[Decision]) -> bool:
        """Return whether it may be taken where so much is known."""
        return not known or all(
            constant(way.condition, known) is not (index != self.place)
            for index, way in enumerate(self.ways[: self.place + 1])
        )


class Route(NamedTuple):
    """A way through a workflow, leg by leg."""

    legs: tuple[Leg, ...]

    @property
    def key(self) -> tuple[LegKey, ...]:
        """Return what tells it from the others."""
        return tuple(leg.key for leg in self.legs)

    @property
    def path(self) -> list[str]:
        """Return the ids of its steps."""
        return [leg.step.id for leg in self.legs]

    @property
    def status(self) -> str:
        """Return how a run ends that takes it."""
        last = self.legs[-1]
        if last.on_error:
            return "failed"
        return "stopped" if last.ways else "completed"


class Routes(NamedTuple):
    """The routes that were chosen, of how many (`more`: of more than that), and how many of the
    legs that some route has are on none of them.
    """

    chosen: tuple[Route, ...]
    total: int
    more: bool
    missed: int


def choose(workflow: Workflow, limit: int) -> Routes:
    """Choose at most so many routes: all, or else some that together take every leg if they can."""
    graph = _Graph(workflow)
    first = list(islice(graph.all(), limit + 1))
    if len(first) <= limit:
        return Routes(tuple(first), len(first), more=False, missed=0)
    counted, is_all = graph.count()
    covering = list(graph.covering())
    chosen = {route.key: route for route in (*covering, *first)}
    kept = tuple(islice(chosen.values(), limit))
    taken = {key for route in kept for key in route.key}
    missed = len({key for route in covering for key in route.key} - taken)
    return Routes(kept, counted, not is_all, missed)


class _Graph:
    """The legs of a workflow, by their steps."""

    def __init__(self, workflow: Workflow) -> None:
        # Of two steps with one id a run takes the last.
        self._steps = {step.id: step for step in (*workflow.steps, workflow.trigger)}
        self._start = workflow.trigger.id
        self._loops = bool(find_cycles(workflow))
        self._legs = {each: tuple(self._legs_of(step)) for each, step in self._steps.items()}

    def _legs_of(self, step: Step) -> Iterator[Leg]:
        yield from self._open(step, step.transitions, on_error=False)
        if step.action and step.error_cases:
            yield from self._open(step, step.error_cases, on_error=True)

    def _open(self, step: Step, ways: Sequence[Transition], *, on_error: bool) -> Iterator[Leg]:
        """Yield the legs that may be taken, up to the first that always is."""
        known: list[Decision] = []
        for index, way in enumerate(ways):
            # It is only looked at where those before it did not hold.
            held = constant(way.condition, known)
            known += decisions(way.condition, held=False)
            if held is not False and way.target in self._steps:
                yield Leg(step, index, on_error)
            if held:
                return
        yield Leg(step, len(ways), on_error)

    def all(self) -> Iterator[Route]:
        """Yield every route, in the order in which the ways stand."""
        legs: list[Leg] = []
        known: list[tuple[Decision, ...]] = [()]
        taken: set[LegKey] = set()
        todo = [iter(self._legs[self._start])]
        while todo:
            leg = next(todo[-1], None)
            if leg is None:
                todo.pop()
                if legs:
                    taken.discard(legs.pop().key)
                    known.pop()
            elif not leg.fits(known[-1]):
                continue
            elif leg.way is None:
                yield Route((*legs, leg))
            elif leg.key not in taken and len(legs) < _MOST_LEGS:
                legs.append(leg)
                # On a loop, what a step gives may be something else each time.
                known.append(() if self._loops else (*known[-1], *leg.decided))
                taken.add(leg.key)
                todo.append(iter(self._legs[leg.way.target]))

    def count(self) -> tuple[int, bool]:
        """Count the routes, up to as many as are told; tell whether these are all."""
        edges = {
            step_id: [leg.way.target for leg in legs if leg.way]
            for step_id, legs in self._legs.items()
        }
        counts: dict[str, int] = {}
        # Each step comes after those that it leads to, unless it is on a loop.
        for step_id in postorder([self._start], edges):
            if not all(target in counts for target in edges[step_id]):
                found = sum(1 for _ in islice(self.all(), _MOST_ONE_BY_ONE + 1))
                return min(found, _MOST_ONE_BY_ONE), found <= _MOST_ONE_BY_ONE
            ends = len(self._legs[step_id]) - len(edges[step_id])
            counts[step_id] = ends + sum(counts[target] for target in edges[step_id])
        found = counts[self._start]
        return min(found, MOST), found <= MOST

    def covering(self) -> Iterator[Route]:
        """Yield routes of which each takes a leg that none before it took, until all are taken."""
        before = self._shortest_to()
        ends = self._distances_to_end()
        covered: set[LegKey] = set()
        for step_id in before:
            for leg in self._legs[step_id]:
                if leg.key not in covered:
                    route = self._through(leg, before, ends, covered)
                    covered |= {each.key for each in route.legs}
                    if route.legs[-1].way is None and self._is_possible(route):
                        yield route

    def _is_possible(self, route: Route) -> bool:
        """Return whether what is decided on a route may all come out so in one run."""
        known: list[Decision] = []
        for leg in () if self._loops else route.legs:
            if not leg.fits(known):
                return False
            known += leg.decided
        return True

    def _through(
        self,
        leg: Leg,
        before: Mapping[str, Leg | None],
        ends: Mapping[str, int],
        covered: set[LegKey],
    ) -> Route:
        legs = [leg]
        while (previous := before[legs[0].step.id]) is not None:
            legs.insert(0, previous)
        taken = {each.key for each in legs}
        while (way := legs[-1].way) is not None:
            fresh = [each for each in self._legs[way.target] if each.key not in taken]
            # A leg that no route has yet, else the one that is nearest to an end.
            fresh.sort(key=lambda each: (each.key in covered, self._to_end(each, ends)))
            if not fresh:
                break
            legs.append(fresh[0])
            taken.add(fresh[0].key)
        return Route(tuple(legs))

    def _shortest_to(self) -> dict[str, Leg | None]:
        """Return for each step that can be reached the leg that leads there soonest."""
        came: dict[str, Leg | None] = {self._start: None}
        queue = deque([self._start])
        while queue:
            for leg in self._legs[queue.popleft()]:
                if leg.way and leg.way.target not in came:
                    came[leg.way.target] = leg
                    queue.append(leg.way.target)
        return came

    def _distances_to_end(self) -> dict[str, int]:
        """Return for each step how many legs it is to the nearest end."""
        back: dict[str, list[str]] = {}
        distances: dict[str, int] = {}
        for step_id, legs in self._legs.items():
            for leg in legs:
                if leg.way is None:
                    distances[step_id] = 1
                else:
                    back.setdefault(leg.way.target, []).append(step_id)
        queue = deque(distances)
        while queue:
            here = queue.popleft()
            for step_id in back.get(here, ()):
                if step_id not in distances:
                    distances[step_id] = distances[here] + 1
                    queue.append(step_id)
        return distances

    @staticmethod
    def _to_end(leg: Leg, ends: Mapping[str, int]) -> int:
        return ends.get(leg.way.target, _MOST_LEGS) if leg.way else 0
