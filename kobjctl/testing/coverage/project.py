"""The workflows that scenarios are to cover, and what they covered of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeAlias

from kobjctl.files.reader import workflow_files
from kobjctl.files.source import from_here
from kobjctl.lint.project.files import Definition, read_files
from kobjctl.model.app import with_full_names
from kobjctl.model.coverage import Point, WorkflowCoverage
from kobjctl.model.errors import UsageError
from kobjctl.model.run import StepLog
from kobjctl.model.scenario import Scenario, ScenarioResult
from kobjctl.model.values import JsonObject, JsonPath
from kobjctl.model.workflow import Workflow
from kobjctl.testing.coverage.spots import spots_of
from kobjctl.testing.scenarios.reading import ScenarioFile

_TRIGGER: Final[JsonPath] = ("trigger",)


class Counts:
    """How often the points of one workflow were covered, and in how many runs."""

    def __init__(self) -> None:
        self.runs = 0
        self.hits: Counter[Point] = Counter()

    def add(self, workflow: Workflow, steps: Iterable[StepLog]) -> None:
        """Count a run by its log, without the steps that it has from an earlier run."""
        # Of several steps with one id, the last is the one that runs.
        places = {step.id: ("steps", index) for index, step in enumerate(workflow.steps)}
        self.runs += 1
        for log in steps:
            at = _TRIGGER if log.sequence == 1 else places.get(log.step_id)
            if at and not log.taken_over:
                self.hits.update(_taken(log, at))


def _taken(log: StepLog, at: JsonPath) -> Iterator[Point]:
    yield Point(at)
    for index, decision in enumerate(log.decisions):
        # Transitions are looked at in their order, so the first decision is of the first of them.
        way = (*at, "errorCases" if "onError" in decision else "transitions", index)
        if decision["holds"]:
            yield Point(way)
        yield from _sides(decision, (*way, "condition"))


def _sides(decision: JsonObject, at: JsonPath) -> Iterator[Point]:
    yield Point(at, decision["holds"])
    for index, part in enumerate(decision.get("parts", ())):
        yield from _sides(part, (*at, "values", index))


# The file of a workflow, whatever way led to it, and the workflow's name.
WorkflowKey: TypeAlias = tuple[str, str]


def key_of(part: Definition) -> WorkflowKey:
    """Tell a workflow of a file from all others."""
    return str(Path(part.document.path).resolve()), part.body["name"]


def coverage_of(
    parts: Iterable[Definition], counts: Mapping[WorkflowKey, Counts]
) -> tuple[WorkflowCoverage, ...]:
    """Return the coverage of workflows, sorted by file and place; what is there twice comes
    once.
    """
    found = {key_of(part): part for part in parts}
    covered = [_coverage(part, counts.get(key, Counts())) for key, part in found.items()]
    return tuple(sorted(covered, key=lambda each: (each.file, each.span)))


def _coverage(part: Definition, counts: Counts) -> WorkflowCoverage:
    workflow = Workflow.from_document(with_full_names(part.body, part.names))
    hook = part.body["trigger"].get("hook")
    if hook and not workflow.event_name:
        # A drawing names what starts it; the name of its event is the org's business.
        workflow = workflow._replace(event_name=f"hook {hook}")
    return WorkflowCoverage(
        workflow,
        from_here(part.document.path),
        part.span("name"),
        counts.runs,
        spots_of(part, workflow, counts.hits),
    )


class CoverageProject:
    """What scenarios are to cover.

    The workflows are those of `sources`, files and folders. Where there are none, they are those
    that the scenario files name as their workflows (of a file that names none, all that it takes
    in), and all others in the `folders` that were searched for scenarios. Raises UsageError for a
    source that is no file or folder of workflows.
    """

    def __init__(
        self,
        files: Iterable[ScenarioFile],
        folders: Iterable[Path] = (),
        sources: Iterable[Path] = (),
    ) -> None:
        self._files = {file.path: file for file in files}
        self._parts: dict[Path, list[Definition]] = {}
        wanted = workflow_files(sources)
        if not wanted:
            wanted = [path for file in self._files.values() for path in _tested(file)]
            for folder in folders:
                with suppress(UsageError):
                    wanted += workflow_files([folder])
        self._wanted = [part for path in wanted for part in self._parts_of(path)]

    def of(self, results: Iterable[ScenarioResult]) -> tuple[WorkflowCoverage, ...]:
        """Return what scenarios covered, with the workflows that nothing ran."""
        counts: defaultdict[WorkflowKey, Counts] = defaultdict(Counts)
        for result in results:
            keys = self._keys(result.scenario)
            for run in result.runs:
                counts[keys[run.workflow.name]].add(run.workflow, run.report.steps)
        return coverage_of(self._wanted, counts)

    def _keys(self, scenario: Scenario) -> dict[str, WorkflowKey]:
        """Return the workflows that a scenario may run by their names."""
        paths = workflow_files(self._files[scenario.file].definitions_of(scenario))
        return {part.body["name"]: key_of(part) for path in paths for part in self._parts_of(path)}

    def _parts_of(self, path: Path) -> list[Definition]:
        own = path.resolve()
        if own not in self._parts:
            self._parts[own] = [*read_files([path]).parts("workflows")]
        return self._parts[own]


def _tested(file: ScenarioFile) -> list[Path]:
    """Return the files of the workflows that a scenario file is about."""
    named = [name for _, name in file.workflows]
    if named:
        return workflow_files(map(file.near, named))
    every = {path for each in file.scenarios for path in file.definitions_of(each)}
    return workflow_files(sorted(every))
