"""What is said of runs that were left: by an earlier kobjctl, or by this one after Ctrl-C."""

import shlex
from collections import Counter
from collections.abc import Iterable, Iterator

from kobjctl.app.runs.recover import Recovery
from kobjctl.model.run import HOSTS_VARIABLE, RunConditions
from kobjctl.records.interruption import BrokenStep


def recovery_lines(recovery: Recovery) -> Iterator[str]:
    """Yield what became of the runs that an earlier kobjctl left unfinished."""
    if recovery.refusal:
        yield f"unfinished runs stay as they are: {recovery.refusal}"
    if recovery.finished:
        noun = "run" if recovery.finished == 1 else "runs"
        yield f"finished {recovery.finished} {noun} that an earlier kobjctl left unfinished"
    for lacking, count in Counter(run.lacking for run in recovery.waiting).items():
        noun = "run waits" if count == 1 else "runs wait"
        yield f"note: {count} unfinished {noun} for {_told(lacking)}"


def _told(lacking: RunConditions) -> str:
    if lacking.stubs:
        files = " ".join(f"--stubs {shlex.quote(path)}" for path in lacking.stubs)
        return f"{files}, which can't be read: restore the file"
    hosts = " ".join(f"--allow-host {host}" for host in lacking.hosts) or "allowed hosts"
    allowed = shlex.quote(",".join(lacking.hosts) or "api.example.com")
    return f"{hosts}: {HOSTS_VARIABLE}={allowed} kobjctl logs"


def interruption_lines(broken: Iterable[BrokenStep], left: int) -> Iterator[str]:
    """Yield which runs were broken off, and how many are left for the next kobjctl."""
    for step in broken:
        yield (
            f"run {step.run} was interrupted in a step that may be done already; rerun it from"
            f" there: kobjctl logs rerun {step.run} --from-step {shlex.quote(step.step_id)}"
        )
    if left:
        is_left = "run is" if left == 1 else "runs are"
        yield f"{left:,} {is_left} unfinished; the next kobjctl command continues there"
