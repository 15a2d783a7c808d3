"""How the codes of problems are explained."""

from collections.abc import Iterator, Sequence

from kobjctl.cli.output.blocks import (
    Block,
    Column,
    EmptyLine,
    Line,
    Table,
    Text,
    View,
    heading,
    name,
    styled,
    text,
)
from kobjctl.cli.views.problem import STYLES
from kobjctl.files.explanation import Explanation
from kobjctl.model.values import Json


def explanation_list(explanations: Sequence[Explanation]) -> View:
    """List codes, a line for each."""
    columns = (
        Column("code", keep=True),
        Column("name", keep=True),
        Column("severity", keep=True),
        Column("rule"),
    )
    rows = [
        (name(each.code), each.name, _severity(each), each.summary.rstrip("."))
        for each in explanations
    ]
    return [each._asdict() for each in explanations], [Table(columns, rows)]


def explanation_views(explanations: Sequence[Explanation], *, one: bool) -> View:
    """Show explanations in full; as JSON an object for one of them, else a list."""
    values: list[Json] = [each._asdict() for each in explanations]
    blocks: list[Block] = []
    for each in explanations:
        blocks += [EmptyLine()] if blocks else []
        blocks += _blocks(each)
    return values[0] if one else values, blocks


def markdown(explanations: Sequence[Explanation]) -> str:
    """Return explanations as a page of a manual."""
    return "\n".join(line for each in explanations for line in _markdown(each))


def _severity(explanation: Explanation) -> Text:
    words = " or ".join(explanation.severities)
    return styled(words, STYLES[explanation.severity])


def _paragraphs(explanation: Explanation) -> list[str]:
    paragraphs = (explanation.summary, *explanation.text.split("\n\n"))
    return [" ".join(each.split()) for each in paragraphs if each]


def _markdown(explanation: Explanation) -> Iterator[str]:
    yield f"## {explanation.code} {explanation.name}\n"
    yield f"*{' or '.join(explanation.severities).capitalize()}.*\n"
    for paragraph in _paragraphs(explanation):
        yield f"{paragraph}\n"
    for title, files in (("Bad:", explanation.bad), ("Good:", explanation.good)):
        for file in files:
            yield f"{title}\n"
            yield f"```yaml\n{file}```\n"


def _blocks(explanation: Explanation) -> Iterator[Block]:
    title = heading(f"{explanation.code} {explanation.name}")
    yield Line(text(title, " (", _severity(explanation), ")"))
    for paragraph in _paragraphs(explanation):
        yield EmptyLine()
        yield Line(paragraph)
    for kind, files in (("Bad:", explanation.bad), ("Good:", explanation.good)):
        for file in files:
            yield EmptyLine()
            yield Line(heading(kind))
            yield EmptyLine()
            yield from (Line(f"    {line}") for line in file.splitlines())
