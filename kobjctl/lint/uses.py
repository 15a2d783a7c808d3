"""The values that an expression uses: the paths of references, functions and templates; and the
functions that texts call, `/#fn:<name>,<path>,<argument>`, taken apart.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from kobjctl.expressions.references import FUNCTION_MARK, MARK, split_reference
from kobjctl.lint.texts import PlacedText, Use

if TYPE_CHECKING:
    from kobjctl.expressions.functions import Function
    from kobjctl.expressions.handlebars import Template


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


ROOTS: Final = ("steps", "variables", "error")


def uses(at: PlacedText, template: "Template | None" = None) -> Iterator[Use]:
    """Yield the paths that a text uses, which may be a `template`; none for a literal."""
    text = at.text
    if text.startswith(FUNCTION_MARK):
        yield from _of_function(at)
    elif text.startswith(MARK):
        segments = split_reference(text)
        yield Use(
            at=at,
            kind="reference",
            segments=segments,
            start=len(MARK),
            end=len(text),
            guarded=at.guarded,
        )
    elif template:
        # Handlebars would be a tenth of the start, and most files have no template.
        from kobjctl.lint.template_uses import template_uses  # noqa: PLC0415

        yield from template_uses(at, template.tree)


def _of_function(at: PlacedText) -> Iterator[Use]:
    _, name, known, path, _ = function_of(at)
    if known is None or not path or path.startswith(MARK) or "." not in path:
        return
    start = len(FUNCTION_MARK) + len(name) + 1
    guarded = at.guarded or known.may_miss
    yield Use(
        at=at,
        kind="function",
        segments=tuple(path.split(".")),
        start=start,
        end=start + len(path),
        guarded=guarded,
        name=name,
    )
