"""The orgs that scenarios start from: what files define, loaded once and copied for each."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from kobjctl.app.definitions import apply
from kobjctl.app.org.conditions import settled_org
from kobjctl.files.document import Document
from kobjctl.files.reader import workflow_files
from kobjctl.http.stubs import Stubs
from kobjctl.lint.project.files import read_files
from kobjctl.lint.validation import judge
from kobjctl.model.errors import KobjctlError
from kobjctl.model.problem import FileProblemsError, Problem, Span
from kobjctl.model.scenario import Scenario
from kobjctl.model.workflow import Workflow
from kobjctl.store.opening import MEMORY
from kobjctl.store.store import Store
from kobjctl.store.text import encode
from kobjctl.testing.scenarios.reading import ScenarioFile, apps_of, given_parts

# When no scenario says otherwise, it is this time.
NOW: Final = "2026-01-01T00:00:00.000Z"

_ORG_ID: Final = "0" * 23 + "1"
_NOTHING_TO_RUN: Final = (
    "no workflow is named that could be run",
    "name its file: `workflow: ../order.yaml`; what else it needs stands in `given.apps`",
)
_INLINE: Final = ("klasses", "hooks")


class StartOrg(NamedTuple):
    """The org that scenarios start from. `workflows` has all of it by their names; those in `own`
    are of the files that the scenario file names as its workflows.
    """

    image: bytes
    workflows: Mapping[str, Workflow]
    own: tuple[str, ...]
    plans: dict[tuple[str, int], Any]

    @property
    def tested(self) -> list[Workflow]:
        """The workflows that the scenarios are about: all, where none is named."""
        return [self.workflows[name] for name in self.own or self.workflows]


class StartOrgs:
    """Makes the orgs that scenarios start from, each once; keeps the stubs that were read, too."""

    def __init__(self) -> None:
        self.stubs: dict[tuple[str, int | None], Stubs] = {}
        self._starts: dict[tuple[tuple[Path, ...], str], StartOrg] = {}

    def start(self, file: ScenarioFile, scenario: Scenario) -> StartOrg:
        """Return the org that a scenario starts from; raises FileProblemsError."""
        inline = [
            document
            for document in (file.document, file.own[scenario.position])
            if any(given_parts(document).get(key) for key in _INLINE)
        ]
        sections = [[document.data["given"].get(key) for key in _INLINE] for document in inline]
        key = (file.definitions_of(scenario), encode(sections))
        if key not in self._starts:
            self._starts[key] = _load(file, scenario, inline)
        return self._starts[key]


@lru_cache(maxsize=1)
def _empty() -> bytes:
    store = Store.open(MEMORY, org_id=_ORG_ID, now=NOW)
    image = store.image()
    store.close()
    return image


def _load(file: ScenarioFile, scenario: Scenario, inline: list[Document]) -> StartOrg:
    named = _named(file, scenario)
    files = read_files(path for path, _ in named)
    for defined in _inline_of(inline):
        files = files.with_document(defined)
    org = settled_org(Store.from_image(_empty()), NOW, "definitions")
    try:
        applied = apply.load(org, files.with_problems(judge(files, org.store)))
        own = [str(path) for path, is_own in named if is_own]
        names = [
            change.name
            for change in applied.changes
            if change.kind == "workflow" and change.file in own
        ]
        workflows = {workflow.name: workflow for workflow in org.store.workflows.all()}
        if not workflows:
            span = file.document.span(("workflow",))
            raise FileProblemsError([Problem(file.path, span, "", *_NOTHING_TO_RUN)])
        return StartOrg(org.store.image(), workflows, tuple(names), {})
    finally:
        org.store.close()


def _named(file: ScenarioFile, scenario: Scenario) -> list[tuple[Path, bool]]:
    """Return the files that define things, and whether they are the ones with the workflows."""
    named: list[tuple[Path, bool]] = []
    for path, name in file.workflows:
        named += [(each, True) for each in _files(file, file.document.span(path), name)]
    for document in (file.document, file.own[scenario.position]):
        for index, name in enumerate(apps_of(document)):
            place = document.span(("given", "apps", index))
            named += [(each, False) for each in _files(file, place, name)]
    return named


def _files(file: ScenarioFile, span: Span, name: str) -> list[Path]:
    try:
        return workflow_files([file.near(name)])
    except KobjctlError as error:
        raise file.cannot_use(span, error) from error


def _inline_of(documents: Iterable[Document]) -> Iterator[Document]:
    """Yield the klasses and hooks that stand in the scenario file itself."""
    for document in documents:
        for key in _INLINE:
            if document.data["given"].get(key):
                yield document.below("given", key).within(key)
