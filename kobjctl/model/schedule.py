"""A run that is to start later (`platform/workflows.md` 1.7)."""

from typing import Final, NamedTuple

from kobjctl.model.values import JsonObject

# "1,000 runs per 15 minutes per org over all of them" (1.6).
MOST_STARTS: Final = 1000
WINDOW: Final = 15 * 60


class Schedule(NamedTuple):
    """One scheduled run: `cause` is the number of the run that scheduled it, `run` its own once
    it has started.
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
