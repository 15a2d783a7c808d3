"""A scenario: what a workflow is sent, what is expected of it, and what became of that."""

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

from kobjctl.model.problem import Span
from kobjctl.model.run import Mood, RunReport
from kobjctl.model.values import Json, JsonObject, JsonPath, MissingValue
from kobjctl.model.workflow import Workflow

ScenarioOutcome = Literal["passed", "failed", "error", "skipped"]
# In the order in which they are counted.
OUTCOMES: Final[Mapping[ScenarioOutcome, Mood]] = {
    "passed": "good",
    "failed": "bad",
    "error": "bad",
    "skipped": "warn",
}


class Scenario(NamedTuple):
    """One scenario of a file. `position` counts from 0, `body` is what the file says of it, and
    `span` the place of its name, or of the whole where it has none.
    """

    file: str
    position: int
    name: str
    span: Span
    body: JsonObject

    @property
    def path(self) -> JsonPath:
        """The path of the scenario in its file."""
        return ("scenarios", self.position)

    @property
    def place(self) -> str:
        """Where it stands: `order.test.yaml:7:11`."""
        return f"{self.file}:{self.span.line}:{self.span.column}"

    @property
    def skip(self) -> str:
        """Why it is not to run; empty when it is."""
        return str(self.body.get("skip") or "")


class Mismatch(NamedTuple):
    """Something that is not as expected.

    `expectation` names it as the file does (`steps.lookup.name`), `path` and `span` tell where the
    file says so. `run` is the index of the run it is about among those of the result, None where
    it is about none; `steps` how many of its steps matter. `names_expectation` tells that the
    message says what it is about.

    Of an expectation that can't be compared, `expected` and `actual` are MISSING.
    """

    expectation: str
    path: JsonPath
    span: Span
    expected: Json | MissingValue
    actual: Json | MissingValue
    message: str
    hint: str = ""
    run: int | None = None
    steps: int | None = None
    names_expectation: bool = False

    @property
    def description(self) -> str:
        """Describe what is wrong without its place."""
        if not self.expectation or self.names_expectation:
            return self.message
        return f"{self.expectation}: {self.message}"


class HttpCall(NamedTuple):
    """A request that a workflow sent, or would have sent. `url` is without its `query`; `body` is
    JSON where it can be, else text. `error` tells why there was no answer.
    """

    method: str
    url: str
    query: JsonObject
    headers: JsonObject
    body: Json | MissingValue
    status: int | None = None
    error: str = ""


class ScenarioRun(NamedTuple):
    """A run that a scenario set off, with the workflow as it was."""

    workflow: Workflow
    report: RunReport


class ScenarioResult(NamedTuple):
    """What became of a scenario; `duration` in milliseconds."""

    scenario: Scenario
    outcome: ScenarioOutcome
    mismatches: tuple[Mismatch, ...] = ()
    runs: tuple[ScenarioRun, ...] = ()
    http: tuple[HttpCall, ...] = ()
    duration: float = 0.0

    @property
    def is_bad(self) -> bool:
        """Return whether it failed, or could not be run."""
        return OUTCOMES[self.outcome] == "bad"
