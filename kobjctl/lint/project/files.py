"""The objects that files define, each with its place."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import Final, NamedTuple

from kobjctl.files.document import Document
from kobjctl.files.reader import read_content, read_document
from kobjctl.files.shapes.checking import file_shape
from kobjctl.files.shapes.forms import at_path, body_of, envelope_of, forms
from kobjctl.model.app import full_name, plain_name
from kobjctl.model.envelope import Envelope
from kobjctl.model.errors import KobjctlError
from kobjctl.model.problem import NOTHING, FileProblemsError, Problem, Span, in_order
from kobjctl.model.values import JsonObject, JsonPath

NO_NAMES: Final[Mapping[str, str]] = {}
# What an app definition brings, as its keys.
COMPONENT_KINDS: Final = ("klasses", "hooks", "workflows", "actions", "triggers")
_NAMES: Final = ("name", "id", "eventName")
_NAMED: Final = (("hooks", "eventName"), ("triggers", "eventName"), ("actions", "name"))


class Place(NamedTuple):
    """A path into a document."""

    document: Document
    path: JsonPath

    @property
    def span(self) -> Span:
        """Where it is in the file."""
        return self.document.span(self.path)


class Definition(NamedTuple):
    """One object of a file: where it stands, what it says, and what is around it.

    `app` names the app that defines it, empty when none does; `names` has the full names of what
    that app calls by short ones.
    """

    document: Document
    path: JsonPath
    body: JsonObject
    envelope: Envelope | None = None
    app: str = ""
    names: Mapping[str, str] = NO_NAMES

    def span(self, *path: str | int) -> Span:
        """Return the place of what is at a path within the object."""
        return self.document.span((*self.path, *path))

    def at(self, *path: str | int) -> Place:
        """Return the place of what is at a path within the object."""
        return Place(self.document, (*self.path, *path))

    def problem(self, path: JsonPath, code: str, error: KobjctlError) -> Problem:
        """Return the problem that an error is, at a path within the object."""
        return Problem(self.document.path, self.span(*path), code, error.message, error.hint)

    def place(self, *path: str) -> str:
        """Name the place of a path within the object: `order.yaml:4`."""
        return f"{self.document.path}:{self.document.span((*self.path, *path)).line}"


class Files:
    """Files that were read, and every problem found in them so far.

    `broken` has, for each document in turn, the paths of what has an error in its shape: nobody
    can work with that.
    """

    def __init__(
        self,
        documents: list[Document],
        problems: list[Problem],
        broken: tuple[frozenset[JsonPath], ...] = (),
    ) -> None:
        self.documents = documents
        self.problems = problems
        self.broken = broken

    def with_problems(self, problems: list[Problem]) -> "Files":
        """Return the same files with these problems."""
        return Files(self.documents, problems, self.broken)

    def with_document(self, document: Document) -> "Files":
        """Return the files with one more document, whose shapes are checked."""
        shape = file_shape(document)
        found = [*document.problems, *shape.problems]
        broken = (*(each for _, each in self._each()), shape.broken)
        return Files([*self.documents, document], [*self.problems, *found], broken)

    def _each(self) -> Iterator[tuple[Document, frozenset[JsonPath]]]:
        """Yield the documents, each with what is broken in it."""
        for index, document in enumerate(self.documents):
            yield document, self.broken[index] if index < len(self.broken) else frozenset()

    def parts(self, kind: str) -> Sequence[Definition]:
        """Return the objects of a kind that have their shape: `klasses`, `hooks`, `workflows`,
        `actions`, `triggers`.

        `apps` are the app definitions as a whole.
        """
        return self._collected.get(kind, ())

    @cached_property
    def _collected(self) -> Mapping[str, Sequence[Definition]]:
        """The objects by their kinds: a walk through all files, taken once."""
        collected: dict[str, list[Definition]] = {}
        for document, broken in self._each():
            for form in forms(document.data):
                if not form.kind or form.path in broken:
                    continue
                part = Definition(
                    document,
                    form.path,
                    body_of(document.data, form),
                    envelope_of(document.data, form),
                )
                if form.kind == "apps":
                    for kind, own in _parts_of_app(part, broken):
                        collected.setdefault(kind, []).append(own)
                else:
                    collected.setdefault(form.kind, []).append(part)
        return collected

    @property
    def broken_names(self) -> frozenset[str]:
        """Return the names, ids and events of the objects that have an error in their shape."""
        return frozenset(
            name
            for document, broken in self._each()
            for path in broken
            for name in _names_of(document, path)
        )

    @property
    def unreadable(self) -> int:
        """Count what nobody can work with: files that can't be read, and broken parts."""
        read = {document.path for document in self.documents}
        files = {problem.file for problem in self.problems} - read
        return len(files) + sum(map(len, self.broken))

    @property
    def has_errors(self) -> bool:
        """Return whether any of the problems is an error."""
        return any(problem.severity == "error" for problem in self.problems)

    def refuse_errors(self, done: str = NOTHING) -> None:
        """Raise FileProblemsError when any of the problems is an error."""
        if self.has_errors:
            raise FileProblemsError(in_order(self.problems), done)


def _parts_of_app(
    part: Definition, broken: frozenset[JsonPath]
) -> Iterator[tuple[str, Definition]]:
    """Yield the objects of an app definition with their kinds, itself among them."""
    app: str = part.body.get("app") or ""
    size = len(part.path)
    if app and all(path[:size] != part.path for path in broken):
        yield "apps", part._replace(app=app)
    names = dict(_short_names(part.body, app))
    for kind in COMPONENT_KINDS:
        place = (*part.path, kind)
        if place not in broken:
            for index, body in enumerate(part.body.get(kind) or ()):
                if (*place, index) not in broken:
                    yield (
                        kind,
                        Definition(part.document, (*place, index), body, app=app, names=names),
                    )


def _names_of(document: Document, path: JsonPath) -> Iterator[str]:
    """Yield what an object is called, of an app also as the platform will call it."""
    body = at_path(document.data, path)
    around = at_path(document.data, path[:-2])
    app = around.get("app") if isinstance(around, dict) else None
    for key in _NAMES:
        name = body.get(key) if isinstance(body, dict) else None
        if isinstance(name, str):
            yield name
            if isinstance(app, str):
                yield plain_name(full_name(app, name))


def _short_names(definition: JsonObject, app: str) -> Iterator[tuple[str, str]]:
    """Yield the names that the platform will lengthen, with what it makes of them."""
    for kind, key in _NAMED:
        components = definition.get(kind)
        for component in components if isinstance(components, list) else ():
            name = component.get(key) if isinstance(component, dict) else None
            if isinstance(name, str) and full_name(app, name) != name:
                yield name, full_name(app, name)


class EditorBuffer(NamedTuple):
    """The content of a file as an editor has it; `name` is that of the file."""

    name: str
    content: bytes


def read_files(paths: Iterable[Path], unsaved: EditorBuffer | None = None) -> Files:
    """Read files and check their shapes; one that can't be read is a problem like any other.

    What is `unsaved` is read in the place of the file of its name, or else after all.
    """
    readers = {os.path.realpath(path): partial(read_document, path) for path in paths}
    if unsaved:
        own = os.path.realpath(unsaved.name)
        readers[own] = partial(read_content, unsaved.content, unsaved.name)
    documents: list[Document] = []
    problems: list[Problem] = []
    broken: list[frozenset[JsonPath]] = []
    for read in readers.values():
        try:
            document = read()
        except FileProblemsError as error:
            problems += error.problems
            continue
        shape = file_shape(document)
        documents.append(document)
        problems += [*document.problems, *shape.problems]
        broken.append(shape.broken)
    return Files(documents, problems, tuple(broken))
