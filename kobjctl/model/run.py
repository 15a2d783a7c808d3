"""A run of a workflow and its log, as the platform's workflow logger shows it.

A decision is one transition that was looked at, as JSON:

    {"target": "add-order", "name": "found", "op": "exists", "holds": true,
     "values": [{"expression": "/#steps.lookup.id", "value": "5f75…"}]}

A value has its expression when it is no literal, and `"missing": true` stands in place
of `"value"` when nothing is there. `and` and `or` have `"parts"`, conditions of the same form,
in place of `"values"`. A `"note"` tells that a reading of an unsettled point decided.
`"onError": true` marks an error case.

A request of a step is JSON too, see `records.requests`.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal, NamedTuple

from kobjctl.model.event import workflow_of_call
from kobjctl.model.values import Json, JsonObject

RunStatus = Literal[
    "waiting", "running", "paused", "completed", "stopped", "failed", "timed out", "interrupted"
]
Mood = Literal["good", "warn", "bad", "open"]


class StatusMeaning(NamedTuple):
    """What a status of a run means: how good that is, or that the run is not over.

    `clause` is what the run did, for a sentence; `ending` what its log ends with, about its last
    step, where the status alone doesn't say enough.
    """

    mood: Mood
    clause: str
    ending: str = ""


# In the order in which they are offered.
STATUSES: Final[Mapping[str, StatusMeaning]] = {
    "completed": StatusMeaning("good", "completed"),
    "stopped": StatusMeaning(
        "warn",
        "stopped",
        "no branch of {step} held: the run ends here, as on the platform without any error",
    ),
    "failed": StatusMeaning("bad", "failed"),
    "timed out": StatusMeaning(
        "bad", "timed out", "the run took longer than a run may: it was cut off after {step}"
    ),
    "interrupted": StatusMeaning("bad", "was interrupted", "the run was interrupted"),
    "waiting": StatusMeaning("open", "is waiting", "the run is waiting, so far at {step}"),
    "running": StatusMeaning(
        "open", "is running", "the run is not over yet, so far it has come to {step}"
    ),
    "paused": StatusMeaning(
        "open", "is paused", "the run is paused after {step}; kobjctl logs resume goes on"
    ),
}


def _of_moods(*moods: Mood) -> tuple[str, ...]:
    return tuple(status for status, each in STATUSES.items() if each.mood in moods)


PAUSED: Final = "paused"
OPEN_STATUSES: Final = _of_moods("open")
# What a killed process may leave: who pauses a run goes on with it.
UNFINISHED_STATUSES: Final = ("waiting", "running")
END_STATUSES: Final = _of_moods("good", "warn", "bad")
BAD_STATUSES: Final = _of_moods("bad")

StepStatus = Literal["completed", "failed"]

STEP_LIMIT: Final = 1000
TIME_LIMIT: Final = 300.0
CHAIN_LIMIT: Final = 50
# Hosts that runs may reach, beside those of `--allow-host`.
HOSTS_VARIABLE: Final = "KOBJCTL_ALLOW_HOSTS"
# "1,000 runs per 15 minutes per org over all of them", of those that are scheduled
# (`manual/platform.md 2.4`).
MOST_STARTS: Final = 1000
WINDOW: Final = 15 * 60


class StepLog(NamedTuple):
    """What one step did. `duration` is in milliseconds, `sequence` counts from 1 (the trigger).

    `input` is the resolved params (None for the trigger and for a condition step), `error` an
    object with at least `message`, or None. `taken_over` tells that an earlier run took the step,
    and this one only goes on from it. `requests` are those it sent, redirects included; `stub` is
    the place of the stub that answered in place of the action, None where none did.
    """

    sequence: int
    step_id: str
    display_name: str
    action: str | None
    status: StepStatus
    input: JsonObject | None
    output: JsonObject
    error: JsonObject | None
    started_at: str
    duration: float
    warnings: Sequence[str] = ()
    decisions: Sequence[JsonObject] = ()
    taken_over: bool = False
    requests: Sequence[JsonObject] = ()
    stub: str | None = None

    @property
    def is_stubbed(self) -> bool:
        """Return whether a stub answered in place of the action, or of a host that it asked."""
        return self.stub is not None or any(map(_is_from_stub, self.requests))

    @property
    def own_warnings(self) -> list[str]:
        """Return the warnings without those about stubs: whoever gives stubs knows of them."""
        about_stubs = self.stub_warnings
        return [warning for warning in self.warnings if warning not in about_stubs]

    @property
    def stub_warnings(self) -> list[str]:
        """Return what warnings say of the stubs that answered, in the order they did."""
        places = [each.get("place", "") for each in self.requests if _is_from_stub(each)]
        of_action = [] if self.stub is None else [action_stub_warning(self.stub)]
        return [*map(stub_warning, places), *of_action]


def stub_warning(place: str) -> str:
    """Tell people that a stub answered a request."""
    return f"answered by the stub {place}"


def action_stub_warning(place: str) -> str:
    """Tell people that a stub answered in place of an action."""
    return f"{stub_warning(place)}; nothing was done"


def _is_from_stub(request: JsonObject) -> bool:
    return bool(request.get("answeredBy") == "stub")


class Limits(NamedTuple):
    """How far a run may go: steps, and seconds (the platform's five minutes, 1.6); how many runs
    may set each other off one after the other; and the id of a step before which a run is to pause.
    """

    steps: int = STEP_LIMIT
    seconds: float = TIME_LIMIT
    chain: int = CHAIN_LIMIT
    stop_before: str = ""


LIMITS: Final = Limits()


class RunConditions(NamedTuple):
    """What a run is to find whoever goes on with it: `now`, the time that stands still, as the
    platform writes it (empty for the present); the paths of stub files; the hosts that are allowed.
    """

    now: str = ""
    stubs: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()

    def as_json(self) -> JsonObject:
        """Return them as JSON, without what is empty."""
        found = {"now": self.now, "stubs": [*self.stubs], "hosts": [*self.hosts]}
        return {name: value for name, value in found.items() if value}

    @classmethod
    def from_json(cls, value: Json) -> "RunConditions":
        """Return what `as_json` gave; raises ValueError for anything else."""
        try:
            lists = (tuple(map(str, value.get(name, ()))) for name in ("stubs", "hosts"))
            made = cls(str(value.get("now", "")), *lists)
        except (AttributeError, TypeError) as error:
            raise ValueError(value) from error
        if made.as_json() != value:
            raise ValueError(value)
        return made


NO_CONDITIONS: Final = RunConditions()


def environment_hosts() -> tuple[str, ...]:
    """Return the hosts that the environment allows, as they are written there."""
    return tuple(os.environ.get(HOSTS_VARIABLE, "").replace(",", " ").split())


class Run(NamedTuple):
    """One run: `number` is what people type, `duration` in milliseconds once it is over.

    `hook_name` is empty where no hook started it, and `cause` is the number of the run that did.
    `rerun_of` is the number of the run that it repeats; so many of its first steps as `taken_over`
    says are that one's.
    """

    id: str
    number: int
    event_id: str
    event_name: str
    hook_name: str
    cause: int | None
    workflow_id: str
    workflow_name: str
    workflow_rev: int
    status: RunStatus
    started_at: str
    duration: float | None = None
    error: str = ""
    rerun_of: int | None = None
    taken_over: int = 0

    @property
    def source(self) -> str:
        """Return the name of the hook that started it, else of the event, else that it was
        called.
        """
        if self.hook_name:
            return self.hook_name
        return "call" if workflow_of_call(self.event_name) else self.event_name


class Schedule(NamedTuple):
    """A run that is to start later (`manual/platform.md 2.6`): `cause` is the number of the run
    that scheduled it, `run` its own once it has started.
    """

    id: str
    number: int
    workflow_id: str
    workflow_name: str
    inputs: JsonObject
    run_at: str
    cause: int | None
    created_at: str
    started_at: str | None = None
    run: int | None = None


class RunSummary(NamedTuple):
    """A run for a list, without its steps."""

    run: Run
    step_count: int


class RunReport(NamedTuple):
    """A run with the log of its steps, in the order they ran; the runs that it set off, and those
    that it scheduled.
    """

    run: Run
    steps: tuple[StepLog, ...]
    set_off: tuple[Run, ...] = ()
    scheduled: tuple[Schedule, ...] = ()

    @property
    def summary(self) -> RunSummary:
        """Return the run without its steps."""
        return RunSummary(self.run, len(self.steps))


def any_bad(runs: Iterable[Run]) -> bool:
    """Return whether a run ended badly."""
    return any(run.status in BAD_STATUSES for run in runs)
