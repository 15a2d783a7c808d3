"""The params of an action, declared once as an annotated dataclass.

From the declaration come the cast at run time, the static check, and the help. A field may be
`str`, `float`, `bool`, `JsonObject`, `JsonList` or `Json`, with limits in `Annotated`; one that
may be left out is `... | Missing | None = MISSING`. Its platform name is the camelCase of its own.
"""

import re
from dataclasses import MISSING as NO_DEFAULT
from dataclasses import fields
from functools import lru_cache
from typing import (
    Annotated,
    Any,
    Final,
    NamedTuple,
    TypeAlias,
    get_args,
    get_origin,
    get_type_hints,
)

from kobjctl.actions.casts import CASTS, Cast
from kobjctl.model.errors import BadParamError
from kobjctl.model.values import MISSING, Json, JsonObject, Missing

JsonList: TypeAlias = list[Any]
OptionalText: TypeAlias = str | Missing | None
OptionalList: TypeAlias = JsonList | Missing | None
OptionalObject: TypeAlias = JsonObject | Missing | None
_UNDERSCORE: Final = re.compile(r"_([a-z0-9])")


class MaxLength(NamedTuple):
    """A limit on the characters of a text param; the platform takes no empty one either."""

    limit: int

    def check(self, name: str, value: Json) -> None:
        """Raise BadParamError for an empty text or one over the limit."""
        if isinstance(value, str) and not 1 <= len(value) <= self.limit:
            raise BadParamError(
                f"{name} takes 1 to {self.limit} characters, not {len(value):,}", parameter=name
            )


class Param(NamedTuple):
    """One declared parameter; `name` is the platform's spelling, `attribute` the field's."""

    name: str
    attribute: str
    type: Cast
    required: bool
    limits: tuple[MaxLength, ...]

    def cast(self, value: Json) -> Json:
        """Give the value as the declared type; null stays null. Raises BadParamError."""
        if value is None:
            return None
        fitted = self.type.cast(self.name, value)
        for limit in self.limits:
            limit.check(self.name, fitted)
        return fitted


@lru_cache(maxsize=256)
def read_params(declaration: Any) -> tuple[Param, ...]:
    """Read the declared parameters of a dataclass, in their order."""
    hints = get_type_hints(declaration, include_extras=True)
    return tuple(
        _param(field.name, hints[field.name], required=_has_no_default(field))
        for field in fields(declaration)
    )


def given_fields(params: Any) -> JsonObject:
    """Give the params that were given, by their platform names; null counts as given."""
    given = {}
    declaration: Any = type(params)
    for param in read_params(declaration):
        value = getattr(params, param.attribute)
        if value is not MISSING:
            given[param.name] = value
    return given


def _has_no_default(field: Any) -> bool:
    return field.default is NO_DEFAULT and field.default_factory is NO_DEFAULT


def _param(attribute: str, hint: Any, *, required: bool) -> Param:
    limits: tuple[Any, ...] = ()
    candidates = get_args(hint) if _is_union(hint) else (hint,)
    base = next(each for each in candidates if each not in (Missing, type(None)))
    if get_origin(base) is Annotated:
        base, *extras = get_args(base)
        limits = tuple(each for each in extras if isinstance(each, MaxLength))
    name = _UNDERSCORE.sub(lambda match: match[1].upper(), attribute)
    return Param(name, attribute, CASTS[get_origin(base) or base], required, limits)


def _is_union(hint: Any) -> bool:
    return get_origin(hint) not in (None, Annotated, dict, list)
