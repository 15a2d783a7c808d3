"""JSONPath as people type it: `$.attributes.data.email`."""

from functools import lru_cache
from typing import Any, Final

from kobjctl.model.errors import UsageError
from kobjctl.model.values import Json

MAX_PATH: Final = 500
_HINT: Final = "as in $.attributes.data.email or $.attributes.data.items[0].sku"


@lru_cache(maxsize=256)
def _parse(path: str) -> Any:
    from jsonpath_ng.ext.parser import parse  # noqa: PLC0415 - costs 80 ms, rarely used

    try:
        return parse(path if path.startswith("$") else f"$.{path}")
    except Exception as error:
        raise UsageError(
            f'"{path}" is no JSONPath: {str(error).splitlines()[0].lower()}',
            hint=_HINT,
        ) from error


def find(path: str, value: Json) -> list[Json]:
    """Give everything that a JSONPath finds in a value; raises UsageError for a bad path."""
    if len(path) > MAX_PATH:
        raise UsageError(f"a JSONPath of {len(path):,} characters is too long", hint=_HINT)
    parsed = _parse(path)
    try:
        return [match.value for match in parsed.find(value)]
    except Exception as error:
        # An expression in it may not go with the value, in as many ways as there are expressions.
        reason = (str(error) or type(error).__name__).splitlines()[0].lower()
        raise UsageError(f'"{path}" can\'t be used on this value: {reason}', hint=_HINT) from error
