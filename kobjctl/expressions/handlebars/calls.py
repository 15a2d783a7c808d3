"""Read what stands inside a tag: a head, its params, its hash."""

import re
from typing import Final

from kobjctl.expressions.handlebars.cursor import Cursor
from kobjctl.expressions.handlebars.lexer import TemplateToken
from kobjctl.expressions.handlebars.tree import Call, Expression, Literal, Path
from kobjctl.javascript.numbers import number_text, read_float
from kobjctl.model.values import MISSING

_PATH_STARTS: Final = ("ID", "DATA")
_LITERALS: Final = ("STRING", "NUMBER", "BOOLEAN", "UNDEFINED", "NULL")
_HEADS: Final = (*_PATH_STARTS, *_LITERALS)
_PARAM_STARTS: Final = frozenset({*_HEADS, "OPEN_SEXPR"})
_BRACKETED: Final = re.compile(r"\[[^\n\r\u2028\u2029]*\]")
_CONTEXT_WORDS: Final = frozenset({"..", ".", "this"})


def read_call(cursor: Cursor, at: int, depth: int, *, nested: bool = False) -> Call:
    """Read a head with its params and its hash, `name a b c=d`, of the tag that begins at `at`."""
    head = as_path(read_head(cursor))
    params: list[Expression] = []
    while cursor.kind in _PARAM_STARTS and not _at_hash(cursor):
        params.append(_read_param(cursor, depth))
    pairs: list[tuple[str, Expression]] = []
    while _at_hash(cursor):
        key = name_of(cursor.take("ID").text)
        cursor.take("EQUALS")
        pairs.append((key, _read_param(cursor, depth)))
    return Call(at, head, tuple(params), tuple(pairs), nested)


def read_head(cursor: Cursor) -> Path | Literal:
    """Read a path or a literal."""
    if cursor.kind in _PATH_STARTS:
        return _read_path(cursor)
    return _literal(cursor.take(*_LITERALS))


def as_path(head: Path | Literal) -> Path:
    """Return the path that a head stands for: a literal is looked up by its text."""
    return head if isinstance(head, Path) else Path(head.at, head.original, (head.original,))


def name_of(raw: str) -> str:
    """Return the name that a segment means: `a b` for `[a b]`."""
    return raw[1:-1] if _BRACKETED.fullmatch(raw) else raw


def _at_hash(cursor: Cursor) -> bool:
    return cursor.kind == "ID" and cursor.following == "EQUALS"


def _read_param(cursor: Cursor, depth: int) -> Expression:
    if cursor.kind != "OPEN_SEXPR":
        return read_head(cursor)
    cursor.check_depth(depth)
    begin = cursor.take("OPEN_SEXPR")
    call = read_call(cursor, begin.at, depth + 1, nested=True)
    cursor.take("CLOSE_SEXPR")
    return call


def _read_path(cursor: Cursor) -> Path:
    at, data = cursor.token.at, cursor.kind == "DATA"
    original = cursor.take("DATA").text if data else ""
    parts: list[str] = []
    depth = 0
    while True:
        raw = cursor.take("ID").text
        name = name_of(raw)
        original += name
        if name == raw and name in _CONTEXT_WORDS:
            if parts:
                hint = f'write "[{name}]" for a property of that name'
                raise cursor.error(
                    at, f'"{name}" is only allowed at the start of a path', hint=hint
                )
            depth += name == ".."
        else:
            parts.append(name)
        if cursor.kind != "SEP":
            return Path(at, original, tuple(parts), depth, data)
        original += cursor.take("SEP").text


def _literal(token: TemplateToken) -> Literal:
    if token.kind == "STRING":
        return Literal(token.at, token.text, token.text)
    if token.kind == "NUMBER":
        number = read_float(token.text)
        return Literal(token.at, number, number_text(number))
    words = {"true": True, "false": False, "null": None, "undefined": MISSING}
    return Literal(token.at, words[token.text], token.text)
