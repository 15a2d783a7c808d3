"""Read a template into its tree, by the grammar of handlebars.js 4.7.

One function a rule, each reading ahead by one token. Partials and decorators are refused: a
workflow has neither.
"""

from typing import Final, NamedTuple

from kobjctl.expressions.handlebars.calls import as_path, name_of, read_call, read_head
from kobjctl.expressions.handlebars.cursor import Cursor
from kobjctl.expressions.handlebars.errors import TemplateSource, quoted
from kobjctl.expressions.handlebars.lexer import TemplateToken
from kobjctl.expressions.handlebars.tree import (
    Block,
    Call,
    Comment,
    Content,
    Mustache,
    Program,
    Statement,
    WhitespaceControl,
)
from kobjctl.expressions.handlebars.whitespace import trim

MAX_LENGTH: Final = 100_000

_STATEMENTS: Final = frozenset(
    {
        "COMMENT",
        "CONTENT",
        "OPEN",
        "OPEN_UNESCAPED",
        "OPEN_BLOCK",
        "OPEN_INVERSE",
        "OPEN_RAW_BLOCK",
        "OPEN_PARTIAL",
        "OPEN_DECORATOR",
    }
)
_CLOSERS: Final = {"OPEN": "CLOSE", "OPEN_UNESCAPED": "CLOSE_UNESCAPED"}
# A block that such a word opens is not closed by the same word as a name.
_WORDS: Final = ("NUMBER", "BOOLEAN", "UNDEFINED", "NULL")
_REFUSED: Final = {"OPEN_PARTIAL": "partials", "OPEN_DECORATOR": "decorators"}


class _BlockHead(NamedTuple):
    at: int
    call: Call
    is_word: bool
    params: tuple[str, ...]
    strip: WhitespaceControl


class _Inverse(NamedTuple):
    strip: WhitespaceControl
    program: Program | None


def parse(source: TemplateSource) -> Program:
    """Read a template; raises TemplateError at the first fault."""
    if len(source.text) > MAX_LENGTH:
        raise source.error(0, f"the template is longer than {MAX_LENGTH:,} characters")
    cursor = Cursor(source)
    program = _read_program(cursor, 0)
    if cursor.kind != "EOF":
        raise _stray(cursor)
    return trim(program)


def _stray(cursor: Cursor) -> Exception:
    token = cursor.token
    if token.kind == "OPEN_ENDBLOCK":
        return cursor.error(token.at, "this closing tag has no opening tag")
    if token.kind in ("INVERSE", "OPEN_INVERSE_CHAIN"):
        return cursor.error(token.at, '"else" is only allowed inside a block')
    return cursor.unexpected()


def _read_program(cursor: Cursor, depth: int) -> Program:
    cursor.check_depth(depth)
    body: list[Statement] = []
    while cursor.kind in _STATEMENTS:
        body.append(_read_statement(cursor, depth))
    return Program(body)


def _read_statement(cursor: Cursor, depth: int) -> Statement:
    kind, text, at = cursor.token
    if kind == "CONTENT":
        cursor.take(kind)
        return Content(at, text, text)
    if kind == "COMMENT":
        token = cursor.take(kind)
        return Comment(at, _strip(token, token))
    if kind in _CLOSERS:
        return _read_mustache(cursor, depth)
    if kind in _REFUSED:
        raise cursor.error(at, f"{_REFUSED[kind]} can't be used in a workflow")
    read = _read_raw_block if kind == "OPEN_RAW_BLOCK" else _read_block
    return read(cursor, depth)


def _read_mustache(cursor: Cursor, depth: int) -> Mustache:
    begin = cursor.take(*_CLOSERS)
    call = read_call(cursor, begin.at, depth + 1)
    end = cursor.take(_CLOSERS[begin.kind])
    escaped = begin.kind == "OPEN" and not begin.text.endswith("&")
    return Mustache(begin.at, call, escaped, _strip(begin, end))


def _read_raw_block(cursor: Cursor, depth: int) -> Block:
    begin = cursor.take("OPEN_RAW_BLOCK")
    is_word = cursor.kind in _WORDS
    call = read_call(cursor, begin.at, depth + 1)
    cursor.take("CLOSE_RAW_BLOCK")
    body: list[Statement] = []
    while cursor.kind == "CONTENT":
        token = cursor.take("CONTENT")
        body.append(Content(token.at, token.text, token.text))
    end = cursor.take("END_RAW_BLOCK")
    if is_word or call.head.original != end.text:
        raise _mismatch(cursor, end, call)
    return Block(
        at=begin.at,
        call=call,
        program=Program(body),
        inverse=None,
        open_strip=WhitespaceControl(),
        inverse_strip=WhitespaceControl(),
        close_strip=WhitespaceControl(),
    )


def _read_block(cursor: Cursor, depth: int) -> Block:
    inverted = cursor.kind == "OPEN_INVERSE"
    opening = _read_opening(cursor, depth, "OPEN_INVERSE" if inverted else "OPEN_BLOCK")
    program = _read_program(cursor, depth + 1)
    inverse = _read_else(cursor, depth + 1) if inverted else _read_chain(cursor, depth + 1)
    if cursor.kind == "EOF":
        hint = f"end it with {quoted(f'{{{{/{opening.call.head.original}}}}}')}"
        raise cursor.error(opening.at, "the block is not closed", hint=hint)
    end = cursor.take("OPEN_ENDBLOCK")
    is_word = cursor.kind in _WORDS
    name = as_path(read_head(cursor)).original
    if name != opening.call.head.original or is_word != opening.is_word:
        raise _mismatch(cursor, end, opening.call)
    close_strip = _strip(end, cursor.take("CLOSE"))
    return _block(opening, program, inverse, close_strip, inverted=inverted)


def _read_opening(cursor: Cursor, depth: int, kind: str) -> _BlockHead:
    begin = cursor.take(kind)
    is_word = cursor.kind in _WORDS
    call = read_call(cursor, begin.at, depth + 1)
    params = _read_block_params(cursor) if cursor.kind == "OPEN_BLOCK_PARAMS" else ()
    end = cursor.take("CLOSE")
    return _BlockHead(begin.at, call, is_word, params, _strip(begin, end))


def _read_block_params(cursor: Cursor) -> tuple[str, ...]:
    begin = cursor.take("OPEN_BLOCK_PARAMS")
    names = [cursor.take("ID").text]
    while cursor.kind == "ID":
        names.append(cursor.take("ID").text)
    cursor.take("CLOSE_BLOCK_PARAMS")
    listed = ",".join(names)
    if name_of(listed) != listed:
        raise cursor.error(begin.at, "a block parameter can't be in brackets")
    return tuple(names)


def _read_chain(cursor: Cursor, depth: int) -> _Inverse:
    """Read `{{else if x}}…`, which is a block inside of an else, or a plain `{{else}}`."""
    if cursor.kind != "OPEN_INVERSE_CHAIN":
        return _read_else(cursor, depth)
    opening = _read_opening(cursor, depth, "OPEN_INVERSE_CHAIN")
    program = _read_program(cursor, depth + 1)
    rest = _read_chain(cursor, depth + 1)
    block = _block(opening, program, rest, rest.strip, inverted=False)
    return _Inverse(opening.strip, Program([block], chained=True))


def _read_else(cursor: Cursor, depth: int) -> _Inverse:
    if cursor.kind != "INVERSE":
        return _Inverse(WhitespaceControl(), None)
    token = cursor.take("INVERSE")
    return _Inverse(_strip(token, token), _read_program(cursor, depth))


def _block(
    opening: _BlockHead,
    program: Program,
    rest: _Inverse,
    close_strip: WhitespaceControl,
    *,
    inverted: bool,
) -> Block:
    program = program._replace(block_params=opening.params)
    inverse = rest.program
    if inverse and inverse.chained and isinstance(last := inverse.body[0], Block):
        inverse.body[0] = last._replace(close_strip=close_strip)
    first, second = (inverse, program) if inverted else (program, inverse)
    return Block(
        at=opening.at,
        call=opening.call,
        program=first,
        inverse=second,
        open_strip=opening.strip,
        inverse_strip=rest.strip,
        close_strip=close_strip,
    )


def _mismatch(cursor: Cursor, end: TemplateToken, call: Call) -> Exception:
    line = cursor.source.line(call.at)
    message = f"close the block {quoted(call.head.original)} of line {line} first"
    return cursor.error(end.at, message)


def _strip(begin: TemplateToken, end: TemplateToken) -> WhitespaceControl:
    return WhitespaceControl(begin.text[2:3] == "~", end.text[-3:-2] == "~")
