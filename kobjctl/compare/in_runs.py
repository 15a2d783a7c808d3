"""What differs in the runs that a payload started in two versions."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Final, NamedTuple, TypeAlias

from kobjctl.app.runs.run_diff import PartDifference, RunComparison, compare_reports
from kobjctl.compare.names import VersionNames
from kobjctl.compare.sides import Versions
from kobjctl.compare.trials import VersionResult
from kobjctl.compare.version_difference import (
    Kind,
    Side,
    VersionDifference,
    field_text,
    in_fields,
    in_pair,
)
from kobjctl.model.run import BAD_STATUSES, RunReport, Schedule, StepLog
from kobjctl.model.values import MISSING, JsonObject, differences
from kobjctl.replay.messages import without_values
from kobjctl.store.text import encode

# A step, and what is counted as one message of it.
Saying: TypeAlias = tuple[str, str]

_VALUES: Final[tuple[Kind, ...]] = ("output", "input")
_SAME: Final[dict[str, str]] = {}


class RunPair(NamedTuple):
    """A run of both versions, or of one of them; `name` is what both call the workflow."""

    name: str
    old: RunReport | None
    new: RunReport | None


def paired_runs(
    sides: Versions, old: Iterable[RunReport], new: Iterable[RunReport]
) -> Iterator[RunPair]:
    """Pair the runs that a payload started: the first of a workflow with the first of it."""
    runs: dict[str, tuple[list[RunReport], list[RunReport]]] = {}
    for report in old:
        runs.setdefault(report.run.workflow_name, ([], []))[0].append(report)
    for report in new:
        runs.setdefault(sides.name(report.run.workflow_name), ([], []))[1].append(report)
    for name, (before, after) in runs.items():
        for one, other in zip_longest(before, after):
            yield RunPair(name, one, other)


def compare_runs(sides: Versions, pair: RunPair, names: VersionNames) -> RunComparison | None:
    """Compare two runs step by step; None where there is but one."""
    if pair.old is None or pair.new is None:
        return None
    return compare_reports(pair.old, pair.new, names, renamed_in(sides, pair.name))


def renamed_in(sides: Versions, workflow: str) -> dict[str, str]:
    """Return the new ids, by the old ones, of steps of a workflow that differ in nothing else."""
    return next((dict(pair.renamed) for pair in sides.pairs if pair.name == workflow), _SAME)


def in_runs(
    sides: Versions, old: VersionResult, new: VersionResult, names: VersionNames
) -> Iterator[VersionDifference]:
    """Yield what differs in the runs that a payload started, and in the response of a call."""
    before, after = old.outcome.refusal, new.outcome.refusal
    if before != after:
        about = sides.pairs[0].name
        yield from _messages("failure", about, _refusal(before), _refusal(after))
    for pair in paired_runs(sides, old.outcome.reports, new.outcome.reports):
        compared = compare_runs(sides, pair, names)
        if compared is None or pair.old is None or pair.new is None:
            side: Side = "old" if pair.old else "new"
            lone = pair.old or pair.new
            status = lone and lone.run.status
            yield VersionDifference("run", pair.name).only_in(side, status)
            continue
        renamed = renamed_in(sides, pair.name)
        yield from _courses(pair.name, pair.old, pair.new, renamed)
        yield from _values(pair.name, compared, renamed)
        yield from _warning_differences(pair.name, pair.old, pair.new, renamed)
        yield from _schedules(pair.old, pair.new, names)
    answers = (old.outcome.response, new.outcome.response)
    if any(answer is not MISSING for answer in answers):
        yield from in_fields("response", sides.pairs[0].name, differences(*answers, names.same))


def _refusal(message: str) -> dict[Saying, str]:
    return {("", without_values(message)): message} if message else {}


def _courses(
    name: str, old: RunReport, new: RunReport, renamed: dict[str, str]
) -> Iterator[VersionDifference]:
    """Yield how the ways of two runs differ, and their ends."""
    before, after = ([step.step_id for step in each.steps] for each in (old, new))
    if [renamed.get(step, step) for step in before] != after:
        yield VersionDifference(
            "path", name, details=(encode(before), encode(after)), old=before, new=after
        )
    ends = (old.run.status, new.run.status)
    if ends[0] != ends[1]:
        yield VersionDifference("status", name, details=ends, old=ends[0], new=ends[1])
    failed, fails = dict(_failures(old, renamed)), dict(_failures(new, {}))
    yield from _messages("failure", name, failed, fails)


def _failures(report: RunReport, renamed: dict[str, str]) -> Iterator[tuple[Saying, str]]:
    """Yield the steps that failed with what is counted as one message, and the message; the step
    of a run that failed by itself has no name.
    """
    failed = False
    for step in report.steps:
        if step.error:
            failed = True
            message = str(step.error.get("message", ""))
            yield (renamed.get(step.step_id, step.step_id), without_values(message)), message
    if report.run.status in BAD_STATUSES and not failed:
        yield ("", without_values(report.run.error)), report.run.error


def _values(
    name: str, compared: RunComparison, renamed: dict[str, str]
) -> Iterator[VersionDifference]:
    """Yield what differs in the outputs and inputs of the steps that both took well."""
    for pair in compared.steps:
        if pair.old is None or pair.new is None or pair.old.error or pair.new.error:
            continue
        step = renamed.get(pair.old.step_id, pair.old.step_id)
        for kind in _VALUES:
            changed = [each for each in pair.differences if each.part == kind]
            if changed and pair.old.action != pair.new.action:
                # Of two actions, each field would be a difference of its own.
                changed = [
                    PartDifference(kind, (), getattr(pair.old, kind), getattr(pair.new, kind))
                ]
            for each in changed:
                place = field_text(each.path)
                yield VersionDifference(kind, name, step, place, old=each.old, new=each.new)


def _warning_differences(
    name: str, old: RunReport, new: RunReport, renamed: dict[str, str]
) -> Iterator[VersionDifference]:
    before, after = dict(_warnings(old.steps, renamed)), dict(_warnings(new.steps, {}))
    yield from _messages("warning", name, before, after)


def _messages(
    kind: Kind, name: str, old: dict[Saying, str], new: dict[Saying, str]
) -> Iterator[VersionDifference]:
    sides: tuple[tuple[Side, dict[Saying, str], dict[Saying, str]], ...]
    sides = (("old", old, new), ("new", new, old))
    for side, said, elsewhere in sides:
        for (step, text), message in said.items():
            if (step, text) not in elsewhere:
                told = VersionDifference(kind, name, step, details=(text,))
                yield told.only_in(side, message)


def _warnings(steps: Sequence[StepLog], renamed: dict[str, str]) -> Iterator[tuple[Saying, str]]:
    for step in steps:
        for warning in step.own_warnings:
            yield (renamed.get(step.step_id, step.step_id), without_values(warning)), warning


def _schedules(old: RunReport, new: RunReport, names: VersionNames) -> Iterator[VersionDifference]:
    for before, after in zip_longest(old.scheduled, new.scheduled):
        about = (before or after).workflow_name
        yield from in_pair("schedule", about, _schedule(before), _schedule(after), names.same)


def _schedule(schedule: Schedule | None) -> JsonObject | None:
    return schedule and {"inputs": schedule.inputs, "runAt": schedule.run_at}
