"""How a record that is neither a customer nor a KObject is found, made, changed and deleted."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from kobjctl.model.custom import merge_custom
from kobjctl.model.customer import Customer
from kobjctl.model.errors import NotFoundError
from kobjctl.model.kinds import KINDS
from kobjctl.model.kinds.core_record import CoreRecord
from kobjctl.model.values import Json, JsonObject
from kobjctl.records import events
from kobjctl.records.context import RunContext
from kobjctl.records.relations import check_custom_of, check_related

if TYPE_CHECKING:
    from kobjctl.store.store import Store


def find(kind: str, record_id: str, store: "Store") -> CoreRecord:
    """Return the record of a kind with this id; raises NotFoundError."""
    record = store.records(kind).get(record_id)
    if record is None:
        raise NotFoundError(f'no {kind} has the id "{record_id}"', parameter="id")
    return record


def create(kind: str, attributes: JsonObject, context: RunContext) -> tuple[CoreRecord, list[str]]:
    """Write a new record of a kind with fields by their platform names; return it with warnings.

    Raises BadParamError, and ConflictError for a value that is another's.
    """
    body, warnings = checked(kind, attributes, context.org.store)
    return make(kind, body, context), warnings


def update(
    record: CoreRecord, attributes: JsonObject, context: RunContext
) -> tuple[CoreRecord, list[str]]:
    """Write the fields of a record that are given; return it with warnings, as `create` does."""
    body, warnings = checked(record.kind, attributes, context.org.store)
    return change(record, body, context), warnings


def make(
    kind: str, body: JsonObject, context: RunContext, relations: Mapping[str, str] | None = None
) -> CoreRecord:
    """Write a new record and give it; raises ConflictError for a value that is another's."""
    now = context.org.now()
    record = CoreRecord(
        kind=kind,
        id=context.org.new_id(),
        given={key: value for key, value in body.items() if value is not None},
        relations=relations or {},
        created_at=now,
        updated_at=now,
        modified_at=now,
    )
    context.org.store.records(kind).add(record)
    if KINDS[kind].emits:
        events.created(context, kind, record)
    return record


def change(record: CoreRecord, body: JsonObject, context: RunContext) -> CoreRecord:
    """Write a modified record and give it: `custom` is merged, the rest of `body` replaces."""
    if "custom" in body:
        custom = merge_custom(record.given.get("custom"), body["custom"])
        body = {**body, "custom": custom}
    now = context.org.now()
    return _replace(
        record, record._replace(given=record.given | body, modified_at=now), now, context
    )


def touch(record: CoreRecord, changes: JsonObject, at: str, context: RunContext) -> CoreRecord:
    """Write what happened to a record, which nobody modified; give it as it is then."""
    return _replace(record, record._replace(given=record.given | changes), at, context)


def _replace(before: CoreRecord, after: CoreRecord, at: str, context: RunContext) -> CoreRecord:
    after = after._replace(rev=before.rev + 1, updated_at=at)
    context.org.store.records(before.kind).replace(after)
    if KINDS[before.kind].emits:
        events.updated(context, before.kind, before, after)
    return after


def delete(kind: str, record_id: str, context: RunContext) -> None:
    """Delete a record; raises NotFoundError."""
    record = find(kind, record_id, context.org.store)
    context.org.store.records(kind).remove(record.id)


def related_customer(customer_id: str, store: "Store") -> Customer:
    """Return the customer that a record names; raises NotFoundError."""
    customer = store.customers.get(customer_id)
    if customer is None:
        check_related("customer", customer_id, store)
        raise NotFoundError(f'no customer has the id "{customer_id}"', parameter="customer")
    return customer


def owners(attributes: JsonObject, store: "Store") -> tuple[Customer, CoreRecord | None]:
    """Take the `conversation` or the `customer` that a message or note names out of its body.

    Give the customer, and the conversation if one is named: its customer is the one that counts.
    One of them must be there. Raises NotFoundError.
    """
    customer_id, conversation_id = (
        attributes.pop("customer", None),
        attributes.pop("conversation", None),
    )
    if conversation_id is not None:
        check_related("conversation", conversation_id, store)
        conversation = find("conversation", conversation_id, store)
        return related_customer(conversation.relations["customer"], store), conversation
    return related_customer(customer_id, store), None


def checked(kind: str, attributes: JsonObject, store: "Store") -> tuple[JsonObject, list[str]]:
    """Return the body of a record as the platform keeps it, and warnings; raises BadParamError.

    An exported workflow names the users, teams and so on of its own org: what this org has not is
    taken.
    """
    body = dict(attributes)
    warnings: list[str] = []
    for name, of in KINDS[kind].references.items():
        if name in body:
            body[name] = body[name] or []
            warnings += unknown_ids(of, body[name], store)
    if custom := body.get("custom"):
        warnings += check_custom_of(store.klasses.get(kind), custom, store)
    return body, warnings


def unknown_ids(kind: str, ids: Iterable[Json], store: "Store") -> list[str]:
    """Return a warning for each id that no record of a kind has here."""
    if kind not in KINDS:
        return []
    records = store.records(kind)
    return [
        f'no {kind} in this org has the id "{each}"; it was kept anyway'
        for each in ids
        if not records.exists(each)
    ]
