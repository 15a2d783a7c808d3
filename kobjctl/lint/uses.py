"""The values that an expression uses: the paths of references, functions and templates."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from kobjctl.expressions.references import FUNCTION_MARK, MARK, split_reference
from kobjctl.lint.functions import function_of
from kobjctl.lint.texts import PlacedText, Use

if TYPE_CHECKING:
    from kobjctl.expressions.handlebars import Template

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
