"""What an action is: a name, declared params, an output, and the function that performs it."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from inspect import cleandoc
from typing import Any, Final, NamedTuple, Protocol, TypeAlias, get_type_hints

from kobjctl.model.record import flatten
from kobjctl.model.values import JsonObject
from kobjctl.records.context import RunContext
from kobjctl.records.events import ResourceRecord
from kobjctl.records.fields import Declaration, Field, Fields, declared_by, either


class Performer(Protocol):
    """What a step performs: an action of the platform, or one that an app defines."""

    @property
    def remote(self) -> bool:
        """Return whether performing leaves the machine."""

    @property
    def lookup(self) -> bool:
        """Return whether performing only reads."""

    def fit(self, params: JsonObject) -> tuple[JsonObject, list[str]]:
        """Return resolved params as their declared types, and warnings; raises BadParamError."""

    def perform(self, params: JsonObject, context: RunContext) -> tuple[JsonObject, list[str]]:
        """Act with params that fit; return the output and warnings."""


def carry_out(
    action: Performer, params: JsonObject, context: RunContext
) -> tuple[JsonObject, list[str]]:
    """Act with resolved params; return the output and warnings."""
    fitted, warnings = action.fit(params)
    output, more = action.perform(fitted, context)
    return output, [*warnings, *more]


class ResultWithWarnings(NamedTuple):
    """A result with something to say beside it."""

    result: ResourceRecord | JsonObject | None
    warnings: list[str]


NOTHING_FOUND: Final = "the lookup finds nothing (not confirmed by public sources)"

Result: TypeAlias = ResourceRecord | JsonObject | ResultWithWarnings | None
Output: TypeAlias = Mapping[str, str]


class Action:
    """An action of the platform, as one table entry.

    `declare` gives what its params are, the first time that somebody asks; the function gets those
    that are given. `output` names the fields of its output with their types. A `lookup` whose
    required params resolved to nothing finds nothing, and it only reads; any other action refuses.
    A `remote` action leaves the machine, so the run is committed before it. `confirmed` tells that
    public sources of the platform show the name, `params_confirmed` that they show the names of
    its params. One that is `stub_only` fails on this machine, whatever it is given.
    """

    def __init__(  # noqa: PLR0913 - an action's facts
        self,
        name: str,
        declare: Callable[[], Declaration],
        function: Callable[[dict[str, Any], RunContext], Result],
        *,
        label: str,
        explanation: str,
        output: Output,
        lookup: bool = False,
        remote: bool = False,
        confirmed: bool = True,
        params_confirmed: bool = True,
        stub_only: bool = False,
    ) -> None:
        self.name = name
        self.label = label
        self.output = output
        self.lookup = lookup
        self.remote = remote
        self.confirmed = confirmed
        self.params_confirmed = params_confirmed
        self.stub_only = stub_only
        self.help = cleandoc(explanation)
        self._declare = declare
        self._function = function

    @property
    def params(self) -> Sequence[Field]:
        """The declared parameters, in their order."""
        return self._declaration.fields

    @property
    def needs_one(self) -> tuple[str, ...]:
        """The parameters of which one at least must be given; empty where there are none."""
        return self._declaration.needs_one

    def fit(self, params: JsonObject) -> tuple[JsonObject, list[str]]:
        """Return resolved params as their declared types, and warnings.

        Raises BadParamError for one that can't be of its type.
        """
        return (params, []) if self.stub_only else self._declaration.fit(params)

    def perform(self, params: JsonObject, context: RunContext) -> tuple[JsonObject, list[str]]:
        """Act with params that fit, and return the flattened output with warnings.

        Raises BadParamError for a missing or unfitting param, and whatever the action raises.
        """
        if self.stub_only:
            self._function(params, context)
        if self.lookup and (lacking := self._declaration.lacking(params)):
            return {}, [f"the parameter {either(lacking)} is missing: {NOTHING_FOUND}"]
        self._declaration.refuse_lack(params)
        result = self._function(self._declaration.read(params), context)
        warnings: list[str] = []
        if isinstance(result, ResultWithWarnings):
            result, warnings = result
        if result is None or isinstance(result, dict):
            return result or {}, warnings
        return flatten(result.resource(context.org.store.org_id)), warnings

    @cached_property
    def _declaration(self) -> Declaration:
        return self._declare()


def action(
    name: str, *, label: str, output: Output, **facts: bool
) -> Callable[[Callable[[Any, RunContext], Result]], Action]:
    """Make a function an action: the annotation of its `params` is the class that declares them.

    `facts` are `lookup`, `remote`, `confirmed` and `params_confirmed`, see `Action`.
    """

    def declare(function: Callable[[Any, RunContext], Result]) -> Action:
        declared: type[Fields] = get_type_hints(function)["params"]
        return Action(
            name,
            partial(declared_by, declared),
            lambda values, context: function(declared(**values), context),
            label=label,
            output=output,
            explanation=function.__doc__ or "",
            **facts,
        )

    return declare
