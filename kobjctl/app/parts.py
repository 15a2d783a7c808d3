"""The objects that files define, each with its place."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from kobjctl.files.document import Document
from kobjctl.files.forms import body_of, envelope_of, forms
from kobjctl.files.reader import read_document
from kobjctl.files.shapes import check_shape
from kobjctl.model.app_names import full_name
from kobjctl.model.envelope import Envelope
from kobjctl.model.errors import KobjctlError
from kobjctl.model.problem import FileProblemsError, Problem
from kobjctl.model.values import JsonObject, JsonPath

NO_NAMES: Final[Mapping[str, str]] = {}
_NAMED: Final = (("hooks", "eventName"), ("triggers", "eventName"), ("actions", "name"))


class Part(NamedTuple):
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

    def problem(self, path: JsonPath, code: str, error: KobjctlError) -> Problem:
        """Give the problem that an error is, at a path within the object."""
        document = self.document
        span = document.span((*self.path, *path))
        return Problem(document.path, span, code, error.message, error.hint)

    def place(self, *path: str) -> str:
        """Name the place of a path within the object: `order.yaml:4`."""
        return f"{self.document.path}:{self.document.span((*self.path, *path)).line}"


class Files(NamedTuple):
    """Files that were read, and every problem found in them so far."""

    documents: list[Document]
    problems: list[Problem]

    def parts(self, kind: str) -> Iterator[Part]:
        """Yield the objects of a kind: `klasses`, `hooks`, `workflows`, `actions`, `triggers`.

        `apps` are the app definitions as a whole.
        """
        for document in self.documents:
            for form in forms(document.data):
                part = Part(
                    document,
                    form.path,
                    body_of(document.data, form),
                    envelope_of(document.data, form),
                )
                if form.kind == "apps":
                    yield from _parts_of_app(part, kind)
                elif form.kind == kind:
                    yield part

    @property
    def has_errors(self) -> bool:
        """Tell whether any of the problems is an error."""
        return any(problem.severity == "error" for problem in self.problems)

    def refuse_errors(self) -> None:
        """Raise FileProblemsError when any of the problems is an error."""
        if self.has_errors:
            raise FileProblemsError(sorted(self.problems))


def _parts_of_app(part: Part, kind: str) -> Iterator[Part]:
    app: str = part.body.get("app") or ""
    if kind == "apps" and app:
        yield part._replace(app=app)
    names = dict(_short_names(part.body, app))
    for index, body in enumerate(part.body.get(kind) or ()):
        yield Part(part.document, (*part.path, kind, index), body, app=app, names=names)


def _short_names(definition: JsonObject, app: str) -> Iterator[tuple[str, str]]:
    """Yield the names that the platform will lengthen, with what it makes of them."""
    for kind, key in _NAMED:
        for component in definition.get(kind) or ():
            name = component.get(key) if isinstance(component, dict) else None
            if isinstance(name, str) and full_name(app, name) != name:
                yield name, full_name(app, name)


def read_files(paths: Iterable[Path]) -> Files:
    """Read files and check their shapes; one that can't be read is a problem like any other."""
    files = Files([], [])
    for path in paths:
        try:
            document = read_document(path)
        except FileProblemsError as error:
            files.problems.extend(error.problems)
            continue
        files.documents.append(document)
        files.problems.extend([*document.problems, *check_shape(document)])
    return files
