"""What a conversation, a message or a note leaves on the records around it.

Source: `manual/platform.md 9.8`.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from kobjctl.model.customer import Customer
from kobjctl.model.kinds.core_record import CoreRecord
from kobjctl.model.values import Json, JsonObject
from kobjctl.records import events
from kobjctl.records.context import RunContext
from kobjctl.records.core import related_customer, touch

_NO_CONVERSATIONS: Final = {"done": 0, "open": 0, "snoozed": 0, "all": 0}


class Moment(NamedTuple):
    """What happens: its time, what it changes on the customer, and whether the customer acted."""

    at: str
    changes: Mapping[str, Json] = MappingProxyType({})
    by_customer: bool = False


def note_conversation(
    customer: Customer,
    before: CoreRecord | None,
    after: CoreRecord,
    context: RunContext,
    moment: Moment | None = None,
) -> None:
    """Note on a customer, as it was before, that a conversation is new or has changed."""
    moment = moment or Moment(after.updated_at)
    counts = _NO_CONVERSATIONS | customer.given.get("conversationCounts", {})
    if before is None:
        counts["all"] += 1
    else:
        counts[before.attributes["status"]] -= 1
    counts[after.attributes["status"]] += 1
    last = {"id": after.id, **{key: after.attributes[key] for key in ("channels", "tags")}}
    changes = {**moment.changes, "conversationCounts": counts, "lastConversation": last}
    note_on_customer(customer, moment._replace(changes=changes), context)


def note_message(
    customer: Customer, conversation: CoreRecord, message: CoreRecord, context: RunContext
) -> None:
    """Note a new message on its conversation and its customer, as they were before.

    What a customer writes opens a conversation that was done or snoozed.
    """
    now, old = message.created_at, conversation.attributes
    direction, channel = message.attributes["direction"], message.given["channel"]
    inbound = direction == "in"
    side, count = ("In", "inboundMessageCount") if inbound else ("Out", "outboundMessageCount")
    summary = {
        "id": message.id,
        "sentAt": message.given["sentAt"],
        "createdAt": now,
        "channel": channel,
        "directionType": message.given["directionType"],
        "meta": message.attributes["meta"],
    }
    on_customer = {f"lastMessage{side}": summary, "lastMessageAt": summary["sentAt"]}
    changes: JsonObject = {
        **on_customer,
        "messageCount": old["messageCount"] + 1,
        count: old[count] + 1,
        "channels": list(dict.fromkeys([*old["channels"], channel])),
        "direction": conversation.given.get("direction", direction),
        f"firstMessage{side}": old[f"firstMessage{side}"] if old[count] else summary,
        "lastMessageDirection": direction,
        "lastActivityAt": now,
        **({"status": "open"} if inbound else {}),
    }
    changed = touch(conversation, changes, now, context)
    moment = Moment(now, on_customer, by_customer=inbound)
    note_conversation(customer, conversation, changed, context, moment)


def note_notes(
    customer: Customer, conversation: CoreRecord | None, more: int, context: RunContext
) -> None:
    """Note `more` notes, or fewer, on a conversation if they are in one, and its customer."""
    at = context.org.now()
    if conversation is None:
        note_on_customer(customer, Moment(at), context)
        return
    changes = {"noteCount": conversation.attributes["noteCount"] + more}
    changed = touch(conversation, changes, at, context)
    note_conversation(customer, conversation, changed, context)


def note_on_customer(customer: Customer, moment: Moment, context: RunContext) -> None:
    """Write what happened to a customer."""
    touched = customer._replace(
        given={**customer.given, **moment.changes},
        rev=customer.rev + 1,
        updated_at=moment.at,
        last_activity_at=moment.at,
    )
    if moment.by_customer:
        touched = touched._replace(last_customer_activity_at=moment.at)
    context.org.store.customers.note(touched)
    if events.hears_updates(context, "customer"):
        # Read anew: the items of the customer stand in tables of their own.
        events.updated(
            context, "customer", customer, related_customer(customer.id, context.org.store)
        )
