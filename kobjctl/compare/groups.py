"""Differences counted by what they are of, with the first examples of each, in constant memory."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple, get_args

from kobjctl.compare.version_difference import Key, Kind, VersionDifference
from kobjctl.model.secrets import excerpt
from kobjctl.model.values import Json, MissingValue
from kobjctl.store.text import encode

# So many groups of a kind are kept; the payloads of what is beyond them are only counted.
ROOM: Final = 200
# A longer value is kept as the beginning of its JSON.
_LONGEST: Final = 4_000

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)


class DifferenceExample(NamedTuple):
    """A payload in which a difference was found, with the runs of each version."""

    place: str
    difference: VersionDifference
    runs: tuple[tuple[int, ...], tuple[int, ...]]


class DifferenceGroup:
    """A difference: in how many payloads it was found, and the first of them."""

    def __init__(self) -> None:
        self.count = 0
        self.examples: list[DifferenceExample] = []

    @property
    def difference(self) -> VersionDifference:
        """Return the difference as it was found first."""
        return self.examples[0].difference


class DifferenceGroups:
    """The groups of a comparison. `limit` is the number of examples that each keeps; `more` counts
    the payloads with differences that no group is kept of.
    """

    def __init__(self, limit: int) -> None:
        self.more = 0
        self._limit = limit
        self._groups: dict[Key, DifferenceGroup] = {}
        self._kept = dict.fromkeys(KINDS, 0)

    def __iter__(self) -> Iterator[DifferenceGroup]:
        """Yield the groups, kind after kind, the most frequent of each first."""
        order = {kind: place for place, kind in enumerate(KINDS)}
        groups = self._groups.values()
        return iter(sorted(groups, key=lambda each: (order[each.difference.kind], -each.count)))

    def __bool__(self) -> bool:
        """Return whether anything differs."""
        return bool(self._groups)

    def add(
        self, place: str, found: Iterable[VersionDifference], runs: Sequence[tuple[int, ...]]
    ) -> None:
        """Count what was found in a payload, each difference once."""
        differences: dict[Key, VersionDifference] = {}
        for each in found:
            differences.setdefault(each.key, each)
        is_more = False
        for key, each in differences.items():
            group = self._groups.get(key) or self._new(key, each.kind)
            if group is None:
                is_more = True
                continue
            group.count += 1
            if len(group.examples) < self._limit:
                kept = each._replace(old=_kept(each.old), new=_kept(each.new))
                group.examples.append(DifferenceExample(place, kept, (runs[0], runs[1])))
        self.more += is_more

    def _new(self, key: Key, kind: Kind) -> DifferenceGroup | None:
        if self._kept[kind] >= ROOM:
            return None
        self._kept[kind] += 1
        group = self._groups[key] = DifferenceGroup()
        return group


def _kept(value: Json | MissingValue) -> Json | MissingValue:
    if isinstance(value, str):
        return excerpt(value, _LONGEST)
    if not isinstance(value, dict | list):
        return value
    written = encode(value)
    return value if len(written) <= _LONGEST else excerpt(written, _LONGEST)
