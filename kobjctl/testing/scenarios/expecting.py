"""Compare what happened with what a scenario expects.

What an expectation may name stands in two tables: what is said of one run, and what is said of
the scenario as a whole. A key may lead on with dots: `steps.lookup.name`, `customers.count`.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Final, NamedTuple

from kobjctl.model.scenario import ScenarioRun
from kobjctl.model.values import MISSING, Json, JsonObject, JsonPath, MissingValue
from kobjctl.testing.scenarios.effects import (
    ScenarioEffects,
    call_json,
    error,
    outputs,
    warnings,
    way,
)
from kobjctl.testing.scenarios.matchers import spelled_out, unmatched
from kobjctl.testing.scenarios.matching import Miss, fits, misses, part
from kobjctl.testing.scenarios.records_seen import PLURALS

COUNT: Final = "count"
_TOUCHED: Final = (
    "what is put on a customer's timeline changes the customer; `customers.count` counts all"
)


class Expectation(NamedTuple):
    """One key of an expectation: `path` in the scenario, what it is about, and what is expected.

    Of `steps.lookup.name`, the `root` is `steps` and the `rest` is `lookup.name`.
    """

    path: JsonPath
    root: str
    rest: str
    expected: Json


class Failure(NamedTuple):
    """Where a claim does not hold; `run` is the index of the run that it is about."""

    claim: Expectation
    miss: Miss
    run: int | None


def claims(section: JsonObject, path: JsonPath) -> Iterator[Expectation]:
    """Yield the claims of a section (`expect`, `snapshot`, an entry of `runs`)."""
    for key, expected in section.items():
        root, _, rest = key.partition(".")
        yield Expectation((*path, key), root, rest, spelled_out(expected))


def failures(section: JsonObject, path: JsonPath, effects: ScenarioEffects) -> Iterator[Failure]:
    """Yield where what happened is not as a section says."""
    for claim in claims(section, path):
        if claim.root == "runs":
            yield from _runs(claim, effects)
        elif claim.root in OF_RUNS:
            yield from _of_run(claim, effects, effects.main)
        else:
            for miss in OF_ALL[claim.root](claim, effects):
                yield Failure(claim, miss, effects.main)


def _of_run(claim: Expectation, effects: ScenarioEffects, index: int | None) -> Iterator[Failure]:
    if index is None:
        found = misses(claim.expected, MISSING)
        for miss in found:
            yield Failure(claim, miss._replace(message="no run started"), None)
        return
    for miss in OF_RUNS[claim.root](claim, effects.runs[index]):
        yield Failure(claim, miss, index)


def _runs(claim: Expectation, effects: ScenarioEffects) -> Iterator[Failure]:
    """Compare all runs of a scenario, in their order, with a list of what is expected of each."""
    names = [run.workflow.name for run in effects.runs]
    if claim.rest or not isinstance(claim.expected, list):
        for miss in misses(claim.expected, len(names) if claim.rest == COUNT else names):
            yield Failure(claim, miss, effects.main)
        return
    if len(claim.expected) != len(names):
        wanted, made = len(claim.expected), len(names)
        message = f"{_runs_text(wanted)} expected, {made} happened"
        shown = [each.get("workflow", "any") for each in claim.expected]
        yield Failure(claim, Miss((), shown, names, message=message), effects.main)
        return
    for index, expected in enumerate(claim.expected):
        for inner in claims(expected, (*claim.path, index)):
            yield from _of_run(inner, effects, index)


def _runs_text(number: int) -> str:
    return "1 run was" if number == 1 else f"{number} runs were"


def _steps(claim: Expectation, run: ScenarioRun) -> Iterator[Miss]:
    """Compare the outputs of steps."""
    all_outputs = outputs(run)
    last = {step.step_id: step.sequence for step in run.report.steps}
    actual = part(all_outputs, claim.rest) if claim.rest else all_outputs
    for miss in misses(claim.expected, actual):
        named = claim.rest or str(miss.path[0] if miss.path else "")
        step_id = named if named in last else named.partition(".")[0]
        message = "" if step_id in last or not step_id else f'step "{step_id}" did not run'
        yield miss._replace(message=message, steps=last.get(step_id))


def _path(claim: Expectation, run: ScenarioRun) -> Iterator[Miss]:
    """Compare the way of a run: each step by its id, by the branch that it took, or by both."""
    taken = way(run)
    ids = [step_id for step_id, _ in taken]
    if claim.rest == COUNT or not isinstance(claim.expected, list):
        yield from misses(claim.expected, len(ids) if claim.rest == COUNT else ids)
        return
    wanted = [str(each) if isinstance(each, int) else each for each in claim.expected]
    parting = _parting(wanted, taken)
    if parting:
        index, message = parting
        yield Miss((), wanted, ids, message=message, steps=index + 1)


def _parting(wanted: list[Json], taken: list[tuple[str, str]]) -> tuple[int, str] | None:
    """Return the place where a way parts from the one that is expected, and how; None for none."""
    # How much of what is wanted may be behind us, as some may be said in two ways.
    reached = {0}
    for index, step in enumerate(taken):
        after = {each for at in reached for each in _reaches(wanted, at, *step)}
        if not after:
            at = max(reached)
            if at == len(wanted):
                return index, f'the run went on to "{step[0]}"'
            return index, f'the run went to "{step[0]}" instead of "{wanted[at]}"'
        reached = after
    if len(wanted) in reached:
        return None
    return len(taken) - 1, f'the run ended before "{wanted[max(reached)]}"'


def _reaches(wanted: list[Json], at: int, step_id: str, branch: str) -> Iterator[int]:
    """Yield up to where a step may be what is wanted from a place on."""
    here, after = [*wanted[at : at + 2], MISSING, MISSING][:2]
    is_step = here is not MISSING and fits(here, step_id)
    if is_step or (branch and here == branch):
        yield at + 1
    if is_step and branch and after == branch:
        yield at + 2


OF_RUNS: Final[Mapping[str, Callable[[Expectation, ScenarioRun], Iterator[Miss]]]] = {
    "status": lambda claim, run: misses(claim.expected, run.report.run.status),
    "path": _path,
    "steps": _steps,
    "error": lambda claim, run: misses(claim.expected, error(run)),
    "warnings": lambda claim, run: _entries(claim, list(warnings(run)), "warning"),
    "workflow": lambda claim, run: misses(claim.expected, run.workflow.name),
}


def _response(claim: Expectation, effects: ScenarioEffects) -> Iterator[Miss]:
    actual = effects.response
    return misses(claim.expected, part(actual, claim.rest) if claim.rest else actual)


def _http(claim: Expectation, effects: ScenarioEffects) -> Iterator[Miss]:
    """Compare all requests, in their order."""
    calls = [call_json(call) for call in effects.http]
    if claim.rest == COUNT or not isinstance(claim.expected, list):
        yield from misses(claim.expected, len(calls) if claim.rest == COUNT else calls)
    elif len(calls) != len(claim.expected):
        wanted = len(claim.expected)
        were = "1 request was" if wanted == 1 else f"{wanted} requests were"
        shown = [f"{call['method']} {call['url']}" for call in calls]
        message = f"{were} expected, {len(calls)} sent"
        yield Miss((), claim.expected, shown, message=message)
    else:
        yield from misses(claim.expected, calls)


def _records(claim: Expectation, effects: ScenarioEffects, plural: str) -> Iterator[Miss]:
    """Compare the records that were made or changed: each expected one is among them."""
    records = effects.records
    if claim.rest == COUNT:
        yield from misses(claim.expected, records.count(plural))
        return
    changed = records.changed(plural)
    yield from _entries(claim, changed, plural, records.comparable)


def _entries(
    claim: Expectation,
    there: list[Json],
    noun: str,
    comparable: Callable[[Json, Json], Json] = lambda entry, _: entry,
) -> Iterator[Miss]:
    """Compare a list of which only some entries are named: each has one of its own."""
    if not isinstance(claim.expected, list):
        yield from misses(claim.expected, len(there) if claim.rest == COUNT else there)
        return
    is_record = noun in PLURALS
    if not claim.expected and there:
        made = " made or changed" if is_record else ""
        hint = _TOUCHED if noun == "customers" else ""
        yield Miss((), [], there, hint, message=f"there should be no {noun}{made}")

    def fitting(wanted: Json, entry: Json | MissingValue) -> bool:
        return fits(wanted, comparable(entry, wanted))

    for index in unmatched(claim.expected, there, fitting):
        wanted = claim.expected[index]
        if not there:
            message = f"no {noun} were made or changed" if is_record else f"there is no {noun}"
            yield Miss((index,), wanted, MISSING, message=message)
            continue
        yield from _closest(wanted, [comparable(entry, wanted) for entry in there], index)


def _closest(wanted: Json, there: list[Json], index: int) -> Iterator[Miss]:
    """Yield how the entry that comes closest differs."""
    if not isinstance(wanted, dict):
        yield Miss((index,), wanted, there)
        return
    several = [list(misses(wanted, entry, (index,))) for entry in there]
    best = min(several, key=len)
    if not best:
        yield Miss((index,), wanted, there, message="the matching ones belong to earlier entries")
    yield from best


OF_ALL: Final[Mapping[str, Callable[[Expectation, ScenarioEffects], Iterator[Miss]]]] = {
    "response": _response,
    "http": _http,
    **{plural: partial(_records, plural=plural) for plural in PLURALS},
}

ROOTS: Final = ("runs", *OF_RUNS, *OF_ALL)
