"""The templates of a workflow, compiled once, with their faults."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from kobjctl.expressions.references import MARK
from kobjctl.lint.texts import PlacedText

if TYPE_CHECKING:
    from kobjctl.expressions.handlebars import Template, TemplateError

TEMPLATE_MARK: Final = "{{"


class PlacedTemplate(NamedTuple):
    """A template with its place; `template` is None, with the `fault`, when it can't be read."""

    at: PlacedText
    template: "Template | None"
    fault: "TemplateError | None" = None


def templates(texts: Iterable[PlacedText]) -> Iterator[PlacedTemplate]:
    """Yield the templates among texts."""
    for at in texts:
        if TEMPLATE_MARK in at.text and not at.text.startswith(MARK):
            yield _compiled(at)


def _compiled(at: PlacedText) -> PlacedTemplate:
    # Loaded by the first template: most files have none.
    from kobjctl.expressions.handlebars import TemplateError, compile_template  # noqa: PLC0415

    try:
        return PlacedTemplate(at, compile_template(at.text))
    except TemplateError as fault:
        return PlacedTemplate(at, None, fault)


def part_of(at: PlacedText, fault: "TemplateError") -> tuple[int, int]:
    """Return the place of a fault within the text: the tag that it is in, else one character."""
    lines = at.text.splitlines(keepends=True)
    start = sum(map(len, lines[: fault.line - 1])) + fault.column - 1
    end = at.text.find("}}", start)
    is_tag = at.text.startswith(TEMPLATE_MARK, start) and end > 0
    return (start, end + 2) if is_tag else (start, min(start + 1, len(at.text)) or 1)
