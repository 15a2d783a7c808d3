"""Say in our words what pydantic found wrong with the shape of a file."""

from collections.abc import Callable
from functools import lru_cache
from typing import Final, NamedTuple

from kobjctl.files.shapes.finding import ShapeFinding
from kobjctl.files.shapes.kinds import ANYTHING, Kind, ObjectShape, shaped
from kobjctl.files.shapes.table import SHAPES
from kobjctl.model.errors import closest, did_you_mean
from kobjctl.model.values import Json, JsonPath, a_kind


class _Fault(NamedTuple):
    """What is wrong at a path: with a value of the kind `own`, or with a key of `parent`."""

    path: JsonPath
    value: Json
    own: Kind
    parent: ObjectShape

    @property
    def key(self) -> str:
        return str(self.path[-1]) if self.path else ""

    @property
    def own_noun(self) -> str:
        return SHAPES[self.own.shape].noun if self.own.shape else ""


def finding_of(name: str, error: str, path: JsonPath, value: Json) -> ShapeFinding:
    """Word an error of pydantic's about an object that should have the shape of a name."""
    parent = kind_at(name, path[:-1]).shape
    fault = _Fault(path, value, kind_at(name, path), SHAPES[parent or name])
    return _WORDS.get(error, _wrong_type)(fault)


def kind_at(name: str, path: JsonPath) -> Kind:
    """Return the kind of what stands at a path of a shape; anything where nothing is known."""
    # The entries of a list are all alike, and there may be thousands of faults in one.
    return _kind_at(name, tuple(part if isinstance(part, str) else 0 for part in path))


@lru_cache(maxsize=1024)
def _kind_at(name: str, path: JsonPath) -> Kind:
    kind = shaped(name)
    for part in path:
        key = SHAPES[kind.shape].keys.get(str(part)) if kind.shape else None
        kind = key.kind if key else kind.of or ANYTHING
    return kind


def _wrong_type(fault: _Fault) -> ShapeFinding:
    message = f"{_name(fault)} must be {fault.own.expected}, not {a_kind(fault.value)}"
    return ShapeFinding(fault.path, "WF101", message, _how_to_write(fault))


def _how_to_write(fault: _Fault) -> str:
    """Describe how a value of a wrong type is written rightly, where that can be told."""
    value = fault.value
    if fault.own.type == "string" and isinstance(value, bool | int | float):
        return "put quotes around it"
    if isinstance(value, str) and fault.key in ("transitions", "errorCases"):
        return f"write [{{target: {value}}}]"
    if isinstance(value, str) and fault.own.shape == "Transition":
        return f"write {{target: {value}}}"
    if fault.key == "condition" and not isinstance(value, dict):
        several = isinstance(value, list)
        return f"write {{op: {'and' if several else '...'}, values: [...]}}"
    if fault.own.type == "array" and isinstance(value, dict):
        return 'begin each of its entries with "- "'
    return ""


def _name(fault: _Fault) -> str:
    """Name the value: by its key, else (it is an entry of a list) by what it should be."""
    if fault.path and isinstance(fault.path[-1], str):
        return f"`{fault.key}`"
    return fault.own_noun or "each entry of this list"


def _missing(fault: _Fault) -> ShapeFinding:
    message = f"{fault.parent.noun} needs `{fault.key}`"
    return ShapeFinding(fault.path[:-1], "WF103", message, keys=(fault.key,))


def _unknown(fault: _Fault) -> ShapeFinding:
    meant = closest(fault.key, _likely(len(fault.key), fault.parent))
    hint = f'did you mean "{meant}"?' if meant else fault.parent.otherwise
    message = f"{fault.parent.noun} has no key `{fault.key}`"
    return ShapeFinding(fault.path, "WF102", message, hint, "warning", on_key=True, keys=(meant,))


def _likely(length: int, shape: ObjectShape) -> list[str]:
    """Return the keys that a key of so many letters may be a slip of.

    Nobody writes those that the platform gives out, so they must be nearly as long: `version` is
    no `appVersion`.
    """
    return [*shape.keys, *(each for each in shape.also if abs(len(each) - length) <= _SLIP)]


def _choice(fault: _Fault) -> ShapeFinding:
    *others, last = (f'"{each}"' for each in fault.own.choices)
    message = f"`{fault.key}` must be {', '.join(others)} or {last}, not "
    if not isinstance(fault.value, str):
        return ShapeFinding(fault.path, "WF101", message + a_kind(fault.value))
    hint = did_you_mean(fault.value, fault.own.choices)
    return ShapeFinding(fault.path, "WF104", f'{message}"{fault.value}"', hint)


def _empty(fault: _Fault) -> ShapeFinding:
    return ShapeFinding(fault.path, "WF104", f"`{fault.key}` is empty")


def _too_long(fault: _Fault) -> ShapeFinding:
    what = "characters" if isinstance(fault.value, str) else "entries"
    message = f"`{fault.key}` has more than {fault.own.most} {what}"
    return ShapeFinding(fault.path, "WF104", message)


def _pattern(fault: _Fault) -> ShapeFinding:
    noun, others = ("an app", "") if fault.key == "app" else ("a klass", ", -")
    message = f'`{fault.key}` is "{fault.value}", which is not a name for {noun}'
    return ShapeFinding(fault.path, "WF104", message, f"use letters a to z, digits{others} and _")


def _out_of_range(fault: _Fault) -> ShapeFinding:
    is_low = not fault.value >= fault.own.least
    bound = f"at least {fault.own.least:g}" if is_low else f"at most {fault.own.most:g}"
    return ShapeFinding(fault.path, "WF104", f"`{fault.key}` must be {bound}, not {fault.value:g}")


_SLIP: Final = 2
_WORDS: Final[dict[str, Callable[[_Fault], ShapeFinding]]] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "literal_error": _choice,
    "string_too_short": _empty,
    "string_too_long": _too_long,
    "too_long": _too_long,
    "string_pattern_mismatch": _pattern,
    "greater_than_equal": _out_of_range,
    "less_than_equal": _out_of_range,
}
