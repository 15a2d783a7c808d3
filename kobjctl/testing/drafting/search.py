"""Search for a draft whose run takes a route: change one thing, run it, look, and go on.

The engine is the oracle: what a draft is said to do, it has done.
"""

from collections.abc import Iterable
from heapq import heappop, heappush
from itertools import count
from typing import NamedTuple

from kobjctl.model.run import StepLog
from kobjctl.model.values import MISSING, Json, MissingValue
from kobjctl.testing.drafting import outputs
from kobjctl.testing.drafting.draft import Draft
from kobjctl.testing.drafting.repairs import repairs
from kobjctl.testing.drafting.routes import Leg, Route
from kobjctl.testing.drafting.sources import ValueSources
from kobjctl.testing.drafting.trial import RouteProgress, TrialOrg, TrialResult, way_of


class RouteSolution(NamedTuple):
    """A draft that takes a route, and what its run did."""

    route: Route
    draft: Draft
    result: TrialResult


class UnsolvedRoute(NamedTuple):
    """A route for which no draft was found: the leg that the best of them did not take, and the
    step that failed in its run, if one did.
    """

    route: Route
    leg: Leg
    draft: Draft
    failed: StepLog | None


class Search:
    """Searches for drafts; `budget` is how many runs may be spent on a route. What is sent stays
    what it `keeps`, if that is said.
    """

    def __init__(
        self,
        trials: TrialOrg,
        first: Iterable[Draft],
        budget: int,
        keeps: Json | MissingValue = MISSING,
    ) -> None:
        self.trials = trials
        self.budget = budget
        self.keeps = keeps
        # What earlier routes have found out is where later ones begin.
        self.seeds = list(first)
        self._results: dict[str, TrialResult | None] = {}

    def solve(self, route: Route, *, simplify: bool = True) -> RouteSolution | UnsolvedRoute:
        """Find a draft for a route."""
        found = _RouteSearch(self, route).found()
        if isinstance(found, RouteSolution):
            found = self._simplified(found) if simplify else found
            self.seeds.append(found.draft)
        return found

    def run(self, draft: Draft) -> TrialResult | None:
        """Run a draft, or give what its run did before."""
        if draft.key not in self._results:
            self._results[draft.key] = self.trials.run(draft)
        return self._results[draft.key]

    def _simplified(self, solved: RouteSolution) -> RouteSolution:
        """Leave out what is given and the run does without."""
        for less in solved.draft.with_less():
            result = self.run(less)
            if result and way_of(solved.route, result).leg is None:
                return self._simplified(RouteSolution(solved.route, less, result))
        return solved


class _DraftAttempt(NamedTuple):
    """A draft that was run, and how far it went; the smaller, the better a place to go on from."""

    score: tuple[int, int]
    size: int
    number: int
    draft: Draft
    result: TrialResult
    way: RouteProgress


class _RouteSearch:
    """The search for one route."""

    def __init__(self, search: Search, route: Route) -> None:
        self._search = search
        self._route = route
        self._limit = search.trials.runs + search.budget
        self._entered: set[str] = set()
        self._numbers = count()
        self._queue: list[_DraftAttempt] = []
        self._best: _DraftAttempt | None = None

    def found(self) -> RouteSolution | UnsolvedRoute:
        """Return a draft that takes the route, or the leg where the best one left it."""
        solved = self._first(self._search.seeds)
        while solved is None and self._queue and not self._is_over:
            tried = heappop(self._queue)
            sources = ValueSources(self._search.trials, tried.draft, tried.result, outputs.give)
            if tried.way.leg:
                solved = self._first(repairs(sources, tried.way.leg))
        if solved:
            return solved
        best = self._best
        leg = best.way.leg if best and best.way.leg else self._route.legs[0]
        draft = best.draft if best else self._search.seeds[0]
        log = best.result.by_id.get(leg.step.id) if best else None
        failed = log if log and log.status == "failed" else None
        return UnsolvedRoute(self._route, leg, draft, failed)

    @property
    def _is_over(self) -> bool:
        return self._search.trials.runs >= self._limit

    def _first(self, drafts: Iterable[Draft]) -> RouteSolution | None:
        """Try drafts, up to one that takes the route; the others wait to be gone on from."""
        for draft in drafts:
            may_be = self._search.keeps is MISSING or draft.data == self._search.keeps
            if may_be and draft.key not in self._entered:
                self._entered.add(draft.key)
                if solved := self._try(draft):
                    return solved
            if self._is_over:
                break
        return None

    def _try(self, draft: Draft) -> RouteSolution | None:
        result = self._search.run(draft)
        if result is None:
            return None
        way = way_of(self._route, result)
        if way.leg is None:
            return RouteSolution(self._route, draft, result)
        tried = _DraftAttempt(way.score, draft.size, next(self._numbers), draft, result, way)
        heappush(self._queue, tried)
        if self._best is None or tried < self._best:
            self._best = tried
        return None
