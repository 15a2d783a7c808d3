"""What a helper is, and the table they are all in.

A helper of the kind "value" is a function of what it is `Given` and its values; its result is
printed, or is the value of a `(sub-expression)`. A "test" is the same, and may also open a
block: `{{#eq a b}}same{{else}}different{{/eq}}`. A "block" helper is called once, when the
template is compiled, with the parts of its block, and gives the function that prints it.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final, Literal, NamedTuple

from kobjctl.expressions.handlebars.scope import Body, Lookup

Kind = Literal["value", "test", "block"]


class Helper(NamedTuple):
    """A helper: its name, what it does, how many values it takes, what it may be told by name.

    `confirmed` tells that public sources of the platform document it.
    """

    name: str
    function: Callable[..., Any]
    summary: str
    confirmed: bool
    values: tuple[int, int | None]
    kind: Kind = "value"
    options: tuple[str, ...] = ()

    @property
    def arity(self) -> str:
        """Describe how many values it takes: `1 value`, `1 or 2 values`, `at least 1 value`."""
        least, most = self.values
        if most is None:
            return f"at least {least} {'value' if least == 1 else 'values'}"
        if most == 0:
            return "no values"
        noun = "value" if most == 1 else "values"
        return f"{most} {noun}" if least == most else f"{least} or {most} {noun}"

    def takes(self, count: int) -> bool:
        """Return whether it can be called with so many values."""
        least, most = self.values
        return least <= count and (most is None or count <= most)


class BlockParts(NamedTuple):
    """The parts of a block that a block helper works with."""

    values: tuple[Lookup, ...]
    hash: Mapping[str, Lookup]
    body: Body
    inverse: Body


HELPERS: Final[dict[str, Helper]] = {}


def helper(
    name: str,
    values: int | tuple[int, int | None],
    *,
    confirmed: bool = False,
    kind: Kind = "value",
    options: tuple[str, ...] = (),
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Put a function into the table; its docstring is the helper's help."""
    counts = (values, values) if isinstance(values, int) else values

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        """Put the function into the table and return it as it is."""
        summary = (function.__doc__ or "").strip()
        HELPERS[name] = Helper(
            name=name,
            function=function,
            summary=summary,
            confirmed=confirmed,
            values=counts,
            kind=kind,
            options=options,
        )
        return function

    return register
