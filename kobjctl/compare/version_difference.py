"""What two versions did otherwise with payloads: each difference counted by what it is of, with the
first examples, in constant memory.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, Literal, NamedTuple, TypeAlias, get_args

from kobjctl.model.secrets import excerpt
from kobjctl.model.values import (
    MISSING,
    Difference,
    Json,
    JsonPath,
    MissingValue,
    differences,
    path_text,
)
from kobjctl.store.text import encode

Kind = Literal[
    "path",
    "status",
    "failure",
    "output",
    "input",
    "response",
    "record",
    "request",
    "warning",
    "run",
    "schedule",
]
Side = Literal["", "old", "new"]
Key: TypeAlias = tuple[str | tuple[str, ...], ...]


class VersionDifference(NamedTuple):
    """One difference. `about` is the workflow, the kind of record or the request that it is of,
    `step` and `field` are where in it, as far as that is told of the kind.

    `side` is the version that alone has it, `details` what is counted apart beside all this: the
    message, the kind of change, both statuses or paths.
    """

    kind: Kind
    about: str
    step: str = ""
    field: str = ""
    side: Side = ""
    details: tuple[str, ...] = ()
    old: Json | MissingValue = MISSING
    new: Json | MissingValue = MISSING

    @property
    def key(self) -> Key:
        """Return what tells the group that it counts for."""
        return self[:6]

    def only_in(self, side: Side, value: Json) -> "VersionDifference":
        """Return it as what only one version has."""
        old, new = (value, MISSING) if side == "old" else (MISSING, value)
        return self._replace(side=side, old=old, new=new)


def in_fields(kind: Kind, about: str, changed: Iterable[Difference]) -> Iterator[VersionDifference]:
    """Yield the fields in which two values differ."""
    for each in changed:
        yield VersionDifference(
            kind, about, field=field_text(each.path), old=each.old, new=each.new
        )


def in_pair(
    kind: Kind, about: str, old: Json, new: Json, same: Callable[[Json, Json], bool]
) -> Iterator[VersionDifference]:
    """Yield the fields in which two values differ; of None and another, that only one is there."""
    if old is not None and new is not None:
        yield from in_fields(kind, about, differences(old, new, same))
    else:
        lone = VersionDifference(kind, about)
        yield lone.only_in("old", old) if new is None else lone.only_in("new", new)


def field_text(path: JsonPath) -> str:
    """Write the path of a field, for any item of a list: `emails.*.email`."""
    return path_text(tuple("*" if isinstance(part, int) else part for part in path)).replace(
        "[*]", "*"
    )


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
