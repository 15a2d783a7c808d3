"""What a function is, what it is called with, and the table they are all in.

Source: `manual/platform.md 5.1`.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final, NamedTuple, TypeAlias

from kobjctl.expressions.arity import Arity
from kobjctl.expressions.functions.schedule import BusinessSchedule
from kobjctl.javascript.json_text import json_excerpt
from kobjctl.model.values import Json, MissingValue

SHOWN_LENGTH: Final = 60


class FunctionContext(NamedTuple):
    """What functions take from the world: the time in UTC, a place to warn, business schedules.

    A schedule stands under its id, the org's default one under `""`.
    """

    now: Callable[[], datetime]
    warn: Callable[[str], None]
    schedules: Mapping[str, BusinessSchedule] = MappingProxyType({})


class FunctionCall(NamedTuple):
    """One call of a function: what stands at the path, the path itself, the arguments as text.

    The value is `MISSING` where nothing is at the path, or no path is given (None).
    """

    value: Json | MissingValue
    path: str | None
    arguments: tuple[str, ...]
    context: FunctionContext

    def argument(self, index: int) -> str | None:
        """Return an argument by its place after the path; None where there is none."""
        return self.arguments[index] if index < len(self.arguments) else None

    def warn(self, message: str) -> None:
        """Say something about this call; `{value}` in it stands for the value, cut short."""
        self.context.warn(message.replace("{value}", json_excerpt(self.value, SHOWN_LENGTH)))


Body: TypeAlias = Callable[[FunctionCall], Json | MissingValue]
Parts: TypeAlias = tuple[str | None, tuple[str, ...]]


def split_at_commas(text: str) -> Parts:
    """Split what follows the name into the path and the arguments."""
    path, *arguments = text.split(",")
    return path, tuple(arguments)


def split_at_first_comma(text: str) -> Parts:
    """Split what follows the name into the path and one argument, which may have commas."""
    path, *arguments = text.split(",", 1)
    return path, tuple(arguments)


class Function(NamedTuple):
    """A function: its name, what it does, and how many parts may follow the name.

    `confirmed` tells that public sources of the platform document it. `arity` counts the path
    and the arguments, None is any number. `split` takes apart what follows the name.
    `gives` is the kind of its result, where it is always the same. `may_miss` says that a path
    which leads nowhere is no surprise.
    """

    name: str
    function: Body
    summary: str
    confirmed: bool
    arity: Arity
    examples: tuple[str, ...]
    gives: str = "any"
    split: Callable[[str], Parts] = split_at_commas
    may_miss: bool = False


FUNCTIONS: Final[dict[str, Function]] = {}


def function(
    name: str,
    arity: tuple[int, int | None],
    *examples: str,
    confirmed: bool = True,
    **facts: Any,
) -> Callable[[Body], Body]:
    """Put a function into the table; its docstring is its help.

    `examples` are calls about `app.examples.SAMPLE`, `facts` further fields of `Function`.
    """

    def register(body: Body) -> Body:
        summary = (body.__doc__ or "").strip()
        FUNCTIONS[name] = Function(
            name=name,
            function=body,
            summary=summary,
            confirmed=confirmed,
            arity=Arity(*arity),
            examples=examples,
            **facts,
        )
        return body

    return register
