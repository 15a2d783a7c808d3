"""What readers of YAML 1.1 make of a scalar that YAML 1.2 reads in another way."""

from functools import lru_cache
from typing import Any, Final

import yaml
from yaml.resolver import Resolver

from kobjctl.files.places import lost_digits
from kobjctl.javascript.numbers import canonical, loses_digits
from kobjctl.model.values import Json

_TAG: Final = "tag:yaml.org,2002:"
_KINDS: Final = {
    "bool": "true or false",
    "int": "a number",
    "float": "a number",
    "timestamp": "a date",
    "str": "text",
    "value": "a default value",
}
# Only what begins like a number or like one of the words can be read in two ways.
_BEGINNINGS: Final = frozenset("0123456789+-.=yYnNoO")


def ambiguous(text: str, value: Json) -> tuple[str, str] | None:
    """Judge a plain scalar that is read as `value`: when readers of YAML 1.1 make something else
    of it, give that as a message and a hint.
    """
    if not isinstance(value, str) and loses_digits(text):
        return lost_digits(text, value)
    old = _old_reading(text, value) if text[:1] in _BEGINNINGS else ""
    if not old:
        return None
    if isinstance(value, str):
        return f'"{text}" is text here, and {old} to readers of YAML 1.1', "put quotes around it"
    message = f'"{text}" is the number {value} here, and {old} to readers of YAML 1.1'
    return message, "write the number in plain digits, or put quotes around it"


@lru_cache(maxsize=1024)
def _old_reading(text: str, value: Json) -> str:
    """Describe what YAML 1.1 makes of a scalar; empty when that is `value`."""
    tag: str = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))
    name = tag.removeprefix(_TAG)
    if name in ("int", "float") and not isinstance(value, str):
        old = getattr(_CONSTRUCTOR, f"construct_yaml_{name}")(yaml.ScalarNode(name, text))
        return "" if canonical(old) == value else f"the number {old}"
    return "" if isinstance(value, str) and name == "str" else _KINDS.get(name, "")


_RESOLVER: Final[Any] = Resolver()
_CONSTRUCTOR: Final = yaml.constructor.SafeConstructor()
