"""Load files into the org: all of them or, when one has a problem, none.

Files are judged together: a workflow may name a hook that another file defines.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from kobjctl.actions import ACTIONS
from kobjctl.actions.base import World
from kobjctl.app import hooks, klasses
from kobjctl.expressions.operators import OPERATORS
from kobjctl.files.document import Document
from kobjctl.files.reader import read_document, workflow_files
from kobjctl.files.shapes import check_shape, is_workflow
from kobjctl.files.sugar import expand
from kobjctl.lint.linter import problems as lint
from kobjctl.lint.rule import Arity, Known
from kobjctl.model.errors import ConflictError, UsageError, did_you_mean
from kobjctl.model.problem import FileProblemsError, Problem
from kobjctl.model.values import JsonObject, JsonPath
from kobjctl.model.workflow import Workflow

Result = Literal["created", "updated", "unchanged"]


class Change(NamedTuple):
    """What loading did to one object."""

    kind: str
    name: str
    result: Result
    file: str


class Applied(NamedTuple):
    """What loading did, object by object, and the warnings found on the way."""

    changes: tuple[Change, ...]
    warnings: tuple[Problem, ...]


class Part(NamedTuple):
    """One object of a file: where it stands, and what it says."""

    document: Document
    path: JsonPath
    body: JsonObject


def apply(world: World, paths: Iterable[Path | str]) -> Applied:
    """Load workflow and app files, and folders of them.

    Raises FileProblemsError with every problem of every file, and then nothing is loaded;
    UsageError for what can't be read.
    """
    documents, found = _read(workflow_files(paths))
    if any(problem.severity == "error" for problem in found):
        raise FileProblemsError(sorted(found))
    with world.store.transaction():
        changes = [
            *_apply_klasses(world, _parts(documents, "klasses")),
            *_apply_hooks(world, _parts(documents, "hooks")),
        ]
        workflows = list(_parts(documents, "workflows"))
        found += [problem for part in workflows for problem in _judge(part)]
        found += _twice(workflows)
        expanded = [_expanded(world, part, found) for part in workflows]
        if any(problem.severity == "error" for problem in found):
            raise FileProblemsError(sorted(found))
        changes += [
            _apply_workflow(world, part, body)
            for part, body in zip(workflows, expanded, strict=True)
        ]
    return Applied(tuple(changes), tuple(sorted(found)))


def _read(files: Iterable[Path]) -> tuple[list[Document], list[Problem]]:
    documents: list[Document] = []
    found: list[Problem] = []
    for file in files:
        try:
            document = read_document(file)
        except FileProblemsError as error:
            found += error.problems
            continue
        found += [*document.problems, *check_shape(document)]
        documents.append(document)
    return documents, found


def _parts(documents: Iterable[Document], kind: str) -> Iterator[Part]:
    for document in documents:
        if is_workflow(document.data):
            if kind == "workflows":
                yield Part(document, (), document.data)
        else:
            for index, body in enumerate(document.data.get(kind) or ()):
                yield Part(document, (kind, index), body)


def known_names() -> Known:
    """Give the names that rules may look up."""
    return Known(
        actions=frozenset(ACTIONS),
        operators={name: Arity(*operator.values) for name, operator in OPERATORS.items()},
        unconfirmed=frozenset(
            name for name, operator in OPERATORS.items() if not operator.confirmed
        ),
    )


def _judge(part: Part) -> list[Problem]:
    document = part.document
    return lint(
        Workflow.from_document(part.body),
        known_names(),
        lambda path, key: document.span(path, key=key),
        document.path,
        part.path,
    )


def _twice(parts: Iterable[Part]) -> list[Problem]:
    first: dict[str, Part] = {}
    found = []
    for part in parts:
        other = first.setdefault(part.body["name"], part)
        if other is not part:
            place = other.document.span((*other.path, "name"))
            found.append(
                _problem(
                    part,
                    ("name",),
                    "WF206",
                    f'another workflow is called "{part.body["name"]}":'
                    f" {other.document.path}:{place.line}",
                )
            )
    return found


def _expanded(world: World, part: Part, found: list[Problem]) -> JsonObject:
    def event_name_of(hook_name: str) -> str:
        hook = world.store.hooks.get(hook_name)
        if hook is None:
            names = world.store.hooks.names()
            hint = did_you_mean(hook_name, names) or "define it under hooks: in one of the files"
            message = f'no hook is called "{hook_name}"'
            found.append(_problem(part, ("trigger", "hook"), "WF601", message, hint))
            return ""
        return hook.event_name

    return expand(part.body, event_name_of)


def _problem(part: Part, path: JsonPath, code: str, message: str, hint: str = "") -> Problem:
    document = part.document
    return Problem(document.path, document.span((*part.path, *path)), code, message, hint)


def _apply_klasses(world: World, parts: Iterable[Part]) -> Iterator[Change]:
    store = world.store.klasses
    for part in parts:
        wanted = klasses.make(world, part.body)
        klass = store.get(wanted.name)
        if klass is None:
            store.add(wanted)
            yield _change("klass", wanted.name, "created", part)
            continue
        merged = klasses.merge(klass, wanted, world.now())
        if merged != klass:
            store.replace(merged)
        yield _change("klass", klass.name, "unchanged" if merged == klass else "updated", part)


def _apply_hooks(world: World, parts: Iterable[Part]) -> Iterator[Change]:
    store = world.store.hooks
    for part in parts:
        body = part.body
        name = body.get("name") or body["eventName"]
        description = body.get("description") or ""
        hook = store.get(name)
        if hook is None:
            hook = hooks.make(
                world,
                name,
                hook_type=body["type"],
                description=description,
                key=body.get("key") or "",
                event_name=body.get("eventName") or "",
            )
            store.add(hook)
            yield _change("hook", name, "created", part)
            continue
        if hook.type != body["type"]:
            raise UsageError(
                f'hook "{name}" is a {hook.type} hook and can\'t become a {body["type"]} hook',
                hint="give the new hook another name",
            )
        if hook.description != description:
            store.describe(hook, description, world.now())
        same = hook.description == description
        yield _change("hook", name, "unchanged" if same else "updated", part)


def _apply_workflow(world: World, part: Part, document: JsonObject) -> Change:
    store = world.store.workflows
    name = document["name"]
    existing = store.get(name)
    if existing is None:
        workflow = Workflow.from_document(
            document,
            workflow_id=document.get("id") or world.new_id(),
            enabled=document.get("enabled", True),
        )
        taken = store.get(workflow.id)
        if taken:
            raise ConflictError(f'workflow "{taken.name}" has the id {workflow.id} of "{name}"')
        store.add(workflow, world.now())
        return _change("workflow", name, "created", part)
    enabled = document.get("enabled", existing.enabled)
    if existing.document == document and existing.enabled == enabled:
        return _change("workflow", name, "unchanged", part)
    changed = Workflow.from_document(
        document, workflow_id=existing.id, enabled=enabled, rev=existing.rev + 1
    )
    store.replace(changed, world.now())
    return _change("workflow", name, "updated", part)


def _change(kind: str, name: str, result: Result, part: Part) -> Change:
    return Change(kind, name, result, part.document.path)
