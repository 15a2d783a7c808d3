"""The options that select runs: by their status, their workflow, their time."""

from typing import TYPE_CHECKING

from kobjctl.cli.session import Session
from kobjctl.model.errors import UsageError
from kobjctl.model.run import STATUSES

if TYPE_CHECKING:
    from kobjctl.store.org import Org
    from kobjctl.store.runs import RunFilter


def complete_status(incomplete: str) -> list[str]:
    """Return the statuses that begin so."""
    return [status for status in STATUSES if status.startswith(incomplete)]


def run_filter(
    session: Session,
    status: str | None,
    workflow: str | None,
    since: str | None,
    org: "Org | None" = None,
) -> "RunFilter":
    """Return what the options select in an org (else in the session's); raises UsageError for what
    they can't mean.
    """
    from kobjctl.app.definitions import workflows
    from kobjctl.files.times import read_time
    from kobjctl.store.runs import RunFilter

    if status is not None and status not in STATUSES:
        raise UsageError(
            f'no run status is called "{status}"', hint=f"the statuses are {', '.join(STATUSES)}"
        )
    org = org or session.org
    return RunFilter(
        status=status or "",
        workflow_id=workflows.get(org.store, workflow).id if workflow is not None else "",
        since=read_time(since, org.now()) if since is not None else "",
    )
