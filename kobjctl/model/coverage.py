"""Coverage: how much of a workflow its runs have taken.

Three kinds of spots count, each once:

- *steps*: a run came to it, the trigger included;
- *transitions*, error cases among them: a run took it;
- *conditions*: a condition has two sides, it held and it did not, and so has each part of an
  `and` or `or`, however deep. One that gives the same in every run has one side: a transition
  that is always taken needs only to hold.

The share of a kind is that of its spots which at least one run has covered; the total is that
of the spots of all kinds together.
"""

from collections.abc import Iterable
from math import floor
from typing import Final, Literal, NamedTuple, TypeAlias

from kobjctl.model.problem import Span
from kobjctl.model.values import JsonObject, JsonPath
from kobjctl.model.workflow import Workflow

Kind: TypeAlias = Literal["step", "transition", "condition"]
# What a report begins with, in Markdown and XML.
MADE_BY: Final = "<!-- Coverage of workflows, by kobjctl test -->"

KINDS: Final[tuple[Kind, ...]] = ("step", "transition", "condition")


class Point(NamedTuple):
    """What a run can cover: a path in a workflow's document, and for a condition one of its sides:
    whether it `held`.
    """

    path: JsonPath
    held: bool | None = None


class Spot(NamedTuple):
    """A point with what it is and how often runs covered it.

    `step` is the step's id. `target` is that of a transition; `on_error` marks an error case, and
    what belongs to it. `condition` is the condition, or the part of one. `why` says of a gap what
    the matter is; it is empty where another gap has already told: of a step that never ran, nobody
    asks for the transitions.
    """

    kind: Kind
    point: Point
    span: Span
    hits: int
    step: str
    target: str = ""
    on_error: bool = False
    condition: JsonObject | None = None
    why: str = ""


class Share(NamedTuple):
    """So many of so many spots."""

    covered: int
    total: int

    @property
    def percent(self) -> float:
        """Return the share in percent; of nothing, all is covered."""
        return 100 * self.covered / self.total if self.total else 100.0

    @property
    def rounded(self) -> float:
        """Return the percentage with two digits, rounded down: what says 100 has no gaps."""
        return floor(100 * self.percent) / 100

    def __str__(self) -> str:
        return f"{int(self.percent)} %"


def share_of(spots: Iterable[Spot], kind: Kind | None = None) -> Share:
    """Return the share of the spots of a kind, or of all, that are covered."""
    hits = [spot.hits > 0 for spot in spots if kind is None or spot.kind == kind]
    return Share(sum(hits), len(hits))


class WorkflowCoverage(NamedTuple):
    """A workflow of a file, the place of its name there, the number of its runs, and its spots in
    the order of the document.
    """

    workflow: Workflow
    file: str
    span: Span
    runs: int
    spots: tuple[Spot, ...]

    @property
    def gaps(self) -> tuple[Spot, ...]:
        """Return the spots that no run covered as they stand in the file, without those that
        another one speaks for.
        """
        gaps = (spot for spot in self.spots if spot.why)
        return tuple(sorted(gaps, key=lambda spot: spot.span))
