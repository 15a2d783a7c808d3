"""What a helper is, and the table they are all in.

A helper of the kind "value" is a function of what it is `Given` and its values; its result is
printed, or is the value of a `(sub-expression)`. A "test" is the same, and may also open a
block: `{{#eq a b}}same{{else}}different{{/eq}}`. A "block" helper is called once, when the
template is compiled, with the parts of its block, and gives the function that prints it.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final, Literal, NamedTuple

from kobjctl.expressions.arity import Arity
from kobjctl.expressions.handlebars.scope import Body, Lookup

Kind = Literal["value", "test", "block"]
_ASKING: Final = frozenset({"if", "unless"})
_PLAIN: Final = frozenset({"date", "dateDiff", "dateFormat", "math", "numberFormat", "randomId"})


class Helper(NamedTuple):
    """A helper: its name, what it does, how many values it takes, what it may be told by name.

    `confirmed` tells that public sources of the platform document it.
    """

    name: str
    function: Callable[..., Any]
    summary: str
    confirmed: bool
    arity: Arity
    examples: tuple[str, ...]
    kind: Kind = "value"
    options: tuple[str, ...] = ()

    @property
    def asks(self) -> bool:
        """Return whether it asks for its values without needing them."""
        return self.kind == "test" or self.name in _ASKING

    @property
    def is_plain(self) -> bool:
        """Return whether it gives numbers, dates and the like, in which nothing is escaped."""
        return self.kind == "test" or self.name in _PLAIN


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
    *examples: str,
    confirmed: bool = False,
    kind: Kind = "value",
    options: tuple[str, ...] = (),
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Put a function into the table; its docstring is the helper's help.

    `examples` are templates about `app.examples.SAMPLE`.
    """
    arity = Arity(values, values) if isinstance(values, int) else Arity(*values)

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        """Put the function into the table and return it as it is."""
        summary = (function.__doc__ or "").strip()
        HELPERS[name] = Helper(
            name=name,
            function=function,
            summary=summary,
            confirmed=confirmed,
            arity=arity,
            examples=examples,
            kind=kind,
            options=options,
        )
        return function

    return register
