"""How a record that is neither a customer nor a KObject is found, made, changed and deleted."""

from collections.abc import Iterable, Mapping

from kobjctl.model.core_record import CoreRecord
from kobjctl.model.custom import merge_custom
from kobjctl.model.customer import Customer
from kobjctl.model.errors import NotFoundError
from kobjctl.model.kinds import KINDS
from kobjctl.model.values import Json, JsonObject
from kobjctl.records import events
from kobjctl.records.context import World
from kobjctl.records.relations import check_custom_of, check_related


def find(kind: str, record_id: str, context: World) -> CoreRecord:
    """Return the record of a kind with this id; raises NotFoundError."""
    record = context.store.records(kind).get(record_id)
    if record is None:
        raise NotFoundError(f'no {kind} has the id "{record_id}"', parameter="id")
    return record


def create(kind: str, attributes: JsonObject, context: World) -> tuple[CoreRecord, list[str]]:
    """Write a new record of a kind with fields by their platform names; return it with warnings.

    Raises BadParamError, and ConflictError for a value that is another's.
    """
    body, warnings = checked(kind, attributes, context)
    return make(kind, body, context), warnings


def update(
    record: CoreRecord, attributes: JsonObject, context: World
) -> tuple[CoreRecord, list[str]]:
    """Write the fields of a record that are given; return it with warnings, as `create` does."""
    body, warnings = checked(record.kind, attributes, context)
    return change(record, body, context), warnings


def make(
    kind: str, body: JsonObject, context: World, relations: Mapping[str, str] | None = None
) -> CoreRecord:
    """Write a new record and give it; raises ConflictError for a value that is another's."""
    now = context.now()
    record = CoreRecord(
        kind=kind,
        id=context.new_id(),
        given={key: value for key, value in body.items() if value is not None},
        relations=relations or {},
        created_at=now,
        updated_at=now,
        modified_at=now,
    )
    context.store.records(kind).add(record)
    if KINDS[kind].emits:
        events.created(context, kind, record)
    return record


def change(record: CoreRecord, body: JsonObject, context: World) -> CoreRecord:
    """Write a modified record and give it: `custom` is merged, the rest of `body` replaces."""
    if "custom" in body:
        custom = merge_custom(record.given.get("custom"), body["custom"])
        body = {**body, "custom": custom}
    now = context.now()
    return _replace(
        record, record._replace(given=record.given | body, modified_at=now), now, context
    )


def touch(record: CoreRecord, changes: JsonObject, at: str, context: World) -> CoreRecord:
    """Write what happened to a record, which nobody modified; give it as it is then."""
    return _replace(record, record._replace(given=record.given | changes), at, context)


def _replace(before: CoreRecord, after: CoreRecord, at: str, context: World) -> CoreRecord:
    after = after._replace(rev=before.rev + 1, updated_at=at)
    context.store.records(before.kind).replace(after)
    if KINDS[before.kind].emits:
        events.updated(context, before.kind, before, after)
    return after


def delete(kind: str, record_id: str, context: World) -> None:
    """Delete a record; raises NotFoundError."""
    record = find(kind, record_id, context)
    context.store.records(kind).remove(record.id)


def related_customer(customer_id: str, context: World) -> Customer:
    """Return the customer that a record names; raises NotFoundError."""
    customer = context.store.customers.get(customer_id)
    if customer is None:
        check_related("customer", customer_id, context)
        raise NotFoundError(f'no customer has the id "{customer_id}"', parameter="customer")
    return customer


def owners(attributes: JsonObject, context: World) -> tuple[Customer, CoreRecord | None]:
    """Take the `conversation` or the `customer` that a message or note names out of its body.

    Give the customer, and the conversation if one is named: its customer is the one that counts.
    One of them must be there. Raises NotFoundError.
    """
    customer_id, conversation_id = (
        attributes.pop("customer", None),
        attributes.pop("conversation", None),
    )
    if conversation_id is not None:
        check_related("conversation", conversation_id, context)
        conversation = find("conversation", conversation_id, context)
        return related_customer(conversation.relations["customer"], context), conversation
    return related_customer(customer_id, context), None


def checked(kind: str, attributes: JsonObject, context: World) -> tuple[JsonObject, list[str]]:
    """Return the body of a record as the platform keeps it, and warnings; raises BadParamError.

    An exported workflow names the users, teams and so on of its own org: what this org has not is
    taken.
    """
    body = dict(attributes)
    warnings: list[str] = []
    for name, of in KINDS[kind].references.items():
        if name in body:
            body[name] = body[name] or []
            warnings += unknown_ids(of, body[name], context)
    if custom := body.get("custom"):
        warnings += check_custom_of(context.store.klasses.get(kind), custom, context)
    return body, warnings


def unknown_ids(kind: str, ids: Iterable[Json], context: World) -> list[str]:
    """Return a warning for each id that no record of a kind has here."""
    if kind not in KINDS:
        return []
    records = context.store.records(kind)
    return [
        f'no {kind} here has the id "{each}"; it is kept as it is'
        for each in ids
        if not records.exists(each)
    ]
