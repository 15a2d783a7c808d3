"""One difference between what two versions did with a payload."""

from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple, TypeAlias

from kobjctl.model.values import (
    MISSING,
    Difference,
    Json,
    JsonPath,
    MissingValue,
    differences,
    path_text,
)

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
