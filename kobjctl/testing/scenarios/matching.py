"""How what is expected fits what happened: a value as it is, in part, or by a matcher.

An object fits one with the same and perhaps more keys, a list one of the same length. `true` is
not 1, and `"1"` is not 1, but 1 is 1.0. A key such as `$.emails[*].email` is a JSONPath, and one
with dots leads deeper where there is no key of this name.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from kobjctl.files import jsonpath
from kobjctl.model.errors import UsageError, did_you_mean
from kobjctl.model.values import MISSING, Json, JsonObject, JsonPath, MissingValue, is_same
from kobjctl.testing.scenarios.matchers import FORMS, MATCHERS, form_of, is_matcher

_JSON_PATH: Final = re.compile(r"\$[.\[]")
# One stands at the end of a path with dots, or alone.
_LAST: Final = re.compile(r"(?:^|\.)(\$[.\[].*)", re.DOTALL)
# What makes a JSONPath one that may find several values.
_SEVERAL: Final = re.compile(r"\*|\.\.|\?|\[[^\]]*[:,]")


class Miss(NamedTuple):
    """A place where what happened is not as expected; `path` leads there in what is expected.

    `steps` is how many steps of the run it takes to see it.
    """

    path: JsonPath
    expected: Json
    actual: Json | MissingValue
    hint: str = ""
    message: str = ""
    steps: int | None = None


def misses(expected: Json, actual: Json | MissingValue, path: JsonPath = ()) -> Iterator[Miss]:
    """Yield where a value is not as expected, as deep down as both have objects or lists."""
    if is_matcher(expected):
        matcher = MATCHERS[form_of(expected) or expected]
        if not matcher.fits(expected, actual, fits):
            yield Miss(path, expected, actual)
    elif isinstance(expected, dict) and isinstance(actual, dict):
        yield from _in_object(expected, actual, path)
    elif isinstance(expected, list) and isinstance(actual, list):
        yield from _in_list(expected, actual, path)
    elif actual is MISSING or not is_same(expected, actual):
        yield Miss(path, expected, actual)


def fits(expected: Json, actual: Json | MissingValue) -> bool:
    """Return whether a value is as expected."""
    return next(misses(expected, actual), None) is None


def part(value: Json | MissingValue, key: str) -> Json | MissingValue:
    """Return what a value has at a key, a path with dots, or a JSONPath; MISSING for nothing.

    A JSONPath that can find several values gives the list of those it finds.
    """
    if isinstance(value, dict) and key in value:
        return value[key]
    if _JSON_PATH.match(key):
        if value is MISSING:
            return MISSING
        found = jsonpath.find(key, value)
        if _SEVERAL.search(key):
            return found
        return found[0] if found else MISSING
    first, dot, rest = key.partition(".")
    if isinstance(value, list) and first.isdigit():
        inner = value[int(first)] if int(first) < len(value) else MISSING
    elif isinstance(value, dict) and dot:
        inner = value.get(first, MISSING)
    else:
        return MISSING
    return part(inner, rest) if dot else inner


def faults(expected: Json, path: JsonPath = ()) -> Iterator[tuple[JsonPath, str]]:
    """Yield what no value could ever be compared with: a broken regex, a JSONPath that is none."""
    form = form_of(expected)
    if form:
        fault = FORMS[form].fault(expected[form])
        if fault:
            yield (*path, form), fault
        elif FORMS[form].nests:
            yield from faults(expected[form], (*path, form))
        return
    entries: list[tuple[str | int, Json]] = []
    if isinstance(expected, dict):
        entries = list(expected.items())
    elif isinstance(expected, list):
        entries = list(enumerate(expected))
    for key, wanted in entries:
        fault = path_fault(str(key))
        if fault:
            yield (*path, key), fault
        yield from faults(wanted, (*path, key))


def path_fault(key: str) -> str:
    """Describe what is wrong with the JSONPath that a key is or ends with; empty for nothing."""
    found = _LAST.search(key)
    if not found:
        return ""
    try:
        jsonpath.find(found[1], None)
    except UsageError as error:
        return error.message
    return ""


def _in_object(expected: JsonObject, actual: JsonObject, path: JsonPath) -> Iterator[Miss]:
    for key, wanted in expected.items():
        found = part(actual, key)
        hint = did_you_mean(key, actual) if found is MISSING else ""
        for miss in misses(wanted, found, (*path, key)):
            yield miss._replace(hint=miss.hint or hint)


def _in_list(expected: list[Json], actual: list[Json], path: JsonPath) -> Iterator[Miss]:
    if len(expected) != len(actual):
        yield Miss(path, expected, actual)
        return
    for index, pair in enumerate(zip(expected, actual, strict=True)):
        yield from misses(*pair, (*path, index))
