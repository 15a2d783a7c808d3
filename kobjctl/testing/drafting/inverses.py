"""What has to stand at the path of a function, so that it gives a value: a few to try each.

Functions are not turned round but called, with likely values and with spellings of the value.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final, TypeAlias

from kobjctl.expressions.functions.table import Function, FunctionCall, FunctionContext
from kobjctl.javascript.json_text import stringify
from kobjctl.model.values import MISSING, Json, MissingValue
from kobjctl.store.text import decode
from kobjctl.testing.drafting.samples import LIKELY, SOME, AnyValue

Wanted: TypeAlias = Json | MissingValue | AnyValue

_ENOUGH: Final = 2
_NOWHERE: Final = FunctionContext(lambda: datetime(2026, 1, 1, 12, tzinfo=UTC), lambda _: None)


def inverse(function: Function, arguments: tuple[str, ...], wanted: Wanted) -> list[Wanted]:
    """Return what to try at the path of a function that is to give a value."""
    if not function.arity.takes(1 + len(arguments)):
        return [wanted, SOME, MISSING]

    def gives(value: Json | MissingValue) -> bool:
        """Return whether the function makes what is wanted of a value."""
        result = function.function(FunctionCall(value, "", arguments, _NOWHERE))
        if wanted is SOME:
            return result not in (MISSING, None, False)
        return repr(result) == repr(wanted)

    if all(map(gives, LIKELY)):
        return [SOME, MISSING] if gives(MISSING) else [SOME]
    tried = {repr(each): each for each in (MISSING, *LIKELY, *_spellings(wanted))}
    found: list[Wanted] = [each for each in tried.values() if gives(each)]
    return found[:_ENOUGH] or [wanted, SOME, MISSING]


def _spellings(wanted: Wanted) -> Iterator[Json]:
    """Yield ways to write a value: a list or an object as JSON, anything else as it is first."""
    if isinstance(wanted, MissingValue | AnyValue):
        return
    if isinstance(wanted, dict | list):
        yield stringify(wanted)
    yield wanted
    if isinstance(wanted, str):
        try:
            yield decode(wanted)
        except ValueError:
            return
    else:
        yield stringify(wanted)
