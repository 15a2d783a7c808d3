"""The coverage of all workflows of some files, with those that nothing ran."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeAlias

from kobjctl.files.source import from_here
from kobjctl.lint.project.files import Definition
from kobjctl.model.app import with_full_names
from kobjctl.model.coverage import WorkflowCoverage
from kobjctl.model.workflow import Workflow
from kobjctl.testing.coverage.counting import Counts
from kobjctl.testing.coverage.spots import spots_of

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
