"""Companies, conversations, messages, notes, users and tags: find one, list them, make one."""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from kobjctl.actions import ACTIONS
from kobjctl.actions.base import World
from kobjctl.actions.params import platform_name
from kobjctl.app import customers
from kobjctl.model.customer import Customer, display_name
from kobjctl.model.errors import UnknownNameError, UsageError
from kobjctl.model.kinds import KINDS, CoreRecord
from kobjctl.model.values import Json, JsonObject

LAST: Final = 5


class Around(NamedTuple):
    """A record with what people want to see of it: the names of the records it refers to by their
    ids; a company's customers; a conversation's last messages and notes, the oldest first.
    """

    record: CoreRecord
    names: Mapping[str, str]
    customers: tuple[Customer, ...] = ()
    entries: tuple[CoreRecord, ...] = ()


def find(world: World, kind: str, reference: str) -> CoreRecord:
    """Give a record by its id, or by what else finds one of its kind.

    Raises UnknownNameError, and UsageError for a name that several have.
    """
    records = world.store.records(kind)
    if found := records.get(reference):
        return found
    found_by = KINDS[kind].found_by
    for attribute in found_by:
        # An email is kept in lower case.
        value = reference.lower() if attribute == "email" else reference
        several = records.named(attribute, value, 2)
        if len(several) > 1:
            raise UsageError(
                f'several {KINDS[kind].plural} have the {attribute} "{reference}"',
                hint=f"name one by its id: {', '.join(each.id for each in several)}",
            )
        if several:
            return several[0]
    raise UnknownNameError(
        kind,
        reference,
        records.names(),
        otherwise=f"name one by {ways(kind)}; kobjctl {kind} list shows them",
    )


def ways(kind: str) -> str:
    """Say what a record of a kind can be named by: `id, external id or name`."""
    words = {"externalId": "external id"}
    *first, last = ["id", *(words.get(each, each) for each in KINDS[kind].found_by)]
    return f"{', '.join(first)} or {last}"


def newest(world: World, kind: str, of: Mapping[str, str], limit: int) -> list[CoreRecord]:
    """Give the newest records of a kind; `of` names the customer or conversation they are of.

    Raises UnknownNameError, and UsageError when both are named.
    """
    records = world.store.records(kind)
    if not of:
        return records.all(limit)
    if len(of) > 1:
        raise UsageError(f"{' and '.join(of)} are both named", hint="name one of them")
    [(relation, reference)] = of.items()
    return records.last_created(relation, related(world, relation, reference), limit)


def related(world: World, kind: str, reference: str) -> str:
    """Give the id of a customer or of another record that is named; raises UnknownNameError."""
    if kind == "customer":
        return customers.find(world, reference).id
    return find(world, kind, reference).id


def create(world: World, kind: str, fields: JsonObject) -> tuple[CoreRecord, list[str]]:
    """Make a record as the action that creates its kind does; give it, and warnings.

    The customer and the conversation may be named by what finds them. Raises UnknownNameError
    for a field that the kind has not, and what the action raises.
    """
    name = f"kustomer.{kind}.create"
    output, warnings = perform(world, kind, name, fields, KINDS[kind].relations)
    return find(world, kind, output["id"]), warnings


def perform(
    world: World, noun: str, action_name: str, fields: JsonObject, relations: Iterable[str]
) -> tuple[JsonObject, list[str]]:
    """Make a record by an action; give its output, and warnings.

    The `relations` among the fields (`customer`, `company`, ...) may be named by what finds them.
    Raises as `create` does.
    """
    action = ACTIONS[action_name]
    known = [param.name for param in action.params]
    for name in fields:
        if name not in known:
            raise UnknownNameError(
                f"field of a {noun}", name, known, otherwise=f"it has {', '.join(known)}"
            )
    given = {
        name: related(world, name, str(value)) if name in relations else value
        for name, value in fields.items()
    }
    with world.store.transaction():
        return action.perform(given, world)


def read_fields(options: Mapping[str, str | None], assignments: JsonObject) -> JsonObject:
    """Give the fields of a record: options by their names here, and others by theirs.

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


def around(world: World, record: CoreRecord, limit: int = LAST) -> Around:
    """Give a record with what is around it, of each at most `limit`."""
    customers_of = world.store.customers.of_company
    return Around(
        record,
        _names(world, record),
        tuple(customers_of(record.id, limit)) if record.kind == "company" else (),
        tuple(_entries(world, record, limit)) if record.kind == "conversation" else (),
    )


def _entries(world: World, conversation: CoreRecord, limit: int) -> list[CoreRecord]:
    entries = [
        entry
        for kind in ("message", "note")
        for entry in world.store.records(kind).last_created("conversation", conversation.id, limit)
    ]
    # Ids are in the order of time.
    entries.sort(key=lambda entry: (entry.created_at, entry.id))
    return entries[-limit:]


def _names(world: World, record: CoreRecord) -> dict[str, str]:
    names: dict[str, str] = {}
    if customer_id := record.relations.get("customer"):
        customer = world.store.customers.get(customer_id)
        names[customer_id] = display_name(customer.given) if customer else ""
    for attribute, kind in (("tags", "tag"), ("assignedUsers", "user")):
        for each in record.attributes.get(attribute) or ():
            named = world.store.records(kind).get(each)
            names[each] = named.given["name"] if named else ""
    return {record_id: name for record_id, name in names.items() if name}
