"""The rules, each a module that is named after it, loaded by the first workflow that has what it
looks at: most have no schedules, say, and need no rule about these.

To add one, write its module.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from typing import Final, TypeVar

from kobjctl.lint.rule import ProjectRule, WorkflowRule
from kobjctl.lint.rules.index import INDEX

AnyRule = TypeVar("AnyRule", WorkflowRule, ProjectRule)


class Rules(Iterable[AnyRule]):
    """The rules of one scope in the order of their codes.

    `index` has what each of them is about by its module. A rule that it doesn't have, being new,
    is loaded to be asked.
    """

    def __init__(self, scope: str, index: Mapping[str, tuple[str, ...]]) -> None:
        self._scope = scope
        self._index = index
        self._loaded: dict[str, AnyRule] = {}

    def about(self, topics: Collection[str]) -> Iterator[AnyRule]:
        """Yield the rules that look at any of these topics."""
        for name in self._names:
            about = self._index[name] if name in self._index else self._load(name).about
            if any(topic in topics for topic in about):
                yield self._load(name)

    def __iter__(self) -> Iterator[AnyRule]:
        return iter(sorted(map(self._load, self._names), key=attrgetter("code")))

    @cached_property
    def _names(self) -> Sequence[str]:
        there: set[str] = {
            path.stem for path in Path(__file__).with_name(self._scope).glob("[a-z]*.py")
        }
        known: list[str] = [name for name in self._index if name in there]
        return [*known, *sorted(there.difference(known))]

    def _load(self, name: str) -> AnyRule:
        if name not in self._loaded:
            module = import_module(f"{__name__}.{self._scope}.{name}")
            self._loaded[name] = getattr(module, name)
        return self._loaded[name]


RULES: Final = Rules[WorkflowRule]("workflow", INDEX["workflow"])
PROJECT_RULES: Final = Rules[ProjectRule]("project", INDEX["project"])
