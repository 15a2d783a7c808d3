"""Read JSON strictly, with the place of every key and value.

The standard library's reader is faster but tells no places, takes NaN, and loses all but the
last of equal keys in silence.
"""

import json
import math
import re
from typing import Final

from kobjctl.files.document import Document
from kobjctl.files.json.losses import Loss, LossKind
from kobjctl.files.json.tokens import BLANKS, TOKEN, fault_at
from kobjctl.files.limits import BYTE_ORDER_MARK, MAX_DEPTH, TOO_DEEP
from kobjctl.files.places import (
    Lines,
    ambiguous_scalar,
    duplicate_key,
    has_half_pair,
    lost_digits,
    unreadable,
)
from kobjctl.javascript.numbers import loses_digits, read_float
from kobjctl.javascript.strings import from_units
from kobjctl.model.problem import FileProblemsError, Problem, Span
from kobjctl.model.secrets import excerpt
from kobjctl.model.values import Json, JsonObject, JsonPath

_WORDS: Final = {"true": True, "false": False, "null": None}
_CLOSING: Final = {"{": "}", "[": "]"}
_SHOWN = 24


def read_json(text: str, path: str) -> Document:
    """Read one JSON value from `text`; `path` is what problems call the file.

    Keys that are there twice are problems of the document (WF002). Raises FileProblemsError
    with one WF001 for anything that is not strict JSON, for numbers and characters that can't
    be kept, and for nesting deeper than `MAX_DEPTH`.
    """
    return _Reader(text, path).document()


def read_lossy(text: str, path: str) -> tuple[Json, tuple[str, ...]]:
    """Read one JSON value as JavaScript does; give it with what of the text is lost.

    Raises FileProblemsError for what is no JSON, as `read_json` does.
    """
    losses: list[Loss] = []
    document = _Reader(text, path, losses).document()
    return document.data, tuple(dict.fromkeys(loss.told(document.text) for loss in losses))


class _Reader:
    """Walks the tokens of one text; the nesting limit bounds the recursion.

    Where there are `losses` it takes what JavaScript takes, and adds what is lost to them.
    """

    def __init__(self, text: str, path: str, losses: list[Loss] | None = None) -> None:
        self._text = text = text.removeprefix(BYTE_ORDER_MARK)
        self._losses = losses
        self._path = path
        self._lines = Lines(text)
        self._at = 0
        self._spans: dict[JsonPath, Span] = {}
        self._key_spans: dict[JsonPath, Span] = {}
        self._problems: list[Problem] = []

    def document(self) -> Document:
        """Return the document; raise FileProblemsError for a text that is no JSON value."""
        if self._skip_blanks() == len(self._text):
            raise self._refusal(0, 0, "the file is empty")
        data = self._value((), self._take())
        if self._skip_blanks() < len(self._text):
            raise self._refusal(self._at, self._at + 1, "there is more text after the JSON value")
        return Document(
            path=self._path,
            text=self._text,
            data=data,
            spans=self._spans,
            key_spans=self._key_spans,
            problems=tuple(self._problems),
        )

    def _skip_blanks(self) -> int:
        found = BLANKS.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return self._at

    def _take(self) -> re.Match[str]:
        """Return the next token and step behind it."""
        token = TOKEN.match(self._text, self._at)
        if token is None:
            start, message, hint = fault_at(self._text, self._skip_blanks())
            raise self._refusal(start, start + 1, message, hint)
        self._at = token.end()
        return token

    def _value(self, path: JsonPath, token: re.Match[str]) -> Json:
        kind = token.lastgroup or ""
        start = token.start(kind)
        # An outer value comes before its parts in the table; its end is known after them.
        self._spans[path] = self._lines.span(start, self._at)
        match kind:
            case "text":
                return self._string(path, token)
            case "number":
                return self._number(path, token)
            case "word":
                return _WORDS[token[kind]]
        value = self._collection(path, token)
        self._spans[path] = self._lines.span(start, self._at)
        return value

    def _collection(self, path: JsonPath, token: re.Match[str]) -> Json:
        opening = token["mark"]
        if opening not in _CLOSING:
            raise self._unexpected(token, "a value")
        if len(path) >= MAX_DEPTH:
            raise self._refusal(token.start("mark"), self._at, TOO_DEEP)
        return self._object(path) if opening == "{" else self._list(path)

    def _list(self, path: JsonPath) -> list[Json]:
        items: list[Json] = []
        token = self._first("]")
        while token:
            items.append(self._value((*path, len(items)), token))
            token = self._another("]")
        return items

    def _object(self, path: JsonPath) -> JsonObject:
        members: JsonObject = {}
        token = self._first("}")
        while token:
            key = self._key(path, token, members)
            colon = self._take()
            if colon["mark"] != ":":
                raise self._unexpected(colon, 'a ":" after the key')
            members[key] = self._value((*path, key), self._take())
            token = self._another("}")
        return members

    def _key(self, path: JsonPath, token: re.Match[str], members: JsonObject) -> str:
        """Read a key and keep its place; one that is in `members` already is a problem."""
        if token.lastgroup != "text":
            raise self._unexpected(token, "a key in double quotes")
        key = self._string(path, token)
        span = self._lines.span(token.start("text"), token.end())
        place = (*path, key)
        if key in members:
            self._lose("equal keys", place, token)
        self._key_spans[place] = span
        return key

    def _first(self, closing: str) -> re.Match[str] | None:
        """Return the token after an opening bracket, or None when the collection is empty."""
        token = self._take()
        return None if token["mark"] == closing else token

    def _another(self, closing: str) -> re.Match[str] | None:
        """Return the token after a comma, or None when the collection ends."""
        comma = self._take()
        if comma["mark"] == closing:
            return None
        if comma["mark"] != ",":
            raise self._unexpected(comma, f'"," or "{closing}"')
        token = self._take()
        if token["mark"] == closing:
            raise self._refusal(
                comma.start("mark"),
                comma.end(),
                f'a comma is not allowed before "{closing}"',
                "remove the comma",
            )
        return token

    def _string(self, path: JsonPath, token: re.Match[str]) -> str:
        raw = token["text"]
        text: str = json.loads(raw) if "\\" in raw else raw[1:-1]
        if has_half_pair(text):
            self._lose("half pair", path, token)
            return from_units(text)
        return text

    def _number(self, path: JsonPath, token: re.Match[str]) -> float:
        raw = token["number"]
        number = read_float(raw)
        if math.isinf(number):
            self._lose("too large", path, token)
        elif loses_digits(raw):
            self._lose("digits", path, token, number)
        return number

    def _lose(
        self, kind: LossKind, path: JsonPath, token: re.Match[str], held: float = 0.0
    ) -> None:
        """Keep a loss; raise FileProblemsError for one that a file must not have."""
        loss = Loss(kind, path, *token.span(token.lastgroup or ""), held)
        if self._losses is not None:
            self._losses.append(loss)
        elif kind == "equal keys":
            first, span = self._key_spans[path], self._lines.span(loss.start, loss.end)
            self._problems.append(duplicate_key(self._path, span, str(path[-1]), first))
        elif kind == "digits":
            doubt = lost_digits(self._text[loss.start : loss.end], held)
            span = self._lines.span(loss.start, loss.end)
            self._problems.append(ambiguous_scalar(self._path, span, *doubt))
        elif kind == "half pair":
            raise self._refusal(
                loss.start,
                loss.end,
                "this text has half of a surrogate pair, which is not a character",
                'a character beyond U+FFFF is written as two escapes, as in "\\ud83d\\ude00"',
            )
        elif kind == "too large":
            raise self._refusal(
                loss.start,
                loss.end,
                f"the number {_clipped(token['number'])} is too large",
                "quotes make it text, which keeps every digit",
            )

    def _unexpected(self, token: re.Match[str], expected: str) -> FileProblemsError:
        kind = token.lastgroup or ""
        found = _clipped(token[kind])
        shown = found if kind == "text" else f'"{found}"'
        return self._refusal(
            token.start(kind), token.end(), f"{expected} is expected here, not {shown}"
        )

    def _refusal(self, start: int, end: int, message: str, hint: str = "") -> FileProblemsError:
        span = self._lines.span(start, min(end, len(self._text)))
        return unreadable(self._path, span, message, hint)


def _clipped(raw: str) -> str:
    return excerpt(raw, _SHOWN)
