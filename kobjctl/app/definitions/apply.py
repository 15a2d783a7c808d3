"""Load files into the org: all of them or, when one has an error, none.

Files are judged together: a workflow may name a hook that another file defines.
"""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from kobjctl.app.definitions.load import (
    LoadedChange,
    load_hook,
    load_hook_of,
    load_klass,
    load_workflow,
)
from kobjctl.app.definitions.load_app import load_app, load_part
from kobjctl.files.reader import workflow_files
from kobjctl.files.shapes.sugar import expand
from kobjctl.lint.project.files import Definition, Files, read_files
from kobjctl.lint.validation import judge
from kobjctl.model.app import with_full_names
from kobjctl.model.errors import KobjctlError, UnknownNameError
from kobjctl.model.problem import Problem, Severity, in_order
from kobjctl.model.values import JsonObject, JsonPath
from kobjctl.store.org import Org
from kobjctl.store.store import Store

LOADED: Final = "loaded"


class ApplyReport(NamedTuple):
    """What loading did, object by object, and the problems found on the way; `left_out` counts
    the objects that could not be loaded.
    """

    changes: tuple[LoadedChange, ...]
    problems: tuple[Problem, ...]
    left_out: int = 0

    def of(self, severity: Severity) -> tuple[Problem, ...]:
        """Return the problems of a severity: only `force` loads a file with errors, and notes tell
        what nobody can know.
        """
        return tuple(each for each in self.problems if each.severity == severity)


def apply(org: Org, paths: Iterable[Path | str]) -> ApplyReport:
    """Load workflow and app files, and folders of them: `read`, then `load`."""
    return load(org, read(paths, org.store))


def read(paths: Iterable[Path | str], store: Store | None = None) -> Files:
    """Read files and folders, and judge them; `store` is of the org that they are meant for.

    Raises UsageError for a path that is none.
    """
    files = read_files(workflow_files(paths))
    return files.with_problems(judge(files, store))


def load(org: Org, files: Files, *, force: bool = False) -> ApplyReport:
    """Write what files define into the org.

    Raises FileProblemsError with every problem of every file when one is an error, and then
    nothing is loaded. With `force`, all is loaded that has its shape and that the org takes.
    """
    if not force:
        files.refuse_errors(LOADED)
    loading = _DefinitionLoader(files)
    with org.store.transaction():
        loading.each("klasses", lambda part: load_klass(org, part))
        loading.each("hooks", lambda part: load_hook(org, part))
        actions, triggers = org.store.app_actions, org.store.app_triggers
        loading.each("actions", partial(load_part, org, actions, "action", "name"))
        loading.each("triggers", partial(load_part, org, triggers, "trigger", "eventName"))
        loading.each("workflows", lambda part: load_hook_of(org, part))
        loading.each("workflows", lambda part: _load_workflow(org, part))
        loading.each("apps", lambda part: load_app(org, part))
        if not force:
            files.refuse_errors(LOADED)
    left_out = len(loading.refused) + files.unreadable
    return ApplyReport(tuple(loading.changes), tuple(in_order(files.problems)), left_out)


class _DefinitionLoader:
    """Loads objects of files; what refuses one is a problem at its place."""

    def __init__(self, files: Files) -> None:
        self.changes: list[LoadedChange] = []
        self.refused: set[tuple[str, JsonPath]] = set()
        self._files = files

    def each(
        self, kind: str, load: Callable[[Definition], LoadedChange | list[LoadedChange] | None]
    ) -> None:
        """Load the objects of a kind of which nothing has been refused so far."""
        for part in self._files.parts(kind):
            if self._is_refused(part):
                continue
            try:
                changed = load(part)
            except _PlacedError as placed:
                problem = part.problem(placed.path, placed.code, placed.error)
            except KobjctlError as error:
                problem = part.problem(("name",), "WF105", error)
            else:
                self.changes += changed if isinstance(changed, list) else filter(None, [changed])
                continue
            self._files.problems.append(problem)
            self.refused.add((part.document.path, part.path))

    def _is_refused(self, part: Definition) -> bool:
        """Return whether the object, or one of those it holds as an app does, was refused."""
        size = len(part.path)
        return any(
            file == part.document.path and path[:size] == part.path for file, path in self.refused
        )


class _PlacedError(Exception):
    """An error that belongs to a path within the object."""

    def __init__(self, path: tuple[str, ...], code: str, error: KobjctlError) -> None:
        super().__init__(error.message)
        self.path, self.code, self.error = path, code, error


def _load_workflow(org: Org, part: Definition) -> LoadedChange:
    def event_name_of(hook_name: str) -> str:
        """Return the name of the event of a hook; raise UnknownNameError if there is none."""
        hook = org.store.hooks.get(hook_name)
        if hook is None:
            error = UnknownNameError(
                "hook",
                hook_name,
                org.store.hooks.names(),
                otherwise="define it under `hooks` in a file",
            )
            raise _PlacedError(("trigger", "hook"), "WF601", error)
        return hook.event_name

    document: JsonObject = expand(with_full_names(part.body, part.names), event_name_of)
    return load_workflow(org, part, document)
