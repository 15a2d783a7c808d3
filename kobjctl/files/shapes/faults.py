"""Find all that is wrong with the shape of a value, by pydantic.

This module is the only one that loads pydantic, and only a file with a fault needs it. The models
are made of the table of shapes. They only judge: nobody uses their instances.
"""

from collections.abc import Iterator
from functools import cache
from math import isfinite
from types import GenericAlias
from typing import Annotated, Any, Final, Literal, Union

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictFloat,
    StrictInt,
    ValidationError,
    create_model,
)

from kobjctl.files.shapes.finding import ShapeFinding
from kobjctl.files.shapes.kinds import ANYTHING, Key, Kind
from kobjctl.files.shapes.table import SHAPES
from kobjctl.files.shapes.wording import finding_of
from kobjctl.model.values import Json

_TYPES: Final[dict[str, Any]] = {
    "": Any,
    "string": str,
    "boolean": StrictBool,
    "integer": StrictInt,
    "number": StrictFloat,
}


def faults(name: str, value: Json) -> Iterator[ShapeFinding]:
    """Yield what keeps a value from having the shape of a name; the conditions inside of
    conditions are left out.
    """
    try:
        _model(name).model_validate(value)
    except ValidationError as errors:
        for error in errors.errors(include_url=False):
            yield finding_of(name, error["type"], error["loc"], error["input"])


@cache
def _model(name: str) -> type[BaseModel]:
    shape = SHAPES[name]
    keys = {**dict.fromkeys(shape.also, Key(ANYTHING)), **shape.keys}
    # Pydantic has methods that are called as some of the keys are.
    fields: dict[str, Any] = {
        f"key_{key}": (_annotation(kind, name), Field(... if needed else None, alias=key))
        for key, (kind, _, needed) in keys.items()
    }
    config = ConfigDict(extra="allow" if shape.is_open else "forbid")
    return create_model(name, __config__=config, **fields)


def _annotation(kind: Kind, within: str) -> Any:
    """Return the type of a kind; `within` is the shape of which it is a part."""
    if kind.shape:
        bare: Any = within if kind.shape == within else _model(kind.shape)
    elif kind.choices:
        bare = Literal[kind.choices]
    elif kind.of:
        inner: Any = _annotation(kind.of, within)
        bare = GenericAlias(*((list, inner) if kind.type == "array" else (dict, (str, inner))))
    else:
        bare = _TYPES[kind.type]
    limited = Annotated[bare, Field(pattern=kind.pattern or None, **_limits(kind))]
    return Union[limited, None] if kind.null else limited  # noqa: UP007 - one may be a name


def _limits(kind: Kind) -> dict[str, Any]:
    words = ("ge", "le") if kind.type in ("integer", "number") else ("min_length", "max_length")
    return {
        word: limit
        for word, limit in zip(words, (kind.least, kind.most), strict=True)
        if isfinite(limit)
    }
