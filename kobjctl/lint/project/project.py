"""What a workflow is judged against: all that is defined in the files and, if asked, in an org."""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from kobjctl.files.document import Document
from kobjctl.lint.project.files import Files
from kobjctl.model.kinds.limits import Limit
from kobjctl.model.klass import Attribute
from kobjctl.model.values import MISSING, Json, JsonObject, MissingValue

if TYPE_CHECKING:
    from kobjctl.store.store import Store


class KnownParam(NamedTuple):
    """A parameter of an action: its kind in words (`text`, `number`, ...), and its limits.

    A `nullable` one takes null as well, which clears a value.
    """

    kind: str
    required: bool
    limits: tuple[Limit, ...] = ()
    nullable: bool = True


class KnownAction(NamedTuple):
    """An action: its parameters, and the fields of its output with their kinds.

    `is_open` tells that it takes other parameters as well, `sure` that the names of those it has
    are confirmed; a `lookup` only reads, and what is `remote` sends requests. One at least of the
    parameters `needs_one` must be given.
    """

    params: Mapping[str, KnownParam]
    output: Mapping[str, str]
    lookup: bool = False
    is_open: bool = False
    sure: bool = True
    needs_one: tuple[str, ...] = ()
    remote: bool = False


class KnownHook(NamedTuple):
    """A hook: its name, and an example of what it takes, if there is one."""

    name: str
    example: Json | MissingValue = MISSING


class KnownWorkflow(NamedTuple):
    """A workflow that others may set off: its name, what it listens to, the schema of its inputs.

    `schema` is None for one that is not callable. `emits` has the events that each of its runs
    sets off, with the step that does.
    """

    name: str
    event_name: str
    schema: JsonObject | None = None
    emits: Mapping[str, str] = MappingProxyType({})


class Project(NamedTuple):
    """Everything that workflows may name.

    `klasses` has the attributes of each Klass by its name, `hooks` each hook by its event name,
    `workflows` each workflow by its id, `actions` the platform's and those that apps define,
    `emitted` the names of the events that something of the project publishes, `*` among them when
    one is known only in a run. `hosts` are those that requests may go to, None when nobody has
    said, `stubbed` the actions that stubs answer. `triggers` has the output templates of apps'
    triggers by their events. `broken` has the names of what is defined with a mistake in it, so
    that nothing more is known of it than that it is there. `made` has the klasses that
    steps make. `listening` has the workflows by the events that start them, `apps` the plain
    names of the apps that are defined.
    """

    actions: Mapping[str, KnownAction]
    klasses: Mapping[str, Mapping[str, Attribute]] = MappingProxyType({})
    hooks: Mapping[str, KnownHook] = MappingProxyType({})
    workflows: Mapping[str, KnownWorkflow] = MappingProxyType({})
    emitted: frozenset[str] = frozenset()
    hosts: frozenset[str] | None = None
    stubbed: frozenset[str] = frozenset()
    triggers: Mapping[str, Json] = MappingProxyType({})
    broken: frozenset[str] = frozenset()
    made: frozenset[str] = frozenset()
    listening: Mapping[str, Sequence[KnownWorkflow]] = MappingProxyType({})
    apps: frozenset[str] = frozenset()

    def hook(self, event_name: str, name: str) -> KnownHook | None:
        """Return the hook that emits an event, or that a file calls by its name."""
        by_name = (each for each in self.hooks.values() if name and each.name == name)
        return self.hooks.get(event_name) or next(by_name, None)

    def sends(self, action: str | None) -> bool:
        """Return whether an action sends requests."""
        known = self.actions.get(action) if action else None
        return known is not None and known.remote


class ProjectSubject(NamedTuple):
    """The files with what they define, and what stands beside them.

    `store` is None where no org was named; `stubs` are stub files, `hosts` those that requests
    may go to without them.
    """

    files: Files
    project: Project
    store: "Store | None" = None
    stubs: tuple[Document, ...] = ()
    hosts: Collection[str] = ()
