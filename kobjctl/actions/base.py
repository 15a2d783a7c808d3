"""What an action is, and the world it acts on."""

from collections.abc import Callable, Mapping
from functools import cached_property
from inspect import cleandoc
from math import inf
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol, TypeAlias, get_type_hints

from kobjctl.actions.outbox import Outbox
from kobjctl.actions.params import Param, either, read_params
from kobjctl.model.errors import BadParamError
from kobjctl.model.record import flatten
from kobjctl.model.values import JsonObject, kind_of
from kobjctl.model.web import Web, refuse_every_host

if TYPE_CHECKING:
    # Who only judges actions needs no database.
    from kobjctl.store.store import Store


class StubAnswer(NamedTuple):
    """What a stub gives in place of an action: its output, or why it fails.

    `place` is where the stub stands: `stubs.yaml:3`.
    """

    place: str
    output: JsonObject
    failure: str = ""


Stub: TypeAlias = Callable[[str, JsonObject], StubAnswer | None]


def no_stub(action_name: str, params: JsonObject) -> StubAnswer | None:
    """Leave every action to itself."""
    return None


class World:
    """Everything that comes from outside: the org, the time, chance, the web.

    `now` gives the time as the platform writes it, `tick` the seconds of a clock that only goes
    forward, `new_id` a new object id, `random` a number in [0, 1).
    `web` sends an HTTP request, `stub` may answer in place of an action (its name and resolved
    params). `plans` keeps what the engine compiled, by workflow id and rev. `outbox` has what the
    run under way sets off, `deadline` when by `tick` it has to be over; `timed` tells whether the
    log has durations, which differ each time, `interrupted` that somebody pressed Ctrl-C.
    """

    def __init__(
        self,
        store: "Store",
        *,
        now: Callable[[], str],
        tick: Callable[[], float],
        new_id: Callable[[], str],
        random: Callable[[], float] = lambda: 0.5,
    ) -> None:
        self.store = store
        self.now = now
        self.tick = tick
        self.new_id = new_id
        self.random = random
        self.web: Web = refuse_every_host
        self.stub: Stub = no_stub
        self.plans: dict[tuple[str, int], Any] = {}
        self.deadline = inf
        self.timed = True
        self.interrupted = False
        self.outbox = Outbox(store)

    @property
    def owner(self) -> str:
        """Name this process, as the owner of the runs it works on."""
        return self.store.leases.owner


class Record(Protocol):
    """A record of the org that can be shown as the platform's resource."""

    def resource(self, org_id: str) -> JsonObject:
        """Give the platform's resource."""


class Performer(Protocol):
    """What a step performs: an action of the platform, or one that an app defines."""

    @property
    def remote(self) -> bool:
        """Tell whether performing leaves the machine."""

    @property
    def lookup(self) -> bool:
        """Tell whether performing only reads."""

    def perform(self, given: JsonObject, world: World) -> tuple[JsonObject, list[str]]:
        """Act with resolved params; give the output and warnings."""


class Warned(NamedTuple):
    """A result with something to say beside it."""

    result: Record | JsonObject | None
    warnings: list[str]


NOTHING_FOUND: Final = "nothing is found (a reading: public sources leave it open)"

Result: TypeAlias = Record | JsonObject | Warned | None
Output: TypeAlias = Mapping[str, str]


class Action:
    """An action of the platform, as one table entry.

    `output` names the fields of its output with their types. A `lookup` whose required params
    resolved to nothing finds nothing, and it only reads; any other action refuses. A `remote`
    action leaves the machine, so the run is committed before it. `confirmed` tells that public
    sources of the platform show the name.
    """

    def __init__(  # noqa: PLR0913 - an action's facts
        self,
        name: str,
        function: Callable[[Any, World], Result],
        *,
        label: str,
        output: Output,
        lookup: bool = False,
        remote: bool = False,
        confirmed: bool = True,
    ) -> None:
        self.name = name
        self.label = label
        self.output = output
        self.lookup = lookup
        self.remote = remote
        self.confirmed = confirmed
        self.help = cleandoc(function.__doc__ or "")
        self._function = function
        self._declaration: Any = get_type_hints(function)["params"]

    @cached_property
    def params(self) -> tuple[Param, ...]:
        """Give the declared parameters, in their order."""
        return read_params(self._declaration)

    @property
    def needs_one(self) -> tuple[str, ...]:
        """Give the parameters of which one at least must be given; empty where there are none."""
        one: tuple[str, ...] = self._declaration.needs_one
        return one

    def perform(self, given: JsonObject, world: World) -> tuple[JsonObject, list[str]]:
        """Cast the resolved params, act, and give the flattened output with warnings.

        Raises BadParamError for a missing or unfitting param, and whatever the action raises.
        """
        values, warnings = self._cast(given)
        lacking = self._lacking(given)
        if lacking:
            names = either(lacking)
            if self.lookup:
                nothing = f"the parameter {names} resolved to nothing: {NOTHING_FOUND}"
                return {}, [nothing, *warnings]
            raise BadParamError(f"the parameter {names} is required", parameter=lacking[0])
        result = self._function(self._declaration(**values), world)
        if isinstance(result, Warned):
            warnings += result.warnings
            result = result.result
        if result is None or isinstance(result, dict):
            return result or {}, warnings
        return flatten(result.resource(world.store.org_id)), warnings

    def _cast(self, given: JsonObject) -> tuple[dict[str, Any], list[str]]:
        """Give the params as the declared types, by the names of their fields, and warnings."""
        values: dict[str, Any] = {}
        warnings: list[str] = []
        for name, value in given.items():
            param = self._by_name.get(name)
            if param is None:
                warnings.append(f'the action has no parameter "{name}"; it was left out')
                continue
            fitted = values[param.attribute] = param.cast(value)
            if type(fitted) is not type(value) and kind_of(fitted) != kind_of(value):
                kinds = f"from {kind_of(value)} to {kind_of(fitted)}"
                warnings.append(f'the parameter "{name}" was cast {kinds}')
        return values, warnings

    def _lacking(self, given: JsonObject) -> tuple[str, ...]:
        """Give a required param that is not there, or those of which none is."""
        for name in self._required:
            if given.get(name) is None:
                return (name,)
        one = self.needs_one
        return () if any(given.get(name) is not None for name in one) else one

    @cached_property
    def _required(self) -> tuple[str, ...]:
        return tuple(param.name for param in self.params if param.required)

    @cached_property
    def _by_name(self) -> dict[str, Param]:
        return {param.name: param for param in self.params}


def action(
    name: str, *, label: str, output: Output, **facts: bool
) -> Callable[[Callable[[Any, World], Result]], Action]:
    """Make a function an action: its `params` annotation is the dataclass that declares them.

    `facts` are `lookup`, `remote` and `confirmed`, see `Action`.
    """

    def declare(function: Callable[[Any, World], Result]) -> Action:
        return Action(name, function, label=label, output=output, **facts)

    return declare
