"""The functions that texts call, `/#fn:<name>,<path>,<argument>`, taken apart."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from kobjctl.expressions.references import FUNCTION_MARK
from kobjctl.lint.texts import PlacedText

if TYPE_CHECKING:
    from kobjctl.expressions.functions import Function


class PlacedFunction(NamedTuple):
    """A text that calls a function by a `name`; `known` is None when no function has it.

    `path` is None when there is nothing after the name.
    """

    at: PlacedText
    name: str
    known: "Function | None"
    path: str | None = None
    arguments: tuple[str, ...] = ()

    @property
    def parts(self) -> int:
        """Count the parts after the name."""
        return (self.path is not None) + len(self.arguments)


def functions(texts: Iterable[PlacedText]) -> Iterator[PlacedFunction]:
    """Yield the functions that texts call."""
    for at in texts:
        if at.text.startswith(FUNCTION_MARK):
            yield function_of(at)


def function_of(at: PlacedText) -> PlacedFunction:
    """Take a text apart that begins with the mark of functions."""
    from kobjctl.expressions.functions import FUNCTIONS  # noqa: PLC0415 - most files call none

    name, comma, rest = at.text.removeprefix(FUNCTION_MARK).partition(",")
    known = FUNCTIONS.get(name)
    return PlacedFunction(at, name, known, *(known.split(rest) if known and comma else ()))
