"""The tree of a template: what the parser makes and the compiler reads.

`at` is always the offset in the template's text where a node begins.
"""

from __future__ import annotations

from typing import NamedTuple

from kobjctl.model.values import Json, MissingValue


class Path(NamedTuple):
    """A name or path: `a.b`, `../a`, `@index`, `this`.

    `original` is the text it was written as, without the brackets of `[segment literals]`;
    `depth` counts the `../`; `data` tells that it began with `@`.
    """

    at: int
    original: str
    parts: tuple[str, ...]
    depth: int = 0
    data: bool = False


class Literal(NamedTuple):
    """A text, a number, true, false, null (`None`) or undefined (`MISSING`).

    As the head of a tag it is a name, which `original` spells: `{{12}}` looks up "12".
    """

    at: int
    value: Json | MissingValue
    original: str


class Call(NamedTuple):
    """A head with its params and its hash, in the order they were written.

    `nested` tells that it stood in parentheses.
    """

    at: int
    head: Path
    params: tuple[Expression, ...]
    hash: tuple[tuple[str, Expression], ...]
    nested: bool = False


class WhitespaceControl(NamedTuple):
    """Whether a tag has `~` at its beginning and at its end."""

    open: bool = False
    close: bool = False


class Content(NamedTuple):
    """Text between tags: as written, what is left of it, and the sides already trimmed."""

    at: int
    original: str
    text: str
    left_stripped: bool = False
    right_stripped: bool = False


class Comment(NamedTuple):
    """A comment: it prints nothing, but its line may go with it."""

    at: int
    strip: WhitespaceControl


class Mustache(NamedTuple):
    """A tag that prints a value: `{{x}}`, or unescaped `{{{x}}}` and `{{&x}}`."""

    at: int
    call: Call
    escaped: bool
    strip: WhitespaceControl


class Block(NamedTuple):
    """A block: `{{#x}}program{{else}}inverse{{/x}}`; `{{^x}}` has its program as inverse.

    The strips are those of the opening tag, the `{{else}}` and the closing tag.
    """

    at: int
    call: Call
    program: Program | None
    inverse: Program | None
    open_strip: WhitespaceControl
    inverse_strip: WhitespaceControl
    close_strip: WhitespaceControl


class Program(NamedTuple):
    """A run of statements; `chained` marks the one that holds just an `{{else if}}`.

    The body is a list because `whitespace` trims it in place, before anyone else sees it.
    """

    body: list[Statement]
    block_params: tuple[str, ...] = ()
    chained: bool = False


Expression = Path | Literal | Call
Statement = Content | Comment | Mustache | Block
