"""Judge files as one project: everything that is wrong with them, sorted, without loading them."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kobjctl.files.document import Document
from kobjctl.files.reader import read_document, workflow_files
from kobjctl.lint.linter import problems as rule_problems
from kobjctl.lint.linter import project_problems
from kobjctl.lint.project.builder import project_of
from kobjctl.lint.project.files import EditorBuffer, Files, read_files
from kobjctl.lint.project.project import ProjectSubject
from kobjctl.lint.subject import Subject
from kobjctl.model.app import with_full_names
from kobjctl.model.problem import Problem, count, in_order
from kobjctl.model.workflow import Workflow

if TYPE_CHECKING:
    from kobjctl.store.store import Store


class ProblemSelection(NamedTuple):
    """Which problems are asked for: those of the codes `select` (all when there is none), but
    not those of the codes `ignore`.
    """

    select: Collection[str] = ()
    ignore: Collection[str] = ()

    def wants(self, problem: Problem) -> bool:
        """Return whether a problem is asked for."""
        if self.select and problem.code not in self.select:
            return False
        return problem.code not in self.ignore


class AllowedReach(NamedTuple):
    """What runs will be allowed: hosts, None where nobody has said; and the actions of stubs.

    `named` are the hosts without those of stubs, `stubs` the stub files, and `problems` the
    warnings found in these.
    """

    hosts: frozenset[str] | None = None
    stubbed: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    stubs: tuple[Document, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_reach(hosts: Collection[str], stubs: Collection[str]) -> AllowedReach:
    """Return what hosts and stub files allow.

    Raises UsageError or FileProblemsError for what is no host or stub file.
    """
    if not (hosts or stubs):
        return AllowedReach()
    from kobjctl.http.hosts import read_hosts  # noqa: PLC0415 - few ask for it
    from kobjctl.http.stubs import Stubs, read_stubs  # noqa: PLC0415 - see above

    read_hosts(hosts)
    named = frozenset(hosts)
    found, warnings = read_stubs(stubs) if stubs else (Stubs(), [])
    documents = tuple(map(read_document, stubs))
    return AllowedReach(named | found.hosts, found.actions, named, documents, tuple(warnings))


class Report(NamedTuple):
    """What was found in files: `files` are their names, `problems` stand in their order."""

    files: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> int:
        """Count the errors."""
        return count(self.problems, "error")

    @property
    def warnings(self) -> int:
        """Count the warnings."""
        return count(self.problems, "warning")

    @property
    def notes(self) -> int:
        """Count the notes."""
        return count(self.problems, "note")

    def fails(self, *, strict: bool) -> bool:
        """Return whether there is an error or, if `strict`, a warning."""
        return any(problem.fails(strict=strict) for problem in self.problems)


def validate(
    paths: Iterable[Path | str],
    selection: ProblemSelection = ProblemSelection(),  # noqa: B008 - it never changes
    *,
    store: "Store | None" = None,
    unsaved: EditorBuffer | None = None,
    reach: AllowedReach = AllowedReach(),  # noqa: B008 - it never changes
) -> Report:
    """Judge files, folders of files, and what is `unsaved`; with that, only its problems count.

    `store` adds what an org knows, `reach` what runs may reach. Raises UsageError for a path that
    is none.
    """
    found = workflow_files(paths)
    files = read_files(found, unsaved)
    problems = [problem for problem in judge(files, store, reach) if selection.wants(problem)]
    names = tuple(sorted(str(path) for path in found))
    if unsaved:
        names = (unsaved.name,)
        problems = [problem for problem in problems if problem.file == unsaved.name]
    return Report(names, tuple(problems))


def judge(
    files: Files,
    store: "Store | None" = None,
    reach: AllowedReach = AllowedReach(),  # noqa: B008 - it never changes
) -> list[Problem]:
    """Return every problem of files, also those found while reading, but not the silenced ones."""
    project = project_of(files, store)._replace(hosts=reach.hosts, stubbed=reach.stubbed)
    problems = list(files.problems)
    for part in files.parts("workflows"):
        workflow = Workflow.from_document(with_full_names(part.body, part.names))
        subject = Subject(workflow, project)
        problems += rule_problems(subject, part.document, part.path)
    problems += reach.problems
    problems += project_problems(ProjectSubject(files, project, store, reach.stubs, reach.named))
    problems = list(_without_lost_values(problems))
    documents = [*files.documents, *reach.stubs]
    if any(document.addresses_us for document in documents):
        from kobjctl.lint.silence import without_silenced  # noqa: PLC0415 - few files do

        return in_order(without_silenced(problems, documents))
    return in_order(problems)


def _without_lost_values(problems: list[Problem]) -> Iterator[Problem]:
    """Yield the problems but those about an empty value whose text a comment has swallowed."""
    lost = {(each.file, each.span.line) for each in problems if each.code == "WF005"}
    for each in problems:
        is_empty = each.span[:2] == each.span[2:]
        if not (is_empty and (each.file, each.span.line) in lost):
            yield each
