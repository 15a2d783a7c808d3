"""Two runs side by side: the steps that only one took, and what differs in those of both."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Final, NamedTuple

from kobjctl.app.runs import runs
from kobjctl.model.run import Run, RunReport, StepLog
from kobjctl.model.values import Difference, Json, JsonObject, JsonPath, differences, is_same
from kobjctl.store.store import Store

_ID: Final = re.compile(r"(?<![0-9A-Za-z])[0-9a-f]{24}(?![0-9A-Za-z])")
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?")
# A customer without a name has a look that comes from its id.
_LOOKS: Final = ("displayColor", "displayIcon", "displayName")
_PARTS: Final = ("action", "status", "input", "output", "error")
_NONE: Final[Mapping[str, str]] = {}


class PartDifference(NamedTuple):
    """What differs in a part of a step: its `input`, `output`, `error`, `action` or `status`."""

    part: str
    path: JsonPath
    old: Json
    new: Json


class StepPair(NamedTuple):
    """A step of two runs, or of one of them. `branches` are the targets that each went on to
    (empty for the end), None where they are the same.
    """

    old: StepLog | None
    new: StepLog | None
    branches: tuple[str, str] | None = None
    differences: tuple[PartDifference, ...] = ()

    @property
    def step(self) -> StepLog:
        """The step, of the old run if that took it."""
        step = self.old or self.new
        if step is None:
            raise ValueError("a pair has a step")
        return step

    @property
    def is_same(self) -> bool:
        """Return whether both runs took the step, and nothing in it differs."""
        both = self.old is not None and self.new is not None
        return both and self.branches is None and not self.differences


class RunComparison(NamedTuple):
    """Two runs, of which the one named first is the old, with their steps in the order they ran."""

    old: Run
    new: Run
    steps: tuple[StepPair, ...]

    @property
    def is_same(self) -> bool:
        """Return whether nothing differs but ids and times."""
        return self.old.status == self.new.status and all(pair.is_same for pair in self.steps)


def compare(store: Store, first: str, second: str) -> RunComparison:
    """Compare two runs, each by its short number, its id or `last`.

    Raises UnknownNameError, or UsageError when there is no run at all.
    """
    return compare_reports(runs.report(store, first), runs.report(store, second), IdPairs())


def compare_reports(
    one: RunReport, other: RunReport, names: "IdPairs", renamed: Mapping[str, str] = _NONE
) -> RunComparison:
    """Compare two runs, whose ids stand for each other as `names` say; `renamed` has the ids that
    steps of the first have in the second.
    """
    pairs = _aligned(one.steps, other.steps, renamed)
    return RunComparison(
        one.run, other.run, tuple(_compared(*pair, names, renamed) for pair in pairs)
    )


def _aligned(
    first: Sequence[StepLog], second: Sequence[StepLog], renamed: Mapping[str, str]
) -> Iterator[tuple[StepLog | None, StepLog | None]]:
    """Yield the steps of two runs, those with the same id in the same order as pairs."""
    ids = [renamed.get(step.step_id, step.step_id) for step in first]
    others = [step.step_id for step in second]
    if ids == others:
        yield from zip(first, second, strict=True)
        return
    matcher = SequenceMatcher(None, ids, others, autojunk=False)
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        if kind == "equal":
            yield from zip(first[start:end], second[other_start:other_end], strict=True)
        else:
            yield from ((step, None) for step in first[start:end])
            yield from ((None, step) for step in second[other_start:other_end])


def _compared(
    first: StepLog | None, second: StepLog | None, names: "IdPairs", renamed: Mapping[str, str]
) -> StepPair:
    if first is None or second is None:
        return StepPair(first, second)
    targets = (_taken(first), _taken(second))
    branches = None if renamed.get(targets[0], targets[0]) == targets[1] else targets
    return StepPair(first, second, branches, tuple(_differences(first, second, names)))


def _taken(step: StepLog) -> str:
    last = step.decisions[-1] if step.decisions else {}
    return str(last["target"]) if last.get("holds") else ""


def _differences(first: StepLog, second: StepLog, names: "IdPairs") -> Iterator[PartDifference]:
    for part in _PARTS:
        old, new = getattr(first, part), getattr(second, part)
        # Of what is all there or not at all, each key would be a difference of its own.
        if isinstance(old, dict) and isinstance(new, dict) and bool(old) != bool(new):
            yield PartDifference(part, (), old, new)
            continue
        for each in differences(old, new, names.same):
            if not _is_look(each, old, new):
                yield PartDifference(part, *each)


def _is_look(difference: Difference, old: Json, new: Json) -> bool:
    *place, key = difference.path or ("",)
    if key not in _LOOKS:
        return False
    for part in place:
        old, new = old[part], new[part]
    if old.get("id") == new.get("id"):
        return False
    return key != "displayName" or (_is_nameless(old) and _is_nameless(new))


def _is_nameless(customer: JsonObject) -> bool:
    """Return whether a customer is shown by its looks."""
    looks = f"{customer.get('displayColor')} {customer.get('displayIcon')}"
    return str(customer.get("displayName")).lower() == looks


class IdPairs:
    """Which id of the second run stands for which of the first: the one in its first place."""

    def __init__(self) -> None:
        self._there: dict[str, str] = {}
        self._back: dict[str, str] = {}

    def same(self, old: Json, new: Json) -> bool:
        """Return whether two values are the same but for times, and for ids in each other's
        place.
        """
        if not (isinstance(old, str) and isinstance(new, str)):
            return is_same(old, new)
        # Most texts are as they were, and no id is in them.
        if old == new and not _ID.search(old):
            return True
        if _without_names(old) != _without_names(new):
            return False
        return _all_one(_ID, old, new, self.are_one) and _all_one(_TIME, old, new, self.are_then)

    def are_one(self, old: str, new: str) -> bool:
        """Return whether two ids stand for each other; from now on they do."""
        return self._there.setdefault(old, new) == new and self._back.setdefault(new, old) == old

    def are_then(self, _old: str, _new: str) -> bool:
        """Return whether two times stand for each other: between runs of their own, any do."""
        return True


def _all_one(
    pattern: re.Pattern[str], old: str, new: str, are_one: Callable[[str, str], bool]
) -> bool:
    pairs = zip(pattern.finditer(old), pattern.finditer(new), strict=True)
    return all(are_one(one[0], other[0]) for one, other in pairs)


def _without_names(text: str) -> str:
    return _TIME.sub("\0time", _ID.sub("\0id", text))
