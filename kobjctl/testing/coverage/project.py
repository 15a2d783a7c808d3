"""The workflows that scenarios are to cover, and what they covered of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

from kobjctl.files.reader import workflow_files
from kobjctl.files.source import from_here
from kobjctl.lint.project.files import Definition, read_files
from kobjctl.model.app import with_full_names
from kobjctl.model.coverage import WorkflowCoverage
from kobjctl.model.errors import UsageError
from kobjctl.model.scenario import Scenario, ScenarioResult
from kobjctl.model.workflow import Workflow
from kobjctl.testing.coverage.counting import Counts
from kobjctl.testing.coverage.spots import spots_of
from kobjctl.testing.scenarios.reading import ScenarioFile

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
    head = file.head
    named = [*filter(None, [head.get("workflow")]), *(head.get("workflows") or ())]
    if named:
        return workflow_files(map(file.near, named))
    every = {path for each in file.scenarios for path in file.definitions_of(each)}
    return workflow_files(sorted(every))
