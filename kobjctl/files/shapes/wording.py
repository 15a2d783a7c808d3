"""Say in our words what pydantic found wrong with the shape of a file."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pydantic_core import ErrorDetails

from kobjctl.files.shapes.finding import ShapeFinding
from kobjctl.files.shapes.models import ObjectShape
from kobjctl.files.shapes.paths import shape_at
from kobjctl.model.errors import closest, did_you_mean
from kobjctl.model.values import Json, JsonPath, kind_of


@dataclass(frozen=True, slots=True)
class _Fault:
    """A pydantic error at `path`: `parent` is the shape around it, `own` the one expected."""

    path: JsonPath
    kind: str
    value: Json
    limits: dict[str, Json]
    parent: type[ObjectShape] | None
    own: type[ObjectShape] | None

    @property
    def key(self) -> str:
        return str(self.path[-1]) if self.path else ""


def finding_of(root: type[ObjectShape], error: ErrorDetails) -> ShapeFinding | None:
    """Reword an error of `root.model_validate`; None for an unknown key that is all right."""
    path = tuple(error["loc"])
    fault = _Fault(
        path=path,
        kind=error["type"],
        value=error["input"],
        limits=error.get("ctx", {}),
        parent=shape_at(root, path[:-1]) if path else None,
        own=shape_at(root, path),
    )
    return _WORDS.get(fault.kind, _wrong_type)(fault)


def a_kind(value: Json) -> str:
    """Name the kind of a value with its article: `a list`, `text`."""
    kind = kind_of(value)
    return {"number": "a number", "object": "an object", "list": "a list"}.get(kind, kind)


def _wrong_type(fault: _Fault) -> ShapeFinding:
    field = fault.parent.field(fault.key) if fault.parent else None
    expected = _TYPES.get(fault.kind, "something else")
    if field and field.description:
        expected = field.description
    message = f"{_name(fault)} is {expected}, not {a_kind(fault.value)}"
    return ShapeFinding(fault.path, "WF101", message, _how_to_write(fault))


def _how_to_write(fault: _Fault) -> str:
    """Describe how a value of a wrong type is written rightly, where that can be told."""
    value = fault.value
    if fault.kind == "string_type" and isinstance(value, bool | int | float):
        return "put quotes around it"
    if isinstance(value, str) and fault.key in ("transitions", "errorCases"):
        return f"write [{{target: {value}}}]"
    if isinstance(value, str) and fault.own and fault.own.noun() == "a transition":
        return f"write {{target: {value}}}"
    if fault.key == "condition" and not isinstance(value, dict):
        several = isinstance(value, list)
        return f"write {{op: {'and' if several else '...'}, values: [...]}}"
    if fault.kind == "list_type" and isinstance(value, dict):
        return 'begin each of its entries with "- "'
    return ""


def _name(fault: _Fault) -> str:
    """Name the value: by its key, else (it is an entry of a list) by what it should be."""
    if fault.path and isinstance(fault.path[-1], str):
        return f"`{fault.key}`"
    return fault.own.noun() if fault.own else "each entry of this list"


def _missing(fault: _Fault) -> ShapeFinding:
    noun = fault.parent.noun() if fault.parent else "this object"
    message = f"{noun} needs `{fault.key}`"
    return ShapeFinding(fault.path[:-1], "WF103", message, keys=(fault.key,))


def _unknown(fault: _Fault) -> ShapeFinding | None:
    known = fault.parent.known_keys() if fault.parent else []
    if fault.key in known:
        return None
    noun = fault.parent.noun() if fault.parent else "this object"
    meant = closest(fault.key, _likely(len(fault.key), fault.parent or ObjectShape))
    hint = f'did you mean "{meant}"?' if meant else (fault.parent or ObjectShape).otherwise
    message = f"{noun} has no key `{fault.key}`"
    return ShapeFinding(fault.path, "WF102", message, hint, "warning", on_key=True, keys=(meant,))


@lru_cache(maxsize=512)
def _likely(length: int, shape: type[ObjectShape]) -> tuple[str, ...]:
    """Return the keys that a key of so many letters may be a slip of.

    Nobody writes those that the platform gives out, so they must be nearly as long: `version` is
    no `appVersion`.
    """
    given_out = shape.also.split()
    written = [each for each in shape.known_keys() if each not in given_out]
    return (*written, *(each for each in given_out if abs(len(each) - length) <= _SLIP))


def _choice(fault: _Fault) -> ShapeFinding:
    expected = str(fault.limits["expected"]).replace("'", '"')
    if not isinstance(fault.value, str):
        message = f"`{fault.key}` is {expected}, not {a_kind(fault.value)}"
        return ShapeFinding(fault.path, "WF101", message)
    message = f'`{fault.key}` is {expected}, not "{fault.value}"'
    hint = did_you_mean(fault.value, expected.replace(" or ", ", ").replace('"', "").split(", "))
    return ShapeFinding(fault.path, "WF104", message, hint)


def _empty(fault: _Fault) -> ShapeFinding:
    return ShapeFinding(fault.path, "WF104", f"`{fault.key}` is empty")


def _too_long(fault: _Fault) -> ShapeFinding:
    limit = fault.limits["max_length"]
    what = "characters" if isinstance(fault.value, str) else "entries"
    return ShapeFinding(fault.path, "WF104", f"`{fault.key}` has more than {limit} {what}")


def _pattern(fault: _Fault) -> ShapeFinding:
    noun, others = ("app", "") if fault.key == "app" else ("klass", ", -")
    message = f'`{fault.key}` is "{fault.value}", which no {noun} can be called'
    return ShapeFinding(fault.path, "WF104", message, f"use letters a to z, digits{others} and _")


def _out_of_range(fault: _Fault) -> ShapeFinding:
    least, most = fault.limits.get("ge"), fault.limits.get("le")
    bound = f"at least {least:g}" if least is not None else f"at most {most:g}"
    return ShapeFinding(fault.path, "WF104", f"`{fault.key}` is {bound}, not {fault.value:g}")


_SLIP: Final = 2
_TYPES: Final = {
    "string_type": "text",
    "bool_type": "true or false",
    "float_type": "a number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "list_type": "a list",
    "dict_type": "an object",
    "model_type": "an object",
}
_WORDS: Final[dict[str, Callable[[_Fault], ShapeFinding | None]]] = {
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
