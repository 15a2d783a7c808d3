"""Read the payload of a hook: fast when it is good, with line and column when it is not.

Every payload comes through here, so the good case is the standard library's C reader and a few
cheap checks. What these doubt is read again by the position reader, which finds the place.
"""

import json
import math
import re
from typing import Any, Final, NamedTuple, NoReturn

from kobjctl.files.limits import BYTE_ORDER_MARK, MAX_DEPTH, PAYLOAD_LIMIT, TOO_DEEP
from kobjctl.javascript.numbers import SAFE_DIGITS, loses_digits, read_float, read_integer
from kobjctl.model.errors import KobjctlError
from kobjctl.model.problem import FileProblemsError, Problem
from kobjctl.model.values import Json, JsonObject


class PayloadError(KobjctlError):
    """A payload that a hook doesn't take.

    `name` is what the payload is called, `fact` what is wrong with it, `line` and `column` where,
    counted from 1 (0: the payload as a whole); `message` has all of it.
    """

    def __init__(
        self, fact: str, *, name: str = "", line: int = 0, column: int = 0, hint: str = ""
    ) -> None:
        place = f"{name}:{line}:{column}" if line else name
        super().__init__(f"{place}: {fact}" if place else fact, hint=hint)
        self.name = name
        self.fact = fact
        self.line = line
        self.column = column


class JsonReading(NamedTuple):
    """A JSON value as JavaScript reads it, and what of its text is lost: digits, equal keys."""

    value: Json
    losses: tuple[str, ...] = ()


def read_payload(raw: bytes, name: str) -> Json:
    """Read any JSON value as `payload_reading` does, whatever is lost."""
    return payload_reading(raw, name).value


def payload_reading(raw: bytes, name: str) -> JsonReading:
    """Read any JSON value; `name` is what errors call the payload.

    Raises PayloadError for nothing at all, for more than 400 KB, for what is no JSON in UTF-8,
    and for nesting deeper than `MAX_DEPTH`.
    """
    check_size(len(raw), name)
    return _read(raw, name)


def read_answer(text: str) -> Json:
    """Read a JSON value as `answer_reading` does, whatever is lost."""
    return answer_reading(text).value


def answer_reading(text: str) -> JsonReading:
    """Read a JSON value that another system sent, of any size; raises PayloadError for none."""
    try:
        return _read(text.encode("utf-8", "surrogatepass"), "")
    except PayloadError as error:
        if error.fact == TOO_DEEP:
            raise
        raise PayloadError("this is not JSON") from error


def _read(raw: bytes, name: str) -> JsonReading:
    try:
        value = _DECODER.decode(raw.decode("utf-8").removeprefix(BYTE_ORDER_MARK))
        if not (_may_be_deep(raw) and _is_deep(value)) and not _may_have_half_pair(raw):
            return JsonReading(value)
    except (ValueError, RecursionError):
        pass
    return _read_slowly(raw, name)


def json_or_text(text: str) -> Json:
    """Return the JSON value that a text is, else the text."""
    try:
        return read_answer(text)
    except PayloadError:
        return text


def check_size(size: int, name: str) -> None:
    """Refuse, as a PayloadError, what the platform would answer with 413."""
    if size > PAYLOAD_LIMIT:
        raise PayloadError(
            f"the payload has {size:,} bytes, more than the {PAYLOAD_LIMIT:,} of a hook",
            name=name,
            hint="send less, or several payloads; the platform answers with 413",
        )


def _read_slowly(raw: bytes, name: str) -> JsonReading:
    """Read once more to find the place of the error, or of what is lost."""
    if not raw.strip():
        raise PayloadError(
            "the payload is empty", name=name, hint="send any JSON value, such as {}"
        )
    from kobjctl.files.json.reader import read_lossy  # noqa: PLC0415 - see above
    from kobjctl.files.places import decoded  # noqa: PLC0415 - a good payload does without

    try:
        return JsonReading(*read_lossy(decoded(raw, name), name))
    except FileProblemsError as error:
        raise _payload_error(error.problems[0]) from error


def _payload_error(problem: Problem) -> PayloadError:
    return PayloadError(
        problem.message,
        name=problem.file,
        line=problem.span.line,
        column=problem.span.column,
        hint=problem.hint or "a payload must be one JSON value",
    )


def _object(pairs: list[tuple[str, Any]]) -> JsonObject:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError(pairs)
    return members


def _float(digits: str) -> float:
    number = read_float(digits)
    if math.isinf(number):
        raise ValueError(digits)
    return number


def _integer(digits: str) -> float:
    if len(digits) <= SAFE_DIGITS:
        return int(digits)
    if loses_digits(digits):
        raise ValueError(digits)
    return read_integer(digits)


def _constant(word: str) -> NoReturn:
    raise ValueError(word)


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_object, parse_float=_float, parse_int=_integer, parse_constant=_constant
)


def _may_be_deep(raw: bytes) -> bool:
    return raw.count(b"[") + raw.count(b"{") > MAX_DEPTH


def _is_deep(value: Json) -> bool:
    """Return whether lists and objects nest deeper than allowed, looking at level after level."""
    level = [value] if isinstance(value, dict | list) else []
    for _ in range(MAX_DEPTH):
        level = [
            child
            for parent in level
            for child in (parent.values() if isinstance(parent, dict) else parent)
            if isinstance(child, dict | list)
        ]
    return bool(level)


def _may_have_half_pair(raw: bytes) -> bool:
    """Return whether some escape may be half of a surrogate pair; no other text can be."""
    if b"\\ud" not in raw and b"\\uD" not in raw:
        return False
    # After an escaped backslash, "u" begins no escape: then only the position reader knows.
    return rb"\\u" in raw or _HALF_PAIR.search(raw) is not None


# The look behind stands last: an expression that begins with plain letters is found faster.
_HALF_PAIR: Final = re.compile(
    rb"\\u[dD](?:[89abAB]..(?!\\u[dD][c-fC-F])|[c-fC-F](?<!\\u[dD][89abAB]..\\u[dD].))"
)
