"""What finds, makes, changes and deletes records of any kind, by hand or in a step."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from kobjctl.model.errors import UnknownNameError, UsageError
from kobjctl.model.kinds import KINDS
from kobjctl.model.values import JsonObject
from kobjctl.records import core
from kobjctl.records.context import RunContext, outside_runs
from kobjctl.records.fields import new_record, platform_name
from kobjctl.records.lookup import related
from kobjctl.store.org import Org

if TYPE_CHECKING:
    from kobjctl.store.store import Store


class RecordService(NamedTuple):
    """What a kind's records are found, made, changed and deleted by."""

    find: Callable[..., Any]
    create: Callable[[JsonObject, RunContext], tuple[Any, list[str]]]
    update: Callable[[Any, JsonObject, RunContext], tuple[Any, list[str]]]
    delete: Callable[..., None]


def service_of(kind: str) -> RecordService:
    """Return what the records of a kind are made by: what its module has, else what all have."""
    known = KINDS[kind]
    own = import_module(f"kobjctl.records.{known.plural}") if known.own_service else None
    return RecordService(
        getattr(own, "find", partial(core.find, kind)),
        getattr(own, "create", partial(core.create, kind)),
        getattr(own, "update", core.update),
        getattr(own, "delete", partial(core.delete, kind)),
    )


def find_by(kind: str, attribute: str, value: str, store: "Store") -> Any:
    """Return the record that is found by a value of an attribute, as it is kept; None for none."""
    if attribute == "id":
        return store.table(kind).get(value)
    if kind == "customer":
        # It has several of each.
        return store.customers.find(f"{attribute}s", value)
    return store.records(kind).find(attribute, value)


def create(org: Org, kind: str, fields: JsonObject) -> tuple[Any, list[str]]:
    """Make a record of a kind with fields by their platform names; return it with warnings.

    Customers, conversations and companies may be named by what finds them. Raises
    UnknownNameError for a field that the kind hasn't, and what the kind's service raises.
    """
    declaration = new_record(KINDS[kind])
    known = [field.name for field in declaration.fields]
    for name in fields:
        if name not in known:
            noun = "KObject" if kind == "kobject" else kind
            raise UnknownNameError(
                f"field of a {noun}", name, known, otherwise=f"it has {', '.join(known)}"
            )
    relations = KINDS[kind].relations
    given = {
        name: related(org.store, name, str(value)) if name in relations else value
        for name, value in fields.items()
    }
    fitted, warnings = declaration.fit(given)
    declaration.refuse_lack(given)
    values = declaration.read(fitted)
    with org.store.transaction():
        org.reseed()
        made, more = service_of(kind).create(values, outside_runs(org))
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
        inner, taken = object_at(fields, outer)
        if taken or name in inner:
            raise UsageError(f'"{path}" is set twice', hint="set each field only once")
        inner[name] = value
    return fields


def object_at(fields: JsonObject, keys: Iterable[str]) -> tuple[JsonObject, str]:
    """Return the object that keys lead to, made where it is not there; and the key at which there
    is another value, which ends the way, empty where none is.
    """
    for key in keys:
        inner = fields.setdefault(key, {})
        if not isinstance(inner, dict):
            return fields, key
        fields = inner
    return fields, ""
