"""What differs in the runs that a payload started in two versions."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Final, NamedTuple, TypeAlias

from kobjctl.app.runs.run_diff import PartDifference, RunComparison, compare_reports
from kobjctl.compare.names import VersionNames
from kobjctl.compare.sides import Versions
from kobjctl.compare.trials import VersionResult
from kobjctl.compare.version_difference import Kind, VersionDifference, field_text, in_fields
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
    if old.outcome.refusal != new.outcome.refusal:
        yield from _refusals(sides, old.outcome.refusal, new.outcome.refusal)
    for pair in paired_runs(sides, old.outcome.reports, new.outcome.reports):
        compared = compare_runs(sides, pair, names)
        if compared is None or pair.old is None or pair.new is None:
            yield _alone(pair)
            continue
        renamed = renamed_in(sides, pair.name)
        yield from _courses(pair.name, pair.old, pair.new, renamed)
        yield from _values(pair.name, compared, renamed)
        yield from _warning_differences(pair.name, pair.old, pair.new, renamed)
        yield from _schedules(pair.old, pair.new, names)
    answers = (old.outcome.response, new.outcome.response)
    if any(answer is not MISSING for answer in answers):
        yield from in_fields("response", sides.pairs[0].name, differences(*answers, names.same))


def _refusals(sides: Versions, old: str, new: str) -> Iterator[VersionDifference]:
    about = sides.pairs[0].name
    if old:
        details = (without_values(old),)
        yield VersionDifference("failure", about, side="old", details=details, old=old)
    if new:
        details = (without_values(new),)
        yield VersionDifference("failure", about, side="new", details=details, new=new)


def _alone(pair: RunPair) -> VersionDifference:
    if pair.old:
        return VersionDifference("run", pair.name, side="old", old=pair.old.run.status)
    report = pair.new
    return VersionDifference(
        "run", pair.name, side="new", new=report.run.status if report else MISSING
    )


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
    for (step, text), message in old.items():
        if (step, text) not in new:
            yield VersionDifference(kind, name, step, side="old", details=(text,), old=message)
    for (step, text), message in new.items():
        if (step, text) not in old:
            yield VersionDifference(kind, name, step, side="new", details=(text,), new=message)


def _warnings(steps: Sequence[StepLog], renamed: dict[str, str]) -> Iterator[tuple[Saying, str]]:
    for step in steps:
        for warning in step.own_warnings:
            yield (renamed.get(step.step_id, step.step_id), without_values(warning)), warning


def _schedules(old: RunReport, new: RunReport, names: VersionNames) -> Iterator[VersionDifference]:
    for before, after in zip_longest(old.scheduled, new.scheduled):
        if before and after:
            changed = differences(_schedule(before), _schedule(after), names.same)
            yield from in_fields("schedule", before.workflow_name, changed)
        elif before:
            yield VersionDifference(
                "schedule", before.workflow_name, side="old", old=_schedule(before)
            )
        elif after:
            yield VersionDifference(
                "schedule", after.workflow_name, side="new", new=_schedule(after)
            )


def _schedule(schedule: Schedule) -> JsonObject:
    return {"inputs": schedule.inputs, "runAt": schedule.run_at}
