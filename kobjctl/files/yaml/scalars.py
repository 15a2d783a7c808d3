"""What the scalars of a YAML file mean: the core schema of YAML 1.2.

PyYAML itself follows YAML 1.1, in which `no` is false, `12:30` is 750 and `1_000` is 1000.
Here only what JSON knows has a meaning of its own, and everything else is text.
"""

import math
import re
from typing import Final

import yaml

from kobjctl.files.places import has_half_pair
from kobjctl.javascript.numbers import canonical, read_float
from kobjctl.model.values import Json

_CORE: Final = "tag:yaml.org,2002:"
_TEXT_TAGS: Final = (None, "!", f"{_CORE}str")
_LIST_TAGS: Final = (None, "!", f"{_CORE}seq")
_OBJECT_TAGS: Final = (None, "!", f"{_CORE}map")

_WORDS: Final[dict[str, Json]] = {
    "": None,
    "~": None,
    **dict.fromkeys(("null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_BASED: Final = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NO_NUMBER: Final = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_BEGINS_NUMBER: Final = frozenset("0123456789+-.")


class RefusedError(ValueError):
    """Something in a YAML text that is not read, with a hint what to do about it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def scalar_value(event: yaml.ScalarEvent) -> Json:
    """Return the value of a scalar; raises RefusedError for .nan, .inf, 1e400 and foreign tags."""
    _check(event)
    return plain_value(event.value) if _is_plain(event) else event.value


def key_text(event: yaml.NodeEvent) -> str:
    """Return a key as it is written, for ids are text, also those that look like a number.

    Raises RefusedError for keys that are null, `<<` or no scalars.
    """
    if not isinstance(event, yaml.ScalarEvent):
        raise RefusedError(
            "a key must be text, not a list, an object or an alias",
            'put quotes around text that begins with "{", "[" or "*"',
        )
    if event.anchor:
        raise RefusedError("a key can't have an anchor", "put the anchor before the value")
    if event.tag == f"{_CORE}merge" or (_is_plain(event) and event.value == "<<"):
        raise RefusedError('kobjctl does not read the merge key "<<"', "write the merged keys out")
    _check(event)
    if _is_plain(event) and event.value in _WORDS and _WORDS[event.value] is None:
        raise RefusedError("a key must be text, not null", "put quotes around it")
    return str(event.value)


def empty_collection(event: yaml.CollectionStartEvent) -> Json:
    """Return the empty list or object that begins here; raises RefusedError for foreign tags."""
    if isinstance(event, yaml.MappingStartEvent):
        _check_tag(event, _OBJECT_TAGS)
        return {}
    _check_tag(event, _LIST_TAGS)
    return []


def plain_value(text: str) -> Json:
    """Return the value of a scalar without quotes and tag."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _BEGINS_NUMBER:
        return text
    if _NO_NUMBER.fullmatch(text):
        raise RefusedError(f'"{text}" is a number that JSON does not have', "quotes make it text")
    try:
        return _number(text)
    except ValueError as error:  # too large, or past Python's limit on digits
        message = "the number is too large"
        raise RefusedError(message, "quotes make it text, which keeps every digit") from error


def _number(text: str) -> float | str:
    if _BASED.fullmatch(text):
        number = canonical(int(text, base=0))
    elif _FLOAT.fullmatch(text):
        number = read_float(text)
    else:
        return text
    if math.isinf(number):
        raise ValueError(text)
    return number


def _is_plain(event: yaml.ScalarEvent) -> bool:
    return not event.style and event.tag is None


def _check(event: yaml.ScalarEvent) -> None:
    _check_tag(event, _TEXT_TAGS)
    # PyYAML without its C library lets escapes through that are half a character.
    if has_half_pair(event.value):
        raise RefusedError("this text has half of a surrogate pair, which is not a character")


def _check_tag(event: yaml.NodeEvent, known: tuple[str | None, ...]) -> None:
    tag: str | None = getattr(event, "tag", None)
    if tag is not None and tag not in known:
        shown = tag.replace(_CORE, "!!")
        raise RefusedError(f'kobjctl does not read the tag "{shown}"', "leave the tag out")
