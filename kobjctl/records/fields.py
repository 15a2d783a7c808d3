"""The fields of a record or of an action, declared once as the annotated fields of a class.

From the declaration come the cast at run time, the static check, and the help. A field may be
`str`, `float`, `bool`, `JsonObject`, `JsonList` or `Json`, with limits in `Annotated`; one that
may be left out is `... | Missing | None = MISSING`. Its platform name is the camelCase of its own,
unless an `Alias` in `Annotated` gives another.
"""

import re
from collections.abc import Callable, Sequence
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

from kobjctl.model.errors import BadParamError
from kobjctl.model.kinds.kind import RecordField, RecordKind, as_it_is
from kobjctl.model.kinds.limits import Limit
from kobjctl.model.secrets import hidden
from kobjctl.model.values import Json, JsonObject, MissingValue
from kobjctl.records.casts import BY_WORDS, CASTS, Cast, cast_notes

JsonList: TypeAlias = list[Any]
OptionalText: TypeAlias = str | MissingValue | None
OptionalList: TypeAlias = JsonList | MissingValue | None
OptionalObject: TypeAlias = JsonObject | MissingValue | None
OptionalAny: TypeAlias = object | MissingValue | None
_UNDERSCORE: Final = re.compile(r"_([a-z0-9])")


class Alias(NamedTuple):
    """The platform's name of a param that is not the camelCase of its field: `DetectLang`."""

    name: str


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
    """One declared parameter; `name` is the platform's spelling, `attribute` the field's.

    `read` gives what is cast as it is kept; it raises BadParamError for what can't be.
    """

    name: str
    attribute: str
    type: Cast
    required: bool
    nullable: bool
    limits: tuple[Limit, ...] = ()
    read: Callable[[Any], Json] = as_it_is

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


def declared_by(declared: type[Fields]) -> "Declaration":
    """Return the fields that a class declares."""
    return Declaration(read_fields(cast("Any", declared)), declared.needs_one)


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
    """Some fields, and how given values are read by them. One at least of `needs_one` is needed."""

    def __init__(self, fields: Sequence[Field], needs_one: tuple[str, ...] = ()) -> None:
        self.fields = fields
        self.needs_one = needs_one
        self._by_name = {field.name: field for field in fields}
        self._required = tuple(field.name for field in fields if field.required)

    def fit(self, attributes: JsonObject) -> tuple[JsonObject, list[str]]:
        """Return the values as the declared types, and warnings; what is not declared stays.

        Raises BadParamError for one that can't be of its type.
        """
        fitted: JsonObject = {}
        warnings: list[str] = []
        for name, value in attributes.items():
            field = self._by_name.get(name)
            if field is None:
                warnings.append(f'the action has no parameter "{name}"; it was left out')
                fitted[name] = value
                continue
            result = field.cast(value)
            if notes := cast_notes(name, value, result):
                result = hidden().derived(result, field.cast, value)
                warnings += notes
            fitted[name] = result
        return fitted, warnings

    def read(self, fitted: JsonObject) -> dict[str, Any]:
        """Return values of the declared types as they are kept, by the names of attributes.

        Raises BadParamError for one that can't be kept.
        """
        return {
            field.attribute: value if value is None else field.read(value)
            for name, value in fitted.items()
            if (field := self._by_name.get(name))
        }

    def lacking(self, attributes: JsonObject) -> tuple[str, ...]:
        """Return a required field that is not there, or those of which none is."""
        for name in self._required:
            if attributes.get(name) is None:
                return (name,)
        one = self.needs_one
        return () if any(attributes.get(name) is not None for name in one) else one

    def refuse_lack(self, attributes: JsonObject) -> None:
        """Raise BadParamError when something that is required is not there."""
        if lacking := self.lacking(attributes):
            raise BadParamError(
                f"the parameter {either(lacking)} is required", parameter=lacking[0]
            )


def new_record(kind: RecordKind) -> Declaration:
    """Return the fields that a new record of a kind has."""
    fields = [_field(each) for each in kind.fields if each.when != "change"]
    return Declaration(fields, kind.needs_one)


def id_field(name: str) -> Field:
    """Return the field of the id, or of another text, that names a record."""
    return Field(name, name, BY_WORDS["text"], required=True, nullable=False)


def changed_record(kind: RecordKind, *named_by: str) -> Declaration:
    """Return the fields of a change to a record, after those that name it."""
    named = map(id_field, named_by)
    changes = (
        # What a record can't be without may change, but not go.
        each._replace(required=False, nullable=each.nullable and not each.required)
        for each in kind.fields
        if each.when != "new"
    )
    return Declaration([*named, *map(_field, changes)])


def _field(field: RecordField) -> Field:
    return Field(
        name=field.name,
        attribute=field.name,
        type=BY_WORDS[field.type],
        required=field.required,
        nullable=field.nullable and not field.required,
        limits=field.limits,
        read=field.read,
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
