"""What OLD and NEW mean: a workflow of the org, or what a file or folder would make of the org."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from kobjctl.app.definitions import apply, workflows
from kobjctl.app.definitions.step_names import Names, renamed_steps
from kobjctl.app.definitions.workflow_sides import is_file
from kobjctl.model.errors import UsageError
from kobjctl.model.workflow import Workflow
from kobjctl.store.org import Org


class VersionOrg(NamedTuple):
    """A version: the copy of the org that it has for itself, and the names of its workflows.

    `label` says where it is from. `is_org` tells that it is the org as it is.
    """

    label: str
    org: Org
    names: tuple[str, ...]
    is_org: bool


class WorkflowPair(NamedTuple):
    """A workflow of both versions; `name` is what both are called, `renamed` has the new ids of
    steps, by the old ones, that differ in nothing else.
    """

    name: str
    old: Workflow
    new: Workflow
    renamed: Names


class Versions(NamedTuple):
    """Both versions. `names` has what a workflow of the new version is called, where that is the
    name that it has in the old one; `notes` are to be said.
    """

    old: VersionOrg
    new: VersionOrg
    pairs: tuple[WorkflowPair, ...]
    names: Mapping[str, str]
    notes: tuple[str, ...]

    def name(self, workflow: str) -> str:
        """Return what both versions call a workflow of the new one."""
        return self.names.get(workflow, workflow)


def set_up(references: tuple[str, str], orgs: tuple[Org, Org]) -> Versions:
    """Make a copy of the org what each version makes of it.

    A version is the name of a workflow of the org, or a file or folder that is loaded. Workflows
    with the same name are versions of each other, and so are the only ones that are left. Raises
    UnknownNameError or UsageError for what is none, FileProblemsError for a broken file.
    """
    sides = [_load(*each) for each in zip(references, orgs, strict=True)]
    old, new = sides
    names = _paired(old, new)
    notes = [*_put_in_place(old, new, names)]
    for side, other in ((old, new), (new, old)):
        if not (side.is_org or other.is_org):
            _switch_off(side, set(other.names) - set(side.names) - {*names, *names.values()})
    pairs = tuple(_pair(old, new, *each) for each in names.items())
    shown = {name: each for name, each in names.items() if name != each}
    return Versions(old, new, pairs, shown, tuple(dict.fromkeys(notes)))


def _load(reference: str, org: Org) -> VersionOrg:
    path = Path(reference)
    if not (is_file(org.store, path, reference) or os.path.isdir(path)):  # noqa: PTH112 - as in is_file
        workflow = workflows.get(org.store, reference)
        label = f"{workflow.name} rev {workflow.rev}"
        return VersionOrg(label, org, (workflow.name,), is_org=True)
    files = apply.read([path], org.store)
    apply.load(org, files)
    names = tuple(dict.fromkeys(part.body["name"] for part in files.parts("workflows")))
    if not names:
        raise UsageError(f'"{reference}" defines no workflow', hint="kobjctl diff --help")
    return VersionOrg(reference, org, names, is_org=False)


def _paired(old: VersionOrg, new: VersionOrg) -> dict[str, str]:
    """Return the names of workflows in the old version by those in the new one."""
    names = {name: name for name in new.names if name in old.names}
    left = [name for name in old.names if name not in names]
    coming = [name for name in new.names if name not in names]
    if len(left) == len(coming) == 1 and not names:
        names[coming[0]] = left[0]
    if not names:
        raise UsageError(
            f"no workflow is in both: {old.label} has {', '.join(old.names)},"
            f" {new.label} has {', '.join(new.names)}",
            hint="give both versions the same name",
        )
    return names


def _put_in_place(old: VersionOrg, new: VersionOrg, names: Mapping[str, str]) -> Iterator[str]:
    """Let the workflows that are compared run, each on its side alone; yield what is to be said."""
    for new_name, old_name in names.items():
        if new_name != old_name:
            _replace(new.org, old_name, new_name)
            _switch_off(old, {new_name})
        for side, name in ((old, old_name), (new, new_name)):
            if _here(side, name, old_name).enabled:
                continue
            workflows.set_enabled(side.org, _here(side, name, old_name).name, enabled=True)
            yield f'workflow "{name}" of {side.label} is disabled; it is compared anyway'


def _replace(org: Org, old_name: str, new_name: str) -> None:
    """Put a workflow in the place of that of the old name, with what the org has for it."""
    store = org.store.workflows
    place, workflow = store.get(old_name), store.get(new_name)
    if place is None or workflow is None:
        return
    document = {**workflow.document, "name": old_name}
    changed = Workflow.from_document(
        document, workflow_id=place.id, enabled=workflow.enabled, rev=place.rev + 1
    )
    with org.store.transaction():
        store.replace(changed, org.now())
        store.replace(workflow._replace(enabled=False), org.now())


def _switch_off(side: VersionOrg, names: set[str]) -> None:
    for name in names:
        if side.org.store.workflows.get(name):
            workflows.set_enabled(side.org, name, enabled=False)


def _here(side: VersionOrg, name: str, old_name: str) -> Workflow:
    """Return a workflow under the name that it runs by."""
    return side.org.store.workflows.get(old_name) or workflows.get(side.org.store, name)


def _pair(old: VersionOrg, new: VersionOrg, new_name: str, name: str) -> WorkflowPair:
    before, after = workflows.get(old.org.store, name), _here(new, new_name, name)
    renamed = renamed_steps(before.document["steps"], after.document["steps"])
    return WorkflowPair(name, before, after, renamed)
