"""What a rule is: a code, a name, a severity and a function that yields places and sentences."""

from collections.abc import Callable, Iterator
from inspect import cleandoc
from typing import Final, NamedTuple, TypeAlias

from kobjctl.lint.subject import Subject
from kobjctl.model.problem import Severity
from kobjctl.model.values import JsonPath


class Related(NamedTuple):
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
    related: Related | None = None
    severity: Severity | None = None


Check: TypeAlias = Callable[[Subject], Iterator[Finding]]


class Rule(NamedTuple):
    """A check with its stable code, and with the severity that its findings have; some of those
    of a `mixed` one have the other.
    """

    code: str
    name: str
    severity: Severity
    check: Check
    mixed: bool = False

    @property
    def explanation(self) -> str:
        """The docstring of the check: the rule, why it matters, and examples."""
        return cleandoc(self.check.__doc__ or "")

    @property
    def summary(self) -> str:
        """The first line of the explanation."""
        return self.explanation.partition("\n")[0]


def rule(
    code: str, name: str, *, severity: Severity, mixed: bool = False
) -> Callable[[Check], Rule]:
    """Make a rule of a check function.

    Raises ValueError for a code that another rule has, as people silence rules by their code.
    """

    def make(check: Check) -> Rule:
        if code in _HOLDERS:
            raise ValueError(f'{code} is the code of "{_HOLDERS[code]}"; give "{name}" another')
        _HOLDERS[code] = name
        return Rule(code, name, severity, check, mixed)

    return make


_HOLDERS: Final[dict[str, str]] = {}
