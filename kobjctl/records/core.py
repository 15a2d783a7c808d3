"""How a company, conversation, message, note, user or tag is found, made, changed and deleted."""

from collections.abc import Iterable, Mapping
from typing import Final

from kobjctl.model.custom import merge_custom
from kobjctl.model.customer import Customer
from kobjctl.model.errors import BadParamError, NotFoundError
from kobjctl.model.kinds import KINDS, CoreRecord
from kobjctl.model.klass import is_reference
from kobjctl.model.values import Json, JsonObject
from kobjctl.records import events
from kobjctl.records.context import World
from kobjctl.records.relations import check_custom_of, check_related

MAX_ASSIGNED: Final = 10


def find(kind: str, record_id: str, context: World) -> CoreRecord:
    """Return the record of a kind with this id; raises NotFoundError."""
    record = context.store.records(kind).get(record_id)
    if record is None:
        raise NotFoundError(f'no {kind} has the id "{record_id}"', parameter="id")
    return record


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


def check_custom_in(kind: str, body: JsonObject, context: World) -> list[str]:
    """Check the custom values in the body of a record; give warnings, raise BadParamError."""
    custom = body.get("custom")
    return check_custom_of(context.store.klasses.get(kind), custom, context) if custom else []


def check_assigned(body: JsonObject, context: World) -> list[str]:
    """Check the users and teams that a record is assigned to; give warnings.

    An exported workflow names the users of its own org: one that this org has not is taken.
    Raises BadParamError for what is no list of ids.
    """
    for name in ("assignedUsers", "assignedTeams"):
        ids = body.get(name) or []
        if not all(is_reference(each) for each in ids):
            raise BadParamError(f"{name} takes object ids of 24 hex characters", parameter=name)
        if len(ids) > MAX_ASSIGNED or len(set(ids)) < len(ids):
            raise BadParamError(f"{name} must be at most {MAX_ASSIGNED} and unique", parameter=name)
    return unknown_users(body.get("assignedUsers") or [], context)


def unknown_users(ids: Iterable[Json], context: World) -> list[str]:
    """Return a warning for each user that this org does not have."""
    users = context.store.records("user")
    return [
        f'no user here has the id "{each}"; it is kept as it is'
        for each in ids
        if not users.exists(each)
    ]
