"""Read scenario files: what each holds, and every problem found in them."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from kobjctl.files.document import Document
from kobjctl.files.reader import read_document, scenario_files
from kobjctl.files.shapes.scenario import check_scenarios
from kobjctl.model.errors import KobjctlError
from kobjctl.model.problem import FileProblemsError, Problem, Span, in_order
from kobjctl.model.scenario import Scenario
from kobjctl.model.values import JsonObject, JsonPath


class ScenarioFile(NamedTuple):
    """A file of scenarios that has its shape. `own` has, for each scenario, what the file says of
    it as a document of its own; `document` has all of it.
    """

    document: Document
    scenarios: tuple[Scenario, ...]
    own: tuple[Document, ...]

    @property
    def path(self) -> str:
        """The file as the user wrote it."""
        return self.document.path

    @property
    def head(self) -> JsonObject:
        """What the file says of all its scenarios."""
        head: JsonObject = self.document.data
        return head

    def near(self, name: str) -> Path:
        """Return the path of a file that is named in this one."""
        return Path(self.path).parent / name

    def cannot_use(self, span: Span, error: KobjctlError) -> FileProblemsError:
        """Say at its place why a file that is named in this one can't be used."""
        hint = "paths in a scenario file are relative to its folder"
        return FileProblemsError([Problem(self.path, span, "", error.message, hint)])

    @property
    def workflows(self) -> list[tuple[JsonPath, str]]:
        """The files that it names as those of its workflows, each with the place where it does."""
        one, several = self.head.get("workflow"), self.head.get("workflows") or ()
        return [
            *([(("workflow",), one)] if one else []),
            *((("workflows", index), name) for index, name in enumerate(several)),
        ]

    def definitions_of(self, scenario: Scenario) -> tuple[Path, ...]:
        """Return the files that define what a scenario runs: those of all, and its own."""
        apps = [*apps_of(self.document), *apps_of(self.own[scenario.position])]
        return tuple(map(self.near, [*(name for _, name in self.workflows), *apps]))

    def span(self, scenario: Scenario, path: JsonPath, *, key: bool = False) -> Span:
        """Return the place of what a scenario says at a path."""
        return self.own[scenario.position].span(path, key=key)


class Scenarios(NamedTuple):
    """The scenario files that were read, and what is wrong with these and the others."""

    files: tuple[ScenarioFile, ...]
    problems: tuple[Problem, ...] = ()

    def refuse_problems(self) -> None:
        """Raise FileProblemsError when anything is wrong."""
        if self.problems:
            raise FileProblemsError(list(self.problems), "run")


def read(paths: Iterable[Path | str]) -> Scenarios:
    """Read scenario files, and those of folders; nothing is run.

    Raises UsageError for a path that isn't there or a folder without such files.
    """
    files: list[ScenarioFile] = []
    problems: list[Problem] = []
    for path in scenario_files(paths):
        try:
            files.append(read_file(path))
        except FileProblemsError as error:
            problems += error.problems
    return Scenarios(tuple(files), tuple(in_order(problems)))


def read_file(path: Path | str) -> ScenarioFile:
    """Read one scenario file; raises FileProblemsError with all that is wrong with its shape."""
    return scenario_file(read_document(path))


def scenario_file(document: Document) -> ScenarioFile:
    """Return the scenarios of a document; raises FileProblemsError as `read_file` does."""
    problems = check_scenarios(document)
    if problems:
        raise FileProblemsError(problems)
    own = tuple(document.entries("scenarios"))
    scenarios = tuple(
        Scenario(document.path, index, each.data["name"], each.span(("name",)), each.data)
        for index, each in enumerate(own)
    )
    return ScenarioFile(document, scenarios, own)


def given_parts(document: Document) -> JsonObject:
    """Return what a document says is given."""
    given: JsonObject = document.data.get("given") or {}
    return given


def apps_of(document: Document) -> list[str]:
    """Return the further files that a document says are given."""
    apps: str | list[str] = given_parts(document).get("apps") or []
    return [apps] if isinstance(apps, str) else apps
