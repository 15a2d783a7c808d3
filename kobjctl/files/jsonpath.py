"""JSONPath as people type it, `$.attributes.data.email`, with a limit of time for each search.

The library `jsonpath_ng` has no limit. Its regular expressions are Python's, which can be at work
for ever, and so can a path with many `..` and `*`. So the parts of a parsed path look at the clock
whenever they are asked for something, which happens over and over in every path that takes long,
and their regular expressions are those of the library `regex`, which stop in time. This needs
neither threads nor signals, and works wherever Python does.
"""

from collections.abc import Callable, Iterator
from contextvars import ContextVar
from functools import lru_cache
from operator import mul
from typing import Any, Final, TypeAlias

from kobjctl.javascript.regex import TIME_LIMIT
from kobjctl.model.clock import stopwatch
from kobjctl.model.errors import UsageError
from kobjctl.model.values import Json

MAX_PATH: Final = 500
MAX_TEXT: Final = 1_000_000
_HINT: Final = "as in $.attributes.data.email or $.attributes.data.items[0].sku"
_SLOW_HINT: Final = "repeats inside repeats, as in (a+)+, and many `..` and `*` take forever"

_Find: TypeAlias = Callable[[Any], Any]
# Tells how many milliseconds the search under way has taken.
_PASSED: ContextVar[Callable[[], float]] = ContextVar("passed")


class _SlowError(Exception):
    """A search that has taken its time."""


def find(path: str, value: Json) -> list[Json]:
    """Return everything that a JSONPath finds in a value.

    Raises UsageError for a bad path, and for one that is still at work after `TIME_LIMIT`.
    """
    if len(path) > MAX_PATH:
        raise UsageError(f"the JSONPath is too long: {len(path):,} characters", hint=_HINT)
    parsed = _parse(path)
    _PASSED.set(stopwatch())
    try:
        return [match.value for match in parsed.find(value)]
    except _SlowError as error:
        message = f'"{path}" took longer than {TIME_LIMIT:g} s'
        raise UsageError(message, hint=_SLOW_HINT) from error
    except Exception as error:
        # An expression in it may not go with the value, in as many ways as there are expressions.
        reason = (str(error) or type(error).__name__).splitlines()[0].lower()
        raise UsageError(f'"{path}" can\'t be used on this value: {reason}', hint=_HINT) from error


@lru_cache(maxsize=256)
def _parse(path: str) -> Any:
    from jsonpath_ng.ext.parser import parse  # noqa: PLC0415 - costs 80 ms, rarely used

    try:
        parsed = parse(path if path.startswith("$") else f"$.{path}")
        _put_limits(parsed)
    except Exception as error:
        raise UsageError(
            f'"{path}" is not a JSONPath: {str(error).splitlines()[0].lower()}',
            hint=_HINT,
        ) from error
    return parsed


def _put_limits(part: Any) -> None:
    """Put limits to a part of a parsed path and, however deep, to those that it is made of."""
    from jsonpath_ng.ext.arithmetic import Operation  # noqa: PLC0415 - see above
    from jsonpath_ng.ext.filter import Expression  # noqa: PLC0415 - see above
    from jsonpath_ng.ext.string import Sub  # noqa: PLC0415 - see above

    inner = [each for value in vars(part).values() for each in _paths_in(value)]
    for each in inner:
        _put_limits(each)
    if isinstance(part, Operation) and part.op is mul:
        part.op = _product
    elif isinstance(part, Expression) and part.op == "=~":
        part.find = _matching(part.target, _Pattern(part.value))  # type: ignore[method-assign] # of this one
    elif isinstance(part, Sub):
        part.regex = _Pattern(part.expr)  # type: ignore[assignment] # it does what is asked of it
    if not inner:
        # The others do nothing but ask these.
        part.find = _in_time(part.find)


def _paths_in(value: Any) -> Iterator[Any]:
    """Yield the paths that an attribute of a part is, or that stand in its lists."""
    from jsonpath_ng import JSONPath  # noqa: PLC0415 - see above

    if isinstance(value, JSONPath):
        yield value
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _paths_in(each)


def _in_time(find_all: _Find) -> _Find:
    def find_in_time(datum: Any) -> Any:
        _seconds_left()
        return find_all(datum)

    return find_in_time


def _matching(target: Any, pattern: "_Pattern") -> _Find:
    def find_matching(datum: Any) -> Any:
        return [each for each in target.find(datum) if pattern.fits(each.value)]

    return find_matching


def _seconds_left() -> float:
    """Return how long the search under way may go on; raises _SlowError when its time is over."""
    left = TIME_LIMIT - _PASSED.get()() / 1000
    if left <= 0:
        raise _SlowError
    return left


def _product(left: Any, right: Any) -> Any:
    """Multiply numbers; a text or a list, which Python would repeat, is none."""
    if isinstance(left, int | float) and isinstance(right, int | float):
        return left * right
    raise TypeError


class _Pattern:
    """A regular expression that is as long at work as the search has time."""

    def __init__(self, expression: str) -> None:
        import regex  # noqa: PLC0415 - costs 20 ms, and few paths have one

        self._pattern = regex.compile(expression)

    def fits(self, value: Json) -> bool:
        """Return whether a value is a text in which the expression matches something."""
        if not isinstance(value, str):
            return False
        try:
            return self._pattern.search(value, timeout=_seconds_left()) is not None
        except TimeoutError as error:
            raise _SlowError from error

    def sub(self, replacement: str, text: str) -> str:
        """Return a text in which everything that matches is replaced."""
        if len(text) > MAX_TEXT:
            raise ValueError(f"the text is too long: {len(text):,} characters")
        try:
            return self._pattern.sub(replacement, text, timeout=_seconds_left())
        except TimeoutError as error:
            raise _SlowError from error
