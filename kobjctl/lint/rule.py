"""What a rule is: a code, a name, a severity and a function that yields places and sentences.

The scope of a rule is one workflow, or the project: all that the files define together.
"""

from collections.abc import Callable, Iterator
from inspect import cleandoc
from typing import TYPE_CHECKING, Final, Generic, NamedTuple, TypeAlias, TypeVar

from kobjctl.lint.project.files import Place
from kobjctl.lint.project.project import ProjectSubject
from kobjctl.lint.subject import Subject
from kobjctl.lint.texts import Use
from kobjctl.model.problem import Severity
from kobjctl.model.values import JsonPath

if TYPE_CHECKING:
    from kobjctl.files.explanation import Explanation


# What a rule looks at that is about any workflow; `topics` has the others.
EVERY: Final = "workflows"

Checked = TypeVar("Checked")
Found = TypeVar("Found")


class RelatedPath(NamedTuple):
    """A second place that a finding has to do with, and what is there."""

    path: JsonPath
    message: str


class Finding(NamedTuple):
    """What a rule found, at a path into the workflow document.

    `message` states the fact and `hint` says what to do; `key` tells that the key at the path is
    meant and not its value, `part` that only a part of a text is (its start and end). A finding
    that is graver or lighter than its rule's others has a `severity` of its own.
    """

    path: JsonPath
    message: str
    hint: str = ""
    key: bool = False
    part: tuple[int, int] | None = None
    related: RelatedPath | None = None
    severity: Severity | None = None


def at_use(use: Use, message: str, hint: str = "", *, severity: Severity | None = None) -> Finding:
    """Return what a rule found at a path that an expression uses."""
    return Finding(use.at.path, message, hint, part=(use.start, use.end), severity=severity)


class ProjectFinding(NamedTuple):
    """What a rule of the project found, at a place in one of its files.

    `related` is a second place, with what is there. A finding that another rule explains has the
    `code` of that one, and one that is graver or lighter than others a `severity` of its own.
    """

    place: Place
    message: str
    hint: str = ""
    related: tuple[Place, str] | None = None
    code: str = ""
    severity: Severity | None = None


class Rule(NamedTuple, Generic[Checked, Found]):
    """A check with its stable code, and with the severity that its findings have; some of those of
    a `mixed` one have the other. What has none of the topics that it is `about` doesn't need it.

    One that looks for the same as another rule is not `explained`: that one is.
    """

    code: str
    name: str
    severity: Severity
    check: Callable[[Checked], Iterator[Found]]
    mixed: bool = False
    explained: bool = True
    about: tuple[str, ...] = (EVERY,)

    @property
    def explanation(self) -> "Explanation":
        """What the docstring of the check says: the rule, why it matters, and examples."""
        from kobjctl.files.explanation import explain  # noqa: PLC0415 - most only judge

        words = cleandoc(self.check.__doc__ or "")
        return explain(self.code, self.name, self.severity, words, mixed=self.mixed)


WorkflowRule: TypeAlias = Rule[Subject, Finding]
ProjectRule: TypeAlias = Rule[ProjectSubject, ProjectFinding]


def rule(  # noqa: PLR0913 - all facts of a rule, and given by name
    code: str,
    name: str,
    *,
    severity: Severity,
    mixed: bool = False,
    explained: bool = True,
    about: tuple[str, ...] = (EVERY,),
) -> Callable[[Callable[[Checked], Iterator[Found]]], Rule[Checked, Found]]:
    """Make a rule of a check function; it stands in a module of its name.

    Raises ValueError for a code that another rule has, as people silence rules by their code.
    """

    def make(check: Callable[[Checked], Iterator[Found]]) -> Rule[Checked, Found]:
        if explained and code in _HOLDERS:
            raise ValueError(f'{code} is the code of "{_HOLDERS[code]}"; give "{name}" another')
        _HOLDERS[code] = name
        return Rule(
            code=code,
            name=name,
            severity=severity,
            check=check,
            mixed=mixed,
            explained=explained,
            about=about,
        )

    return make


_HOLDERS: Final[dict[str, str]] = {}
