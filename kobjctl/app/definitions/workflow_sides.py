"""What the two sides of a comparison mean: a file, or a workflow of the org."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from kobjctl.app.definitions import workflows
from kobjctl.files.shapes.sugar import expand
from kobjctl.lint.project.files import Definition, read_files
from kobjctl.model.app import with_full_names
from kobjctl.model.errors import UsageError
from kobjctl.model.values import JsonObject
from kobjctl.store.store import Store

_SUFFIXES: Final = (".yaml", ".yml", ".json")


class WorkflowSide(NamedTuple):
    """A workflow to compare: `label` says where it is from, `document` has no sugar left."""

    label: str
    document: JsonObject


def sides(store: Store, old: str, new: str) -> tuple[WorkflowSide, WorkflowSide]:
    """Return two workflows, each named as in the org, or the path of a file.

    Of a file that defines several, the one is meant that has the name of the other side. Raises
    UnknownNameError for an unknown name, FileProblemsError for a broken file, UsageError for one
    with no workflow or several.
    """
    first, second = _choices(store, old), _choices(store, new)
    return _chosen(old, first, second), _chosen(new, second, first)


def _choices(store: Store, reference: str) -> list[WorkflowSide]:
    path = Path(reference)
    if not is_file(store, path, reference):
        workflow = workflows.get(store, reference)
        return [WorkflowSide(f"{workflow.name} rev {workflow.rev}", workflows.export(workflow))]
    files = read_files([path])
    files.refuse_errors()
    found = [
        WorkflowSide(f"{part.body['name']} of {reference}", _document(store, part))
        for part in files.parts("workflows")
    ]
    if not found:
        raise UsageError(f'"{reference}" defines no workflow', hint="kobjctl workflow diff --help")
    return found


def is_file(store: Store, path: Path, reference: str) -> bool:
    """Return whether a reference means a file, rather than a workflow of the org."""
    if store.workflows.get(reference):
        return False
    # A name may be too long for a path.
    is_there = os.path.isfile(path)  # noqa: PTH113
    return is_there or path.suffix.lower() in _SUFFIXES or len(path.parts) > 1


def _document(store: Store, part: Definition) -> JsonObject:
    def event_name_of(name: str) -> str:
        hook = store.hooks.get(name)
        return hook.event_name if hook else f"that of hook {name}"

    document: JsonObject = expand(with_full_names(part.body, part.names), event_name_of)
    return document


def _chosen(
    reference: str, choices: Sequence[WorkflowSide], others: Sequence[WorkflowSide]
) -> WorkflowSide:
    names = {side.document["name"]: side for side in choices}
    if len(choices) == 1:
        return choices[0]
    fitting = [name for name in names if name in {side.document["name"] for side in others}]
    if len(fitting) != 1:
        raise UsageError(
            f'"{reference}" defines several workflows: {", ".join(names)}',
            hint="compare with a workflow of the org, or use files with one workflow each",
        )
    return names[fitting[0]]
