"""Join what the tags of a program print, and add numbers where handlebars.js adds them.

handlebars.js makes `{{{a}}}{{{b}}}` the JavaScript `a + b`: with 1 and 2 it prints 3, while
`{{a}}{{b}}` and `{{{a}}} {{{b}}}` print what one expects. Templates of the platform are real
Handlebars, so we do the same, and warn. Most programs can't get there, which is known before
they are rendered.
"""

from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import pairwise, takewhile
from typing import Any, Final

from kobjctl.expressions.handlebars.helpers import HELPERS
from kobjctl.expressions.handlebars.scope import Emit, TagScope
from kobjctl.expressions.handlebars.tree import Block, Content, Mustache, Program, Statement
from kobjctl.javascript.coercion import Value, add, text_of

_ADDED: Final = (
    "values side by side in {{{ }}} were added to one number, as in handlebars.js; "
    "put text between them, or use {{ }}"
)


def printing(program: Program) -> list[Statement]:
    """Return the statements of a program that print something."""
    return list(filter(_prints, program.body))


def _prints(statement: Statement) -> bool:
    if isinstance(statement, Content):
        return statement.text != ""
    return isinstance(statement, Mustache | Block)


def adds(statements: Sequence[Statement]) -> bool:
    """Return whether two neighbours may both print a number that is not yet text."""
    numeric = [may_be_number(statement) for statement in statements]
    return any(left and right for left, right in pairwise(numeric))


def may_be_number(statement: Statement) -> bool:
    """Return whether a statement may give a number or boolean and not its text."""
    if isinstance(statement, Mustache):
        return not statement.escaped
    if not isinstance(statement, Block) or statement.call.head.parts[:1] == ("each",):
        return False
    helper = HELPERS.get(statement.call.head.original)
    if helper and helper.kind == "value":
        return True
    programs = (statement.program, statement.inverse)
    return any(_begins_with_number(program) for program in programs if program)


def _begins_with_number(program: Program) -> bool:
    first = next(filter(_prints, program.body), None)
    return first is not None and may_be_number(first)


def joined(parts: Sequence[str | Emit]) -> Emit:
    """Print parts one after the other: texts, and functions that give texts."""
    pieces = [part if isinstance(part, str) else "" for part in parts]
    tags = [(index, part) for index, part in enumerate(parts) if not isinstance(part, str)]
    if not tags:
        text = "".join(pieces)
        return lambda _: text
    if len(parts) == 1:
        return tags[0][1]

    def emit(scope: TagScope) -> str:
        printed = pieces.copy()
        for index, tag in tags:
            printed[index] = tag(scope)
        return "".join(printed)

    return emit


def added(parts: Sequence[str | Emit], alone: Iterable[int]) -> Emit:
    """Print parts one after the other, and add as JavaScript does.

    `alone` are the indexes of the blocks that handlebars.js appends in a statement of their own:
    what stands between two of them is added up before it is appended.
    """
    borders = [*alone, len(parts)]

    def emit(scope: TagScope) -> Any:
        """Return the sum of the parts, as JavaScript's `+` makes it."""
        values = [part if isinstance(part, str) else part(scope) for part in parts]
        addends = [_sum(values[: borders[0]], scope)]
        for border, following in pairwise(borders):
            addends.append(values[border])
            group = values[border + 1 : following]
            if following == len(parts):
                addends += group
            elif group:
                addends.append(_sum(group, scope))
        return _sum(addends, scope)

    return emit


def _sum(values: list[Value], scope: TagScope) -> Value:
    """Add up the numbers that come first; from the first text on, all is text."""
    numbers: list[Any] = list(takewhile(_is_number, values))
    if len(numbers) > 1:
        scope.run.warn_once(_ADDED)
    total: Value = reduce(add, numbers) if numbers else ""
    if len(numbers) == len(values):
        return total
    return text_of(total) + "".join(map(text_of, values[len(numbers) :]))


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float)


def as_text(emit: Emit) -> Emit:
    """Return the text of what a part prints."""
    return lambda scope: text_of(emit(scope))
