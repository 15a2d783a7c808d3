"""Regular expressions of JavaScript, as `new RegExp(expression)` reads them, with a time limit.

They are translated into those of the library `regex`. Texts are searched in UTF-16 units, as in
JavaScript, so `.` is half of an emoji; a lone half in the result is written as U+FFFD.

Where it differs from JavaScript: expressions are limited in length, nesting and time.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from kobjctl.javascript.regex.parser import parse
from kobjctl.javascript.regex.reader import RegexError, RegexTimeoutError
from kobjctl.javascript.regex.writer import write
from kobjctl.javascript.strings import from_units, to_units

__all__ = ["RegexError", "RegexTimeoutError", "compile_regex", "search"]

TIME_LIMIT: Final = 1.0

# Takes a text and seconds; gives the text of the first match, or None.
Search = Callable[[str, float], str | None]


def search(expression: str, text: str, time_limit: float = TIME_LIMIT) -> str | None:
    """Return the text that an expression matches first, None where it matches nothing.

    Raises RegexError for what is no expression, RegexTimeoutError after `time_limit` seconds.
    """
    return compile_regex(expression)(text, time_limit)


@lru_cache(maxsize=256)
def compile_regex(expression: str) -> Search:
    """Compile an expression; raises RegexError for what JavaScript refuses."""
    # Costs 20 ms, which only a run with such a step should pay.
    import regex  # noqa: PLC0415

    flags = regex.VERSION1 | regex.ASCII | regex.DOTALL
    pattern = regex.compile(write(parse(expression)), flags, cache_pattern=False)

    def search_in(text: str, time_limit: float) -> str | None:
        """Return the first match or None; raise RegexTimeoutError after so many seconds."""
        try:
            found = pattern.search(to_units(text), timeout=time_limit)
        except TimeoutError as error:
            raise RegexTimeoutError(
                f"the regular expression took longer than {time_limit:g} s",
                hint="repeats inside repeats, such as (a+)+, take forever: write it without them",
            ) from error
        return from_units(found[0]) if found else None

    return search_in
