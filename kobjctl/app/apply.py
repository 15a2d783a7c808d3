"""Load files into the org: all of them or, when one has an error, none.

Files are judged together: a workflow may name a hook that another file defines.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from kobjctl.actions.base import World
from kobjctl.app.load import Change, load_hook, load_hook_of, load_klass, load_workflow
from kobjctl.app.load_app import load_action, load_app, load_trigger
from kobjctl.app.parts import Files, Part, read_files
from kobjctl.app.project import known_actions, project_of
from kobjctl.files.reader import workflow_files
from kobjctl.files.sugar import expand
from kobjctl.lint.linter import problems as judge
from kobjctl.lint.project import Project
from kobjctl.lint.subject import Subject
from kobjctl.model.app_names import full_name, plain_app, plain_name, with_full_names
from kobjctl.model.errors import KobjctlError, UnknownNameError, UsageError
from kobjctl.model.problem import Problem
from kobjctl.model.values import JsonObject
from kobjctl.model.workflow import Workflow

# What must have a name of its own, and the key of that name.
_UNIQUE: Final = (
    ("workflow", "workflows", "name"),
    ("action", "actions", "name"),
    ("trigger", "triggers", "eventName"),
    ("app", "apps", "app"),
)


class Applied(NamedTuple):
    """What loading did, object by object, and the warnings found on the way."""

    changes: tuple[Change, ...]
    warnings: tuple[Problem, ...]


def apply(world: World, paths: Iterable[Path | str]) -> Applied:
    """Load workflow and app files, and folders of them: `read`, then `load`."""
    return load(world, read(paths, world))


def read(paths: Iterable[Path | str], world: World | None = None) -> Files:
    """Read files and folders, and judge them by themselves and by what is in the org, if any.

    Raises FileProblemsError for files that can't be loaded into any; UsageError for a path that
    is none.
    """
    files = read_files(workflow_files(paths))
    files.refuse_errors()
    # Of the org only what apps brought: what else a file needs, it can bring itself.
    project = project_of(files)._replace(actions=known_actions(files, world))
    for part in files.parts("workflows"):
        files.problems.extend(_judge(part, project))
    files.problems.extend(_named_twice(files))
    return files


def load(world: World, files: Files) -> Applied:
    """Write what files define into the org.

    Raises FileProblemsError with every problem of every file, and then nothing is loaded.
    """
    with world.store.transaction():
        changes = [
            *_load(files, "klasses", lambda part: load_klass(world, part)),
            *_load(files, "hooks", lambda part: load_hook(world, part)),
            *_load(files, "actions", lambda part: load_action(world, part)),
            *_load(files, "triggers", lambda part: load_trigger(world, part)),
        ]
        made = (load_hook_of(world, part) for part in files.parts("workflows"))
        changes += [change for change in made if change]
        changes += _load(files, "workflows", lambda part: _load_workflow(world, part))
        for part in files.parts("apps"):
            changes += load_app(world, part)
        files.refuse_errors()
    return Applied(tuple(changes), tuple(sorted(files.problems)))


def _load(files: Files, kind: str, load: Callable[[Part], Change]) -> Iterator[Change]:
    """Load the objects of a kind; what refuses one is a problem at its place."""
    for part in files.parts(kind):
        try:
            yield load(part)
        except _PlacedError as placed:
            files.problems.append(part.problem(placed.path, placed.code, placed.error))
        except KobjctlError as error:
            files.problems.append(part.problem(("name",), "WF105", error))


class _PlacedError(Exception):
    """An error that belongs to a path within the object."""

    def __init__(self, path: tuple[str, ...], code: str, error: KobjctlError) -> None:
        super().__init__(error.message)
        self.path, self.code, self.error = path, code, error


def _load_workflow(world: World, part: Part) -> Change:
    def event_name_of(hook_name: str) -> str:
        hook = world.store.hooks.get(hook_name)
        if hook is None:
            error = UnknownNameError(
                "hook",
                hook_name,
                world.store.hooks.names(),
                otherwise="define it under hooks: in one of the files",
            )
            raise _PlacedError(("trigger", "hook"), "WF601", error)
        return hook.event_name

    document: JsonObject = expand(with_full_names(part.body, part.names), event_name_of)
    return load_workflow(world, part, document)


def _judge(part: Part, project: Project) -> list[Problem]:
    subject = Subject(Workflow.from_document(with_full_names(part.body, part.names)), project)
    return judge(subject, part.document, part.path)


def _named_twice(files: Files) -> Iterator[Problem]:
    for noun, kind, key in _UNIQUE:
        first: dict[str, Part] = {}
        for part in files.parts(kind):
            name = part.body[key]
            other = first.setdefault(_unique_name(kind, part, name), part)
            if other is not part:
                error = UsageError(
                    f'another {noun} is called "{name}": {other.place(key)}',
                    hint="rename one; names are unique in an org",
                )
                yield part.problem((key,), "WF206", error)


def _unique_name(kind: str, part: Part, name: str) -> str:
    """Give what no two objects of a kind may share."""
    if kind == "workflows":
        return name
    return plain_app(name) if kind == "apps" else plain_name(full_name(part.app, name))
