"""What is said of runs that were left: by an earlier kobjctl, or by this one after Ctrl-C."""

import shlex
from collections.abc import Iterable, Iterator

from kobjctl.app.runs.recover import Recovery
from kobjctl.http.hosts import HOSTS_VARIABLE
from kobjctl.records.interruption import BrokenStep


def recovery_lines(recovery: Recovery) -> Iterator[str]:
    """Yield what became of the runs that an earlier kobjctl left unfinished."""
    if recovery.refusal:
        yield f"left unfinished runs: {recovery.refusal}"
    if recovery.finished:
        noun = "run" if recovery.finished == 1 else "runs"
        yield f"finished {recovery.finished} {noun} that an earlier kobjctl left unfinished"
    if recovery.left:
        noun = "run that sends requests waits" if recovery.left == 1 else "runs wait"
        hint = f"{HOSTS_VARIABLE}=api.example.com kobjctl logs"
        yield f"note: {recovery.left} unfinished {noun} for hosts to be allowed: {hint}"


def interruption_lines(broken: Iterable[BrokenStep], left: int) -> Iterator[str]:
    """Yield which runs were broken off, and how many are left for the next kobjctl."""
    for step in broken:
        yield (
            f"run {step.run} was interrupted in a step that may have been done; rerun it from"
            f" there: kobjctl logs rerun {step.run} --from-step {shlex.quote(step.step_id)}"
        )
    if left:
        is_left = "run is" if left == 1 else "runs are"
        yield f"{left:,} {is_left} left open; the next kobjctl goes on there"
