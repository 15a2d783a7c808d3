"""Find in expectations what can never be: steps that no workflow has, misspelled names."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from kobjctl.files.document import Document
from kobjctl.model.errors import did_you_mean
from kobjctl.model.problem import FileProblemsError, Problem, in_order
from kobjctl.model.run import END_STATUSES
from kobjctl.model.values import Json, JsonPath
from kobjctl.model.workflow import TRIGGER_ID, Workflow
from kobjctl.store.text import encode
from kobjctl.testing.scenarios.expecting import COUNT, OF_RUNS, ROOTS, Expectation, claims
from kobjctl.testing.scenarios.matchers import is_matcher
from kobjctl.testing.scenarios.matching import faults, path_fault
from kobjctl.testing.scenarios.orgs import StartOrg, StartOrgs
from kobjctl.testing.scenarios.reading import Scenarios, read
from kobjctl.testing.scenarios.records_seen import PLURALS
from kobjctl.testing.scenarios.stage import read_stubs

SECTIONS: Final = ("expect", "snapshot")
_COUNTED: Final = ("runs", "path", "http", "warnings", *PLURALS)
_NOTHING: Final = (
    "this scenario expects nothing",
    "add `expect`, or let kobjctl test --update write a `snapshot`",
)
_DEEPER: Final = ("steps", "response")


def collect(paths: Iterable[Path | str], orgs: StartOrgs, *, updates: bool = False) -> Scenarios:
    """Read scenario files with all that they name, and look at what they expect.

    Where snapshots are to be written, a scenario may expect nothing yet. Raises UsageError as
    `read` does; what is wrong with files is among the problems.
    """
    found = read(paths)
    problems = list(found.problems)
    for file in found.files:
        for scenario in file.scenarios:
            start = None
            try:
                read_stubs(file, scenario, orgs)
            except FileProblemsError as error:
                problems += error.problems
            try:
                start = orgs.start(file, scenario)
            except FileProblemsError as error:
                problems += (each for each in error.problems if each.severity == "error")
            own = file.own[scenario.position]
            problems += check(own, start) if start else ()
            if not updates and own.data.keys().isdisjoint((*SECTIONS, "skip")):
                problems.append(Problem(file.path, scenario.span, "", *_NOTHING))
    return found._replace(problems=tuple(in_order(problems)))


def check(own: Document, start: StartOrg) -> Iterator[Problem]:
    """Yield what is wrong with the expectations of a scenario."""
    for section in SECTIONS:
        for claim in claims(own.data.get(section) or {}, (section,)):
            for path, message, hint, on_key in _faults(claim, start):
                span = own.span(path, key=on_key)
                yield Problem(own.path, span, "", message, hint)


# A path, a message, a hint, and whether the key is meant.
_Fault = tuple[JsonPath, str, str, bool]


def _faults(claim: Expectation, start: StartOrg, roots: Iterable[str] = ROOTS) -> Iterator[_Fault]:
    if claim.root not in roots:
        hint = did_you_mean(claim.root, roots) or f"use one of {', '.join(roots)}"
        yield claim.path, f"nothing is called `{claim.root}` here", hint, True
        return
    if claim.rest and claim.root not in _DEEPER and not _is_count(claim):
        known = (
            f"`{claim.root}.{COUNT}` is all that can be expected" if claim.root in _COUNTED else ""
        )
        yield claim.path, f"`{claim.root}` has no `{claim.rest}`", known, True
    for path, message in faults(claim.expected, claim.path):
        yield path, message, "", "$" in str(path[-1])
    broken = path_fault(claim.rest)
    if broken:
        yield claim.path, broken, "", True
    if claim.root == "runs" and isinstance(claim.expected, list):
        yield from _runs_faults(claim, start)
    elif claim.root in _CHECKS and claim.rest != COUNT:
        yield from _CHECKS[claim.root](claim, start)


def _is_count(claim: Expectation) -> bool:
    return claim.rest == COUNT and claim.root in _COUNTED


def _runs_faults(claim: Expectation, start: StartOrg) -> Iterator[_Fault]:
    for index, expected in enumerate(claim.expected):
        path = (*claim.path, index)
        if not isinstance(expected, dict):
            yield path, "an expected run is an object", "such as {workflow: order}", False
            continue
        for inner in claims(expected, path):
            yield from _faults(inner, start, OF_RUNS)


def _status_faults(claim: Expectation, _start: StartOrg) -> Iterator[_Fault]:
    status = claim.expected
    if status in END_STATUSES or is_matcher(status):
        return
    text = encode(status)
    hint = did_you_mean(str(status), END_STATUSES) or f"use one of {', '.join(END_STATUSES)}"
    yield claim.path, f"no run ends as {text}", hint, False


def _workflow_faults(claim: Expectation, start: StartOrg) -> Iterator[_Fault]:
    yield from _unknown("workflow", claim.expected, claim.path, start.workflows)


def _steps_faults(claim: Expectation, start: StartOrg) -> Iterator[_Fault]:
    known = _step_ids(start.workflows.values())
    if claim.rest:
        step_id = claim.rest.partition(".")[0]
        if step_id not in known and claim.rest not in known:
            yield from _unknown("step", step_id, claim.path, known, on_key=True)
    elif isinstance(claim.expected, dict) and not is_matcher(claim.expected):
        for key in claim.expected:
            if key not in known:
                step_id = key.partition(".")[0]
                yield from _unknown("step", step_id, (*claim.path, key), known, on_key=True)


def _path_faults(claim: Expectation, start: StartOrg) -> Iterator[_Fault]:
    if not isinstance(claim.expected, list):
        return
    workflows = start.workflows.values()
    known = [*_step_ids(workflows), *_branches(workflows)]
    for index, each in enumerate(claim.expected):
        step_id = str(each) if isinstance(each, int) else each
        yield from _unknown("step or branch", step_id, (*claim.path, index), known)


def _unknown(
    noun: str, name: Json, path: JsonPath, known: Iterable[str], *, on_key: bool = False
) -> Iterator[_Fault]:
    names = list(dict.fromkeys(known))
    if not isinstance(name, str) or name in names or is_matcher(name):
        return
    hint = did_you_mean(name, names) or f"use one of {', '.join(names)}"
    yield path, f'no {noun} is called "{name}"', hint, on_key


def _step_ids(workflows: Iterable[Workflow]) -> list[str]:
    return [TRIGGER_ID, *(step.id for workflow in workflows for step in workflow.steps)]


def _branches(workflows: Iterable[Workflow]) -> list[str]:
    return [
        transition.label
        for workflow in workflows
        for step in (workflow.trigger, *workflow.steps)
        for transition in (*step.transitions, *step.error_cases)
        if transition.label
    ]


_CHECKS: Final = {
    "status": _status_faults,
    "workflow": _workflow_faults,
    "steps": _steps_faults,
    "path": _path_faults,
}
