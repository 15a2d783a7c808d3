"""Run two versions of a workflow on the same payloads, and count what they do otherwise.

Each version has a copy of the org, which it changes from payload to payload as it would live;
both see the same clock, the same ids as long as they make the same, and the same chance. Nothing
of a payload is kept beyond its comparison but what the examples need.
"""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from kobjctl.app.org.copies import copied, copy_to
from kobjctl.app.runs import runs
from kobjctl.app.runs.run_diff import RunComparison
from kobjctl.compare.in_effects import VersionRunners, in_records, in_requests
from kobjctl.compare.in_runs import RunPair, compare_runs, in_runs, paired_runs
from kobjctl.compare.names import RecordPairs, VersionNames
from kobjctl.compare.payloads import Entrance, InputPayload
from kobjctl.compare.sides import Versions, set_up
from kobjctl.compare.trials import VersionResult, VersionRunner
from kobjctl.compare.version_difference import DifferenceGroups, VersionDifference
from kobjctl.engine.engine import Engine
from kobjctl.expressions.secrets import secrets_of
from kobjctl.files.source import look
from kobjctl.model.errors import UsageError
from kobjctl.model.secrets import Secrets
from kobjctl.model.values import MISSING
from kobjctl.store.org import Org
from kobjctl.store.text import encode

# What the copies are called that are kept.
KEPT: Final = ("old.db", "new.db")
# So many payloads are one commit of each copy.
_BATCH: Final = 200
# So many payloads are shown as examples.
_MOST_SHOWN: Final = 20


class Conditions(NamedTuple):
    """What both versions run under. `moves` tells that the clock shows when each payload came in,
    where that is known; else it stands. `ignored` are names or paths of fields, in parts.
    """

    seed: int
    moves: bool
    examples: int
    ignored: tuple[tuple[str, ...], ...] = ()


class PayloadComparison(NamedTuple):
    """A payload in which differences were found, with its runs in both versions."""

    place: str
    runs: tuple[tuple[RunPair, RunComparison | None], ...]


class Comparison:
    """Two versions that are being compared, on copies of the org that are there until the end."""

    def __init__(
        self, sides: Versions, runners: VersionRunners, conditions: Conditions, now: str
    ) -> None:
        self.sides = sides
        self.compared = 0
        self.differing = 0
        self.interrupted = False
        self.groups = DifferenceGroups(conditions.examples)
        self._runners = runners
        self._conditions = conditions
        self._now = now
        self._latest = ""

    def run(self, payloads: Iterable[tuple[InputPayload, Entrance]]) -> Iterator[int]:
        """Let both versions have the payloads, one after the other; yield how many were compared
        so far. Ctrl-C ends it.
        """
        waiting = iter(payloads)
        old, new = (runner.org.store for runner in self._runners[:2])
        while not self.interrupted:
            with old.transaction(), new.transaction():
                before = self.compared
                yield from self._batch(islice(waiting, _BATCH))
                if self.compared == before:
                    return
            # Left alone, the garbage of thousands of payloads would wait: see `__main__`.
            gc.collect(1)

    def _batch(self, payloads: Iterable[tuple[InputPayload, Entrance]]) -> Iterator[int]:
        # Caught here, so that the logs of the examples are not undone.
        try:
            for payload, entrance in payloads:
                self._compare(payload, entrance)
                if self.interrupted:
                    return
                yield self.compared
        except KeyboardInterrupt:
            self.interrupted = True

    def _compare(self, payload: InputPayload, entrance: Entrance) -> None:
        at = (payload.at if self._conditions.moves else "") or self._now
        self._latest = max(self._latest, at)
        old = self._runners.old.run(entrance.old, payload, at)
        new = self._runners.new.run(entrance.new, payload, at)
        self.interrupted = any(runner.interruption.asked for runner in self._runners[:2])
        if self.interrupted:
            return
        found = self._wanted(self._found(old, new))
        self.compared += 1
        if found:
            self.differing += 1
            numbers = [
                tuple(report.run.number for report in result.outcome.reports)
                for result in (old, new)
            ]
            self.groups.add(payload.place, map(self._masked, found), numbers)

    def _masked(self, difference: VersionDifference) -> VersionDifference:
        """Return a difference as it may be shown: what was written, no log has masked yet."""
        for runner in self._runners[:2]:
            secrets: Secrets = secrets_of(runner.org.store)
            if secrets:
                sides = (difference.old, difference.new)
                old, new = (each and secrets.mask(each) for each in sides)
                difference = difference._replace(old=old, new=new)
        return difference

    def _names(self) -> VersionNames:
        old, new, partners = self._runners
        return VersionNames((old.has_made, new.has_made), partners, self._latest)

    def _found(self, old: VersionResult, new: VersionResult) -> list[VersionDifference]:
        names = self._names()
        return [
            *in_runs(self.sides, old, new, names),
            *in_requests(old, new, names),
            *in_records(self._runners, old, new, names),
        ]

    def _wanted(self, found: Sequence[VersionDifference]) -> list[VersionDifference]:
        """Leave out what is ignored, and inputs whose difference shows in what came of them."""
        results = {_values(each) for each in found if each.kind != "input"}
        return [
            each
            for each in found
            if not (each.kind == "input" and _values(each) in results)
            and not any(_is_of(each, parts) for parts in self._conditions.ignored)
        ]

    def shown(self) -> list[PayloadComparison]:
        """Return the payloads that the groups name as examples, with their runs side by side."""
        places: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = {}
        for group in self.groups:
            for example in group.examples:
                places.setdefault(example.place, example.runs)
        return [
            PayloadComparison(place, tuple(self._side_by_side(*numbers)))
            for place, numbers in islice(places.items(), _MOST_SHOWN)
        ]

    def _side_by_side(
        self, old: Sequence[int], new: Sequence[int]
    ) -> Iterator[tuple[RunPair, RunComparison | None]]:
        names = self._names()
        before, after = (
            [runs.report(runner.org.store, str(number)) for number in numbers]
            for runner, numbers in zip(self._runners[:2], (old, new), strict=True)
        )
        for pair in paired_runs(self.sides, before, after):
            yield pair, compare_runs(self.sides, pair, names)


@contextmanager
def compared(
    engine: Engine, references: tuple[str, str], conditions: Conditions, keep: Path | None = None
) -> Iterator[Comparison]:
    """Make both versions ready on copies of the org, which stays as it is.

    The copies are gone at the end, unless they are to be kept in a folder. Raises UsageError when
    that has some already, and what `set_up` raises.
    """
    now = engine.org.now()
    with ExitStack() as stack:
        paths = [keep and keep / name for name in KEPT]
        copies = [stack.enter_context(_copied(engine.org, path)) for path in paths]
        old, new = (VersionRunner(engine.on(each), conditions.seed, now) for each in copies)
        sides = set_up(references, (old.org, new.org))
        for runner in (old, new):
            runner.writes.take()
        partners = RecordPairs()
        stack.callback(partners.close)
        yield Comparison(sides, VersionRunners(old, new, partners), conditions, now)


@contextmanager
def _copied(org: Org, path: Path | None) -> Iterator[Org]:
    if path is None:
        with copied(org) as copy:
            yield copy
        return
    if look(path):
        raise UsageError(f'"{path}" already exists', hint="name another folder with --keep")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f'can\'t make the folder "{path.parent}": {error.strerror}') from error
    copy = copy_to(org, path)
    with closing(copy.store):
        yield copy


def _values(difference: VersionDifference) -> str:
    sides = (difference.old, difference.new)
    return encode([None if each is MISSING else [each] for each in sides])


def _is_of(difference: VersionDifference, parts: tuple[str, ...]) -> bool:
    """Return whether the place of a difference has these parts, one after the other."""
    place = (difference.about, difference.step, *difference.field.split("."))
    return any(
        place[start : start + len(parts)] == parts for start in range(len(place) - len(parts) + 1)
    )
