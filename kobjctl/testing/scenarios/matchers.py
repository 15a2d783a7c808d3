"""What an expectation may say in place of a value that nobody knows before: the table of matchers.

Some are words (`a string`), the others objects with one key (`{regex: "^A-"}`). A text or an
object that only looks like one is written `{exactly: "a string"}`.
"""

import re
from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any, Final, NamedTuple, TypeAlias

from kobjctl.javascript.regex import RegexError, compile_regex, search
from kobjctl.model.clock import parse_instant
from kobjctl.model.klass import is_reference
from kobjctl.model.values import MISSING, Json, JsonObject, MissingValue, is_same

_ABOUT: Final = re.compile(r"about (-?\d+(?:\.(\d+))?)")


# Tells whether a value is as expected.
Fits: TypeAlias = Callable[[Json, Json | MissingValue], bool]


class Matcher(NamedTuple):
    """A matcher: how it is written, what it is for, and whether a value fits.

    `fits` takes what is written, the value, and what compares the expectations that are inside.
    `fault` says why the argument of one that has any is none; `nests` tells that the argument is
    an expectation itself.
    """

    example: str
    help: str
    fits: Callable[[JsonObject, Json | MissingValue, Fits], bool]
    fault: Callable[[Json], str] = lambda _: ""
    nests: bool = False


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_time(value: Json | MissingValue) -> bool:
    return isinstance(value, str) and len(value) > len("2026-01-01") and bool(parse_instant(value))


def _word(name: str, text: str, fits: Callable[[Json | MissingValue], bool]) -> tuple[str, Matcher]:
    return name, Matcher(name, text, lambda _argument, actual, _fits: fits(actual))


# Words stand for themselves: `status: any`.
WORDS: Final[Mapping[str, Matcher]] = dict(
    (
        _word("any", "any value, null too", lambda it: it is not MISSING),
        _word("absent", "no value", lambda it: it is MISSING),
        _word("a string", "any text", lambda it: isinstance(it, str)),
        _word("a number", "any number", _is_number),
        _word("a boolean", "true or false", lambda it: isinstance(it, bool)),
        _word("a list", "any list", lambda it: isinstance(it, list)),
        _word("an object", "any object", lambda it: isinstance(it, dict)),
        _word("an id", "an id of 24 hex characters", is_reference),
        _word("a time", "a date and time, such as 2026-01-02T03:04:05.000Z", _is_time),
    )
)


def _matches(matcher: JsonObject, actual: Json | MissingValue, _fits: Fits) -> bool:
    return isinstance(actual, str) and search(matcher["regex"], actual) is not None


def _regex_fault(pattern: Json) -> str:
    if not isinstance(pattern, str):
        return "`regex` needs text"
    try:
        compile_regex(pattern)
    except RegexError as error:
        return error.message
    return ""


def _is_about(matcher: JsonObject, actual: Any, _fits: Fits) -> bool:
    wanted = matcher["about"]
    if not _is_number(actual) or not isfinite(actual):
        return False
    _, dot, digits = repr(wanted).partition(".")
    within = matcher.get("within", 0.5 * 10 ** -(len(digits) if dot else 0))
    # What lies on the border is in, whatever binary fractions make of it.
    return bool(abs(actual - wanted) <= within * (1 + 1e-9))


def _number_fault(value: Json) -> str:
    return "" if _is_number(value) else "this matcher needs a number"


def _at_least(matcher: JsonObject, actual: Any, _fits: Fits) -> bool:
    return _is_number(actual) and bool(actual >= matcher["at least"])


def _at_most(matcher: JsonObject, actual: Any, _fits: Fits) -> bool:
    return _is_number(actual) and bool(actual <= matcher["at most"])


def _contains(matcher: JsonObject, actual: Json | MissingValue, fits: Fits) -> bool:
    argument = matcher["contains"]
    wanted = argument if isinstance(argument, list) else [argument]
    if isinstance(actual, str):
        return all(isinstance(each, str) and each in actual for each in wanted)
    return isinstance(actual, list) and unmatched(wanted, actual, fits) == []


def unmatched(wanted: list[Json], there: list[Json], fits: Fits) -> list[int]:
    """Return the indexes of what is wanted and has no entry of its own among what is there.

    Each takes one that it fits, and makes way where another can only have that one.
    """
    options = [[index for index, entry in enumerate(there) if fits(each, entry)] for each in wanted]
    taken: dict[int, int] = {}
    return [number for number in range(len(wanted)) if not _takes(number, options, taken, set())]


def _takes(number: int, options: list[list[int]], taken: dict[int, int], visited: set[int]) -> bool:
    for index in options[number]:
        if index in visited:
            continue
        visited.add(index)
        if index not in taken or _takes(taken[index], options, taken, visited):
            taken[index] = number
            return True
    return False


def _is_one_of(matcher: JsonObject, actual: Json | MissingValue, fits: Fits) -> bool:
    return any(fits(each, actual) for each in matcher["one of"])


def _is_not(matcher: JsonObject, actual: Json | MissingValue, fits: Fits) -> bool:
    return not fits(matcher["not"], actual)


def _is_exactly(matcher: JsonObject, actual: Json | MissingValue, _fits: Fits) -> bool:
    return actual is not MISSING and _same(matcher["exactly"], actual)


def _same(wanted: Json, actual: Json) -> bool:
    if isinstance(wanted, dict) and isinstance(actual, dict):
        if wanted.keys() != actual.keys():
            return False
        return all(_same(wanted[key], actual[key]) for key in wanted)
    if isinstance(wanted, list) and isinstance(actual, list):
        if len(wanted) != len(actual):
            return False
        return all(map(_same, wanted, actual))
    return is_same(wanted, actual)


def _list_fault(value: Json) -> str:
    return "" if isinstance(value, list) and value else "`one of` needs a list of values"


# Objects with one of these keys alone.
FORMS: Final[Mapping[str, Matcher]] = {
    "regex": Matcher(
        '{regex: "^A-[0-9]+$"}',
        "text in which this JavaScript regular expression finds a match",
        _matches,
        _regex_fault,
    ),
    "about": Matcher(
        "{about: 10.25}",
        "a number that rounds to this, with as many digits; also written about"
        " 10.25; or {about: 10, within: 2}",
        _is_about,
        _number_fault,
    ),
    "at least": Matcher("{at least: 3}", "this number or more", _at_least, _number_fault),
    "at most": Matcher("{at most: 3}", "this number or less", _at_most, _number_fault),
    "contains": Matcher(
        "{contains: shop}",
        "text that contains this, or a list with such an entry; for a list, with"
        " all of its entries",
        _contains,
        nests=True,
    ),
    "one of": Matcher(
        "{one of: [open, done]}", "one of these values", _is_one_of, _list_fault, nests=True
    ),
    "not": Matcher("{not: done}", "any other value", _is_not, nests=True),
    "exactly": Matcher(
        "{exactly: {a: 1}}",
        "exactly this: an object without other keys, or text that looks like a matcher",
        _is_exactly,
    ),
}

MATCHERS: Final[Mapping[str, Matcher]] = {**WORDS, **FORMS}


def form_of(expected: Json) -> str:
    """Return the key of a matcher that is an object; empty for anything else."""
    if not isinstance(expected, dict):
        return ""
    if expected.keys() == {"about", "within"}:
        return "about"
    [key] = expected if len(expected) == 1 else [""]
    return key if key in FORMS else ""


def is_matcher(expected: Json) -> bool:
    """Return whether an expectation stands for more than itself."""
    return bool(form_of(expected)) or (isinstance(expected, str) and expected in WORDS)


def spelled_out(expected: Json) -> Json:
    """Return an expectation with `about 10.25` in its long form."""
    if isinstance(expected, str):
        found = _ABOUT.fullmatch(expected)
        if not found:
            return expected
        return {"about": float(found[1]) if found[2] else int(found[1])}
    if isinstance(expected, list):
        return [spelled_out(each) for each in expected]
    if isinstance(expected, dict) and form_of(expected) != "exactly":
        return {key: spelled_out(each) for key, each in expected.items()}
    return expected
