"""The objects that files define, each with its place."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from kobjctl.files.document import Document
from kobjctl.files.reader import read_document
from kobjctl.files.shapes import check_shape, is_workflow
from kobjctl.model.errors import KobjctlError
from kobjctl.model.problem import FileProblemsError, Problem
from kobjctl.model.values import JsonObject, JsonPath


class Part(NamedTuple):
    """One object of a file: where it stands, and what it says."""

    document: Document
    path: JsonPath
    body: JsonObject

    def problem(self, path: JsonPath, code: str, error: KobjctlError) -> Problem:
        """Give the problem that an error is, at a path within the object."""
        document = self.document
        span = document.span((*self.path, *path))
        return Problem(document.path, span, code, error.message, error.hint)


class Files(NamedTuple):
    """Files that were read, and every problem found in them so far."""

    documents: list[Document]
    problems: list[Problem]

    def parts(self, kind: str) -> Iterator[Part]:
        """Yield the objects of a kind: `klasses`, `hooks`, `workflows`."""
        for document in self.documents:
            if not is_workflow(document.data):
                for index, body in enumerate(document.data.get(kind) or ()):
                    yield Part(document, (kind, index), body)
            elif kind == "workflows":
                yield Part(document, (), document.data)

    @property
    def has_errors(self) -> bool:
        """Tell whether any of the problems is an error."""
        return any(problem.severity == "error" for problem in self.problems)

    def refuse_errors(self) -> None:
        """Raise FileProblemsError when any of the problems is an error."""
        if self.has_errors:
            raise FileProblemsError(sorted(self.problems))


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
