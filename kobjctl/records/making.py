"""Make a record of any kind by hand, as the action that creates its kind does."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, Final, NamedTuple

from kobjctl.model.errors import UnknownNameError, UsageError
from kobjctl.model.kinds import KINDS
from kobjctl.model.values import Json, JsonObject
from kobjctl.records.context import World
from kobjctl.records.fields import Declaration, Fields, given_fields, platform_name
from kobjctl.records.lookup import related


class RecordMaker(NamedTuple):
    """How records of a kind are made: what people call one, the fields of a new one, the service
    that writes it, and the relations that may be named by what finds their record.
    """

    noun: str
    new: type[Fields]
    create: Callable[[JsonObject, World], tuple[Any, list[str]]]
    relations: tuple[str, ...]


_OTHERS: Final = {
    "customer": ("customer", "customers", "CustomerFields", ("company",)),
    "kobject": ("KObject", "kobjects", "NewKObject", ("customer", "company")),
}


def maker_of(kind: str) -> RecordMaker:
    """Return how records of a kind (`customer`, `kobject`, `company`, ...) are made."""
    if kind in _OTHERS:
        noun, module, declared, relations = _OTHERS[kind]
    else:
        noun, module, relations = kind, KINDS[kind].plural, KINDS[kind].relations
        declared = f"New{kind.capitalize()}"
    service = import_module(f"kobjctl.records.{module}")
    return RecordMaker(noun, getattr(service, declared), service.create, relations)


def create(context: World, kind: str, fields: JsonObject) -> tuple[Any, list[str]]:
    """Make a record of a kind with fields by their platform names; return it with warnings.

    Customers, conversations and companies may be named by what finds them. Raises
    UnknownNameError for a field that the kind hasn't, and what the kind's service raises.
    """
    maker = maker_of(kind)
    declaration = Declaration(maker.new)
    known = [field.name for field in declaration.fields]
    for name in fields:
        if name not in known:
            raise UnknownNameError(
                f"field of a {maker.noun}", name, known, otherwise=f"it has {', '.join(known)}"
            )
    given = {
        name: related(context, name, str(value)) if name in maker.relations else value
        for name, value in fields.items()
    }
    values, warnings = declaration.cast(given)
    declaration.refuse_lack(given)
    with context.store.transaction():
        context.reseed()
        made, more = maker.create(given_fields(maker.new(**values)), context)
    return made, [*warnings, *more]


def assigned_fields(options: Mapping[str, str | None], assignments: JsonObject) -> JsonObject:
    """Return the fields of a record: options by their names here, and others by theirs.

    A dot in a name goes into an object: `custom.tierStr`. Raises UsageError for a field that is
    given twice.
    """
    fields: JsonObject = {
        platform_name(name): value for name, value in options.items() if value is not None
    }
    for path, value in assignments.items():
        *outer, name = path.split(".")
        inner: Json = fields
        for key in outer:
            inner = inner.setdefault(key, {}) if isinstance(inner, dict) else None
        if not isinstance(inner, dict) or name in inner:
            raise UsageError(f'"{path}" is given twice', hint="give each field once")
        inner[name] = value
    return fields
