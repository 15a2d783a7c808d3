"""Trim the text around tags as handlebars.js does: `~`, and tags that stand alone on a line.

A block tag, an else or a comment that is alone on its line takes the line with it. Whether it
is alone is judged by the text as written, trimming happens on what is left of it; the two
differ where several rules touch one text, and the order of the rules is that of handlebars.js.
"""

from kobjctl.expressions.handlebars.tree import (
    Block,
    Comment,
    Content,
    Mustache,
    Program,
    Statement,
    WhitespaceControl,
)
from kobjctl.model.unseen import WHITESPACE

Body = list[Statement]


def trim(program: Program) -> Program:
    """Trim the texts of a template, in place."""
    _trim_program(program, root=True)
    return program


def _trim_program(program: Program, *, root: bool = False) -> None:
    body = program.body
    for index, current in enumerate(body):
        if isinstance(current, Mustache):
            _strip_around(body, index, current.strip)
        elif isinstance(current, Comment):
            _trim_comment(body, index, current, root=root)
        elif isinstance(current, Block):
            _trim_block(body, index, current, root=root)


def _trim_comment(body: Body, index: int, comment: Comment, *, root: bool) -> None:
    _strip_around(body, index, comment.strip)
    if _ends_line(body, index, root=root) and _begins_line(body, index, root=root):
        _omit_right(body, index + 1)
        _omit_left(body, index - 1)


def _trim_block(body: Body, index: int, block: Block, *, root: bool) -> None:
    opens_alone, closes_alone = _trim_inside(block)
    _strip_around(body, index, WhitespaceControl(block.open_strip.open, block.close_strip.close))
    first, last = block.program or block.inverse, block.inverse or block.program
    if first and opens_alone and _ends_line(body, index, root=root):
        _omit_right(first.body, 0)
        _omit_left(body, index - 1)
    if last and closes_alone and _begins_line(body, index, root=root):
        _omit_right(body, index + 1)
        _omit_left(last.body, len(last.body) - 1)


def _trim_inside(block: Block) -> tuple[bool, bool]:
    """Trim the programs of a block; tell if its first and its last tag have the line within."""
    for part in (block.program, block.inverse):
        if part:
            _trim_program(part)
    program = (block.program or block.inverse or Program([])).body
    inverse = block.program and block.inverse
    otherwise = _first_of_chain(inverse).body if inverse else program
    alone = _begins_line(program, -1), _ends_line(otherwise, len(otherwise))
    if block.open_strip.close:
        _omit_right(program, 0, multiple=True)
    if inverse and block.inverse_strip.open:
        _omit_left(program, len(program) - 1, multiple=True)
    if inverse and block.inverse_strip.close:
        _omit_right(otherwise, 0, multiple=True)
    if block.close_strip.open:
        _omit_left(otherwise, len(otherwise) - 1, multiple=True)
    if inverse and _ends_line(program, len(program)) and _begins_line(otherwise, -1):
        _omit_left(program, len(program) - 1)
        _omit_right(otherwise, 0)
    return alone


def _first_of_chain(inverse: Program) -> Program:
    """Return the program after the first `{{else}}` of a block, also where that is an else-if."""
    chained = inverse.body[0] if inverse.chained else None
    return chained.program or inverse if isinstance(chained, Block) else inverse


def _ends_line(body: Body, index: int, *, root: bool = False) -> bool:
    """Return whether nothing but a line's beginning is before the statement at `index`."""
    if index == 0:
        return root
    before = body[index - 1]
    if not isinstance(before, Content):
        return False
    text = before.original
    kept = text.rstrip(WHITESPACE)
    return "\n" in text[len(kept) :] or (root and index == 1 and not kept)


def _begins_line(body: Body, index: int, *, root: bool = False) -> bool:
    """Return whether nothing but a line's end is after the statement at `index`."""
    if index + 1 == len(body):
        return root
    after = body[index + 1]
    if not isinstance(after, Content):
        return False
    text = after.original
    kept = text.lstrip(WHITESPACE)
    last = index + 2 == len(body)
    return "\n" in text[: len(text) - len(kept)] or (root and last and not kept)


def _strip_around(body: Body, index: int, strip: WhitespaceControl) -> None:
    if strip.close:
        _omit_right(body, index + 1, multiple=True)
    if strip.open:
        _omit_left(body, index - 1, multiple=True)


def _omit_right(body: Body, index: int, *, multiple: bool = False) -> None:
    """Take the white space from the beginning of a text: all of it, or to the line's end."""
    content = body[index] if index < len(body) else None
    if not isinstance(content, Content) or (content.right_stripped and not multiple):
        return
    if multiple:
        text = content.text.lstrip(WHITESPACE)
    else:
        text = content.text.lstrip(" \t").removeprefix("\r").removeprefix("\n")
    body[index] = content._replace(text=text, right_stripped=text != content.text)


def _omit_left(body: Body, index: int, *, multiple: bool = False) -> None:
    """Take the white space from the end of a text: all of it, or from the line's beginning."""
    content = body[index] if index >= 0 else None
    if not isinstance(content, Content) or (content.left_stripped and not multiple):
        return
    text = content.text.rstrip(WHITESPACE if multiple else " \t")
    body[index] = content._replace(text=text, left_stripped=text != content.text)
