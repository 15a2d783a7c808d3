"""The fields of a record or of an action, declared once as the annotated fields of a class.

From the declaration come the cast at run time, the static check, and the help. A field may be
`str`, `float`, `bool`, `JsonObject`, `JsonList` or `Json`, with limits in `Annotated`; one that
may be left out is `... | Missing | None = MISSING`. Its platform name is the camelCase of its own,
unless an `Alias` in `Annotated` gives another.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import (
    Annotated,
    Any,
    ClassVar,
    Final,
    NamedTuple,
    TypeAlias,
    cast,
    dataclass_transform,
    get_args,
    get_origin,
    get_type_hints,
)

from kobjctl.model.errors import BadParamError, did_you_mean
from kobjctl.model.values import Json, JsonObject, MissingValue, kind_of
from kobjctl.records.casts import CASTS, Cast

JsonList: TypeAlias = list[Any]
OptionalText: TypeAlias = str | MissingValue | None
OptionalList: TypeAlias = JsonList | MissingValue | None
OptionalObject: TypeAlias = JsonObject | MissingValue | None
OptionalAny: TypeAlias = object | MissingValue | None
_UNDERSCORE: Final = re.compile(r"_([a-z0-9])")


class Length(NamedTuple):
    """A limit on the characters of a text param."""

    most: int
    least: int = 0

    def __str__(self) -> str:
        """Say the limit: `1 to 256 characters`."""
        start = f"{self.least} to" if self.least else "up to"
        return f"{start} {self.most:,} characters"

    def check(self, name: str, value: Json) -> None:
        """Raise BadParamError for a text outside the limit."""
        if isinstance(value, str) and not self.least <= len(value) <= self.most:
            raise BadParamError(f"{name} takes {self}, not {len(value):,}", parameter=name)


class Alias(NamedTuple):
    """The platform's name of a param that is not the camelCase of its field: `DetectLang`."""

    name: str


class OneOf(NamedTuple):
    """The only texts that a text param takes."""

    options: tuple[str, ...]

    def __str__(self) -> str:
        """Say the options: `one of open, done`."""
        return f"one of {', '.join(self.options)}"

    def check(self, name: str, value: Json) -> None:
        """Raise BadParamError for any other text."""
        if value not in self.options:
            hint = did_you_mean(str(value), self.options)
            raise BadParamError(f'{name} is {self}, not "{value}"', parameter=name, hint=hint)


class IntegerRange(NamedTuple):
    """The whole numbers that a number param takes."""

    least: int
    most: int

    def __str__(self) -> str:
        """Say the limit: `whole, 1 to 5`."""
        return f"whole, {self.least} to {self.most}"

    def check(self, name: str, value: Json) -> None:
        """Raise BadParamError for any other number."""
        if not self.least <= value <= self.most or value != int(value):
            raise BadParamError(
                f"{name} is a whole number from {self.least} to {self.most}, not {value}",
                parameter=name,
            )


Limit: TypeAlias = Length | OneOf | IntegerRange


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Fields:
    """The base of a declaration: like a keyword-only dataclass, at no cost.

    Making a dataclass of 25 fields takes 3 ms, which a command would pay at every start.
    `needs_one` names params, as the platform spells them, of which one at least must be given.
    """

    needs_one: ClassVar[tuple[str, ...]] = ()

    def __init__(self, **values: Any) -> None:
        self.__dict__.update(values)


class Field(NamedTuple):
    """One declared parameter; `name` is the platform's spelling, `attribute` the field's."""

    name: str
    attribute: str
    type: Cast
    required: bool
    nullable: bool
    limits: tuple[Limit, ...]

    def cast(self, value: Json) -> Json:
        """Return the value as the declared type; null clears where it may. Raises BadParamError."""
        if value is None:
            if not (self.nullable or self.required):
                raise BadParamError(
                    f'the parameter "{self.name}" can\'t be null', parameter=self.name
                )
            return None
        fitted = self.type.cast(self.name, value)
        for limit in self.limits:
            limit.check(self.name, fitted)
        return fitted


@lru_cache(maxsize=256)
def read_fields(declaration: Any) -> tuple[Field, ...]:
    """Read the declared parameters of a class, in their order."""
    hints = get_type_hints(declaration, include_extras=True)
    return tuple(
        _param(attribute, hint, required=not hasattr(declaration, attribute))
        for attribute, hint in hints.items()
        if get_origin(hint) is not ClassVar
    )


class Declaration:
    """The fields that a class declares, and how given values are read by them."""

    def __init__(self, declared: type[Fields]) -> None:
        self.declared = declared
        self.fields = read_fields(cast("Any", declared))
        self._by_name = {field.name: field for field in self.fields}
        self._required = tuple(field.name for field in self.fields if field.required)

    def cast(self, attributes: JsonObject) -> tuple[dict[str, Any], list[str]]:
        """Return the values as the declared types, by the names of attributes, and warnings.

        `given` has them by their platform names. Raises BadParamError for one that doesn't fit.
        """
        values: dict[str, Any] = {}
        warnings: list[str] = []
        for name, value in attributes.items():
            field = self._by_name.get(name)
            if field is None:
                warnings.append(f'the action has no parameter "{name}"; it was left out')
                continue
            fitted = values[field.attribute] = field.cast(value)
            if type(fitted) is not type(value) and kind_of(fitted) != kind_of(value):
                kinds = f"from {kind_of(value)} to {kind_of(fitted)}"
                warnings.append(f'the parameter "{name}" was cast {kinds}')
        return values, warnings

    def lacking(self, attributes: JsonObject) -> tuple[str, ...]:
        """Return a required field that is not there, or those of which none is."""
        for name in self._required:
            if attributes.get(name) is None:
                return (name,)
        one = self.declared.needs_one
        return () if any(attributes.get(name) is not None for name in one) else one

    def refuse_lack(self, attributes: JsonObject) -> None:
        """Raise BadParamError when something that is required is not there."""
        if lacking := self.lacking(attributes):
            raise BadParamError(
                f"the parameter {either(lacking)} is required", parameter=lacking[0]
            )


def given_fields(params: Fields) -> JsonObject:
    """Return the params that were given, by their platform names; null counts as given."""
    declaration: Any = type(params)
    names = _names(declaration)
    return {names[attribute]: value for attribute, value in vars(params).items()}


@lru_cache(maxsize=256)
def _names(declaration: Any) -> dict[str, str]:
    return {param.attribute: param.name for param in read_fields(declaration)}


def either(names: Sequence[str]) -> str:
    """Name some params of which one is needed: `"id" or "conversation"`."""
    return " or ".join(f'"{name}"' for name in names)


def platform_name(attribute: str) -> str:
    """Return the platform's spelling of a field's name: `klass_name` is `klassName`."""
    return _UNDERSCORE.sub(lambda match: match[1].upper(), attribute)


def _param(attribute: str, hint: Any, *, required: bool) -> Field:
    extras: list[Any] = []
    candidates = get_args(hint) if _is_union(hint) else (hint,)
    base = next(each for each in candidates if each not in (MissingValue, type(None)))
    if get_origin(base) is Annotated:
        base, *extras = get_args(base)
    alias = next((each for each in extras if isinstance(each, Alias)), None)
    return Field(
        name=alias.name if alias else platform_name(attribute),
        attribute=attribute,
        type=CASTS[get_origin(base) or base],
        required=required,
        nullable=type(None) in candidates,
        limits=tuple(each for each in extras if isinstance(each, Limit)),
    )


def _is_union(hint: Any) -> bool:
    return get_origin(hint) not in (None, Annotated, dict, list)
