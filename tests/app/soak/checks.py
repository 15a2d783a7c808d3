"""What commands told and what workflows did, held against the org.

A check yields what is wrong, a sentence each; nothing when all is well.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from . import audit
from .workload import Workload

# The workflow that keeps a KObject of a Klass, with its event, in each run that completes.
KEPT_BY = {"order": "order", "answer": "ask"}
# Those that keep one without telling for what.
ALL_KEPT_BY = {
    "chain": "SELECT count(*) FROM kobjects WHERE klass = 'round'",
    "greet": "SELECT count(*) FROM notes",
}
# How the runs of a workflow may end; those of others are completed.
STATUSES = {
    "ask": {"completed", "stopped", "interrupted"},
    "fragile": {"completed", "stopped", "failed"},
    "plan": {"completed", "stopped"},
}


def payload_problems(connection: sqlite3.Connection, workload: Workload) -> Iterator[str]:
    """Yield the payloads that aren't there once: at most once where their sender was hit."""
    there = audit.taken(connection)
    for marker, is_told in workload.sent.items():
        count = len(there.get(marker, []))
        if count > 1 or count < is_told:
            yield f"the payload {marker} was sent once, and is there {count} times"
    for replay in workload.replays:
        counts = Counter(len(there.get(marker, [])) for marker in replay.markers)
        if set(counts) - {1}:
            yield f"the payloads of {replay.path.name} are there so often: {dict(counts)}"
    ids = {event for events in there.values() for event in events}
    for event in set(workload.told) - ids:
        yield f"the payload {event} was told to be accepted, and is not there"


def report_problems(connection: sqlite3.Connection, workload: Workload) -> Iterator[str]:
    """Yield the replays that never ended, or whose report counts otherwise than the org. (A run
    that was pruned before it was counted is in no report.)
    """
    for replay in workload.replays:
        if replay.report is None:
            yield f"the replay of {replay.path.name} never came to its end"
            continue
        payloads, runs = replay.report["payloads"], replay.report["runs"]
        if payloads["accepted"] != len(replay.markers) or payloads["rejected"]:
            yield f"the replay of {replay.path.name} tells of {payloads}"
        count, pruned = audit.runs_of(connection, replay.markers)
        if not count - pruned <= runs["total"] <= count:
            yield f"the replay of {replay.path.name} tells of {runs}, but there are {count}"


def log_problems(connection: sqlite3.Connection, listed: list[dict[str, Any]]) -> Iterator[str]:
    """Yield where the list of all runs is not that of the org, or a run has no steps."""
    count, pruned = connection.execute("SELECT count(*), total(pruned) FROM audit_runs").fetchone()
    if len(listed) != count - pruned:
        yield f"logs lists {len(listed)} runs of {count}, of which {pruned:.0f} were pruned"
    for run in listed:
        if not run["stepCount"]:
            yield f"run {run['number']} is {run['status']} without a step"


def prune_problems(connection: sqlite3.Connection, workload: Workload) -> Iterator[str]:
    """Yield where more or fewer runs were pruned than commands told; one that was hit told none."""
    (pruned,) = connection.execute("SELECT total(pruned) FROM audit_runs").fetchone()
    if workload.pruned > pruned or (workload.pruned < pruned and not workload.stopped_prunes):
        yield f"{pruned:.0f} runs were pruned, {workload.pruned} are told of"


def effect_problems(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield the events that are kept otherwise than once for each run that completed. (A run that
    ended otherwise may have come as far.)
    """
    for klass, workflow in KEPT_BY.items():
        rows = connection.execute(
            "SELECT json_extract(given, '$.custom.eventStr') FROM kobjects WHERE klass = ?",
            (klass,),
        )
        kept = Counter(event for (event,) in rows)
        ended = audit.ends(connection, workflow)
        for event in {*kept, *ended}:
            statuses = ended.get(event, [])
            most = len(statuses) - statuses.count("stopped")
            if not statuses.count("completed") <= kept[event] <= most:
                yield f"event {event} has {kept[event]} {klass}s for the runs {statuses}"

    for workflow, query in ALL_KEPT_BY.items():
        (count,) = connection.execute(query).fetchone()
        ends = [status for each in audit.ends(connection, workflow).values() for status in each]
        if not ends.count("completed") <= count <= len(ends):
            yield f"{count} things are kept by {len(ends)} runs of {workflow}"


def status_problems(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield how many runs ended in a way that no payload asks for."""
    rows = connection.execute(
        "SELECT w.name, e.status, count(*) FROM audit_ends e JOIN audit_runs r ON r.number = e.run"
        " JOIN workflows w ON w.id = r.workflow GROUP BY w.name, e.status"
    )
    for workflow, status, count in rows:
        if status not in STATUSES.get(workflow, {"completed"}):
            yield f"{count} runs of {workflow} ended as {status}"


def request_problems(connection: sqlite3.Connection, asked: Iterable[str]) -> Iterator[str]:
    """Yield the events whose requests came too seldom, or more often than the log says."""
    requests = Counter(asked)
    for event, statuses in audit.ends(connection, "ask").items():
        count, sending = requests[event], len(statuses) - statuses.count("stopped")
        if count < statuses.count("completed"):
            yield f"{sending} runs of event {event} sent {count} requests"
        # One that is interrupted while it sends again has no log of that step.
        elif count > sending and "interrupted" not in statuses and not _says_so(connection, event):
            yield f"{sending} runs of event {event} sent {count} requests, and no log says so"


def _says_so(connection: sqlite3.Connection, event: str) -> bool:
    """Tell whether the log says of an event that its request may have been sent before, or can't
    say it any more, as a run was pruned.
    """
    (said,) = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM audit_runs r JOIN workflows w ON w.id = r.workflow"
        " WHERE w.name = 'ask' AND r.event = ?1 AND r.pruned) OR EXISTS ("
        " SELECT 1 FROM audit_runs r JOIN step_log s ON s.run = r.number"
        " WHERE r.event = ?1 AND s.warnings LIKE '%sent before%')",
        (event,),
    ).fetchone()
    return bool(said)
