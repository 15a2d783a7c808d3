"""Merge two customers: one gets what the other has, which is gone then.

Source: `manual/platform.md 9.14`.
"""

from collections.abc import Mapping
from typing import Final

from kobjctl.model.customer import Customer
from kobjctl.model.errors import BadParamError
from kobjctl.model.kinds import CORE_KINDS
from kobjctl.model.kinds.identities import IDENTITIES
from kobjctl.model.values import Json, JsonObject
from kobjctl.records import customers, events
from kobjctl.records.context import RunContext

# Of each, the newer is kept; what in it says how new it is, where it is no time itself.
_NEWER: Final[Mapping[str, str]] = {
    "preview": "previewAt",
    "lastMessageIn": "sentAt",
    "lastMessageOut": "sentAt",
    "recentLocation": "updatedAt",
    "lastMessageAt": "",
    "signedUpAt": "",
    "lastSeenAt": "",
}


def merge_customers(source_id: str, target_id: str, context: RunContext) -> Customer:
    """Give the target what the source has, its timeline included, and delete that one.

    Return the target. Raises NotFoundError for one that isn't there, BadParamError for one alone.
    """
    store = context.org.store
    source, target = customers.find(source_id, store), customers.find(target_id, store)
    if source == target:
        raise BadParamError("a customer can't be merged with itself", parameter="target")
    for kind in CORE_KINDS.values():
        if "customer" in kind.relations:
            store.records(kind.name).move("customer", source.id, target.id)
    store.kobjects.move(source.id, target.id)
    # What identifies it is free for the other then.
    store.customers.remove(source.id)
    now = context.org.now()
    acted = (source.last_customer_activity_at or "", target.last_customer_activity_at or "")
    store.customers.replace(
        target._replace(
            given=_merged(source.given, target.given),
            company=target.company or source.company,
            rev=target.rev + 1,
            created_at=min(source.created_at, target.created_at),
            updated_at=now,
            modified_at=now,
            last_activity_at=max(source.last_activity_at, target.last_activity_at),
            last_customer_activity_at=max(acted) or None,
        )
    )
    merged = customers.find(target.id, store)
    events.updated(context, "customer", target, merged)
    return merged


def _merged(source: JsonObject, target: JsonObject) -> JsonObject:
    """Return the attributes of both; what both have is the target's, or what becomes of two."""
    given = source | {key: value for key, value in target.items() if value is not None}
    for name in source.keys() & target.keys():
        given[name] = _of_both(name, source[name], target[name])
    # The last conversation is that of the last message (`lastMessageIn`).
    if given.get("lastMessageIn") != target.get("lastMessageIn"):
        given["lastConversation"] = source.get("lastConversation")
    return {key: value for key, value in given.items() if value is not None}


def _of_both(name: str, source: Json, target: Json) -> Json:
    if name in _NEWER:
        return max((target, source), key=lambda each: _age(each, _NEWER[name]))
    if isinstance(source, list) and isinstance(target, list):
        return _union(name, [*target, *source])
    if name == "conversationCounts":
        return {key: source.get(key, 0) + target.get(key, 0) for key in source | target}
    if name == "custom":
        return (source or {}) | (target or {})
    return source if target is None else target


def _age(value: Json, key: str) -> str:
    return str((value or {}).get(key, "") if key else value or "")


def _union(name: str, items: list[Json]) -> list[Json]:
    """Return the items without those that are there before, or identify the same."""
    value = IDENTITIES[name].value if name in IDENTITIES else repr
    return list({value(item): item for item in reversed(items)}.values())[::-1]
