"""Merge two conversations: what is in one goes into the other (`manual/platform.md 7.6`)."""

from kobjctl.model.errors import BadParamError
from kobjctl.model.kinds import CORE_KINDS
from kobjctl.model.kinds.core_record import CoreRecord
from kobjctl.model.values import JsonObject
from kobjctl.records import core
from kobjctl.records.activity import Moment, note_on_customer
from kobjctl.records.context import RunContext
from kobjctl.records.conversations import joined

_COUNTS = ("messageCount", "noteCount", "inboundMessageCount", "outboundMessageCount")


def merge_conversations(source_id: str, target_id: str, context: RunContext) -> CoreRecord:
    """Put the messages and notes of the source into the target, and delete the source.

    Return the target. Raises NotFoundError for one that isn't there, BadParamError for one alone
    and for those of two customers.
    """
    store = context.org.store
    source = core.find("conversation", source_id, store)
    target = core.find("conversation", target_id, store)
    if source == target:
        raise BadParamError("a conversation can't be merged with itself", parameter="target")
    if source.relations != target.relations:
        raise BadParamError("the conversations are of two customers", parameter="target")
    customer = core.related_customer(target.relations["customer"], store)
    for kind in CORE_KINDS.values():
        if "conversation" in kind.relations:
            store.records(kind.name).move("conversation", source.id, target.id)
    store.records("conversation").remove(source.id)
    now = context.org.now()
    merged = core.touch(target, _merged(source.attributes, target.attributes), now, context)
    counts = dict(customer.given["conversationCounts"])
    for key in ("all", source.attributes["status"]):
        counts[key] -= 1
    last = {"id": merged.id, **{key: merged.attributes[key] for key in ("channels", "tags")}}
    changes = {"conversationCounts": counts, "lastConversation": last}
    note_on_customer(customer, Moment(now, changes), context)
    return merged


def _merged(source: JsonObject, target: JsonObject) -> JsonObject:
    """Return what the target's attributes become: sums, unions, and the first and last messages."""
    newer = max((target, source), key=lambda each: each.get("lastMessageAt", ""))
    last = ("lastMessageAt", "lastMessageDirection", "lastActivityAt")
    return {
        **{name: source[name] + target[name] for name in _COUNTS},
        "channels": list(dict.fromkeys([*target["channels"], *source["channels"]])),
        "tags": joined(target["tags"], source["tags"]),
        **{name: newer[name] for name in last if name in newer},
        **{
            name: _first(source[name], target[name])
            for name in ("firstMessageIn", "firstMessageOut")
        },
        **{name: _last(source[name], target[name]) for name in ("lastMessageIn", "lastMessageOut")},
    }


def _first(one: JsonObject, other: JsonObject) -> JsonObject:
    sent = [each for each in (other, one) if "sentAt" in each]
    return min(sent, key=lambda each: str(each["sentAt"]), default=other)


def _last(one: JsonObject, other: JsonObject) -> JsonObject:
    return max((other, one), key=lambda each: str(each.get("sentAt", "")))
