"""Comments in YAML files that silence a problem: `# kobjctl: ignore WF403`.

A comment at the end of a line is about that line, one on a line of its own about the next line
that is none. PyYAML drops comments, so they are looked for in the text, outside of its values.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from kobjctl.files.document import OUR_NAME, Document
from kobjctl.files.places import text_lines
from kobjctl.model.problem import Span
from kobjctl.model.values import every_part

_COMMENT: Final = re.compile(
    r"(?:^|(?<=[ \t]))#[ \t]*kobjctl(?P<colon>:?)[ \t]*(?P<verb>[A-Za-z][\w-]*)"
    r"(?P<words>(?:[ \t,:]+[A-Za-z][\w-]*)*)"
)
_WORD: Final = re.compile(r"[A-Za-z][\w-]*")


class Word(NamedTuple):
    """A word of a comment, and where it is written."""

    text: str
    span: Span


class Silencer(NamedTuple):
    """A comment that silences problems which begin on `line`, or was meant to.

    `verb` is what it tells to do, `words` follow it: the codes or names of rules, and any others
    behind these. `span` is the place of the whole comment; `colon` tells that it is written with
    one.
    """

    line: int
    span: Span
    colon: bool
    verb: Word
    words: tuple[Word, ...]


def silencers(document: Document) -> list[Silencer]:
    """Return the comments of a file that speak to kobjctl."""
    if not document.addresses_us:
        return []
    lines = text_lines(document.text)
    found = [
        (number, comment)
        for number, line in enumerate(lines, 1)
        if OUR_NAME in line
        for comment in _COMMENT.finditer(line)
    ]
    values = _values_on_lines(document) if found else {}
    meant = _meant_lines(lines) if found else []
    return [
        _silencer(meant[number - 1], number, comment)
        for number, comment in found
        if not any(_holds(span, number, comment.start() + 1) for span in values.get(number, ()))
    ]


def _meant_lines(lines: Sequence[str]) -> list[int]:
    """Return the line that a comment on each line is about."""
    meant = [len(lines) + 1]
    for number in range(len(lines), 0, -1):
        meant.append(meant[-1] if lines[number - 1].lstrip().startswith("#") else number)
    return meant[:0:-1]


def _silencer(meant: int, number: int, comment: re.Match[str]) -> Silencer:
    def span(start: int, end: int) -> Span:
        return Span(number, start + 1, number, end + 1)

    start = comment.start("words")
    words = tuple(
        Word(word[0], span(start + word.start(), start + word.end()))
        for word in _WORD.finditer(comment["words"])
    )
    verb = Word(comment["verb"], span(*comment.span("verb")))
    return Silencer(meant, span(*comment.span()), bool(comment["colon"]), verb, words)


def _values_on_lines(document: Document) -> dict[int, list[Span]]:
    by_line: dict[int, list[Span]] = {}
    for span in set(_value_spans(document)):
        for line in range(span.line, span.end_line + 1):
            by_line.setdefault(line, []).append(span)
    return by_line


def _value_spans(document: Document) -> Iterator[Span]:
    """Yield the places of keys, and of values that are no lists or objects."""
    yield from document.key_spans.values()
    for path, value in every_part(document.data):
        if not isinstance(value, dict | list):
            yield document.span(path)


def _holds(span: Span, line: int, column: int) -> bool:
    start, end = (span.line, span.column), (span.end_line, span.end_column)
    return start <= (line, column) < end
