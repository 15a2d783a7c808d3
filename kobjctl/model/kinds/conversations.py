"""The kinds of records that are written to customers and about them.

Source: the bodies of the platform's conversation, message and note APIs, and
`manual/platform.md 7.6, 9.13`.
"""

from typing import Final

from kobjctl.model.kinds.fields import (
    CONVERSATION,
    CUSTOM,
    CUSTOMER,
    LANGUAGE,
    NAME,
    QUEUE,
    external_id,
)
from kobjctl.model.kinds.kind import BOOLEAN, LIST, NUMBER, OBJECT, TEXT, TIME, RecordKind
from kobjctl.model.kinds.kind import RecordField as Field
from kobjctl.model.kinds.limits import IdList, Instant, IntegerRange, Length, OneOf
from kobjctl.model.record import read_tags
from kobjctl.model.values import JsonObject

_TEN_IDS: Final = (IdList(10),)
_DIRECTION: Final = (OneOf(("in", "out")),)
_CHANNEL: Final = (
    OneOf(
        (
            *("email", "sms", "chat", "facebook", "twitter-dm", "twitter-tweet", "voice"),
            *("instagram", "whatsapp"),
        )
    ),
)
_NOBODY: Final[JsonObject] = {"createdByTeams": [], "assignedTeams": [], "assignedUsers": []}

KINDS: Final = (
    RecordKind(
        "conversation",
        "conversations",
        (
            CUSTOMER._replace(required=True),
            Field("name", limits=NAME, help="The name."),
            external_id(),
            Field("status", limits=(OneOf(("open", "done")),), nullable=False, when="new"),
            Field("priority", NUMBER, (IntegerRange(1, 5),), nullable=False),
            Field("direction", limits=_DIRECTION, nullable=False),
            Field("replyChannel", limits=NAME),
            Field("subStatus"),
            Field("defaultLang", limits=LANGUAGE),
            Field("tags", LIST, of="tag", read=read_tags),
            Field("assignedUsers", LIST, _TEN_IDS, of="user"),
            Field("assignedTeams", LIST, _TEN_IDS, of="team"),
            QUEUE,
            CUSTOM,
            Field(
                "status",
                limits=(OneOf(("open", "snoozed", "done")),),
                nullable=False,
                when="change",
            ),
            Field("snooze", OBJECT, when="change"),
            Field("spam", BOOLEAN, nullable=False, when="change"),
            Field("locked", BOOLEAN, nullable=False, when="change"),
            Field("ended", BOOLEAN, nullable=False, when="change"),
            Field("endedReason", when="change"),
        ),
        blank={
            "name": "",
            "channels": [],
            "status": "open",
            "messageCount": 0,
            "noteCount": 0,
            "satisfaction": 0,
            "satisfactionLevel": {"sentByTeams": [], "answers": []},
            "spam": False,
            "ended": False,
            "tags": [],
            "suggestedTags": [],
            "predictions": [],
            "suggestedShortcuts": [],
            "firstMessageIn": {},
            "firstMessageOut": {"createdByTeams": []},
            "lastMessageIn": {},
            "lastMessageOut": {},
            "lastMessageUnrespondedTo": {},
            "lastMessageUnrespondedToSinceLastDone": {},
            "assignedUsers": [],
            "assignedTeams": [],
            "firstResponse": _NOBODY,
            "firstResponseSinceLastDone": _NOBODY,
            "lastResponse": _NOBODY,
            "firstDone": _NOBODY,
            "lastDone": _NOBODY,
            "outboundMessageCount": 0,
            "inboundMessageCount": 0,
            "priority": 3,
            "defaultLang": "en_us",
            "roleGroupVersions": [],
            "accessOverride": [],
        },
        computed={"lastMessageAt": TIME, "lastMessageDirection": TEXT, "lastActivityAt": TIME},
        found_by=("externalId",),
        on_timeline=True,
        own_service=True,
        own_table=True,
        summary="Conversations with customers.",
        columns={"name": "name", "status": "status", "messages": "messageCount"},
        shown="parcel-7",
        made='--customer test@example.com --name "Late parcel"',
    ),
    RecordKind(
        "message",
        "messages",
        (
            CUSTOMER,
            CONVERSATION,
            Field(
                "channel",
                limits=_CHANNEL,
                required=True,
                help="As in email, sms, chat or voice.",
            ),
            Field("app", required=True, help="What brought the message, as in postmark."),
            Field(
                "direction",
                limits=_DIRECTION,
                nullable=False,
                help="in: from the customer; or out.",
            ),
            Field("subject", limits=NAME),
            Field("preview", limits=(Length(10240),), help="The text."),
            external_id(),
            Field("status", limits=(OneOf(("sent", "received", "error")),)),
            Field("sentAt", TIME, (Instant(),), nullable=False),
            Field("auto", BOOLEAN, nullable=False),
            Field("source"),
            Field("related"),
            Field("lang", limits=LANGUAGE),
            Field("size", NUMBER, nullable=False),
            Field("meta", OBJECT, nullable=False),
            CUSTOM,
            Field("sentiment", OBJECT),
            Field("location", OBJECT),
            Field("attachments", LIST),
            Field("shortcuts", LIST),
            Field("error", OBJECT),
            Field("errorAt", TIME, (Instant(),)),
            QUEUE,
        ),
        needs_one=("conversation", "customer"),
        blank={
            "size": 0,
            "direction": "in",
            "meta": {},
            "assignedTeams": [],
            "assignedUsers": [],
            "auto": False,
            "redacted": False,
            "createdByTeams": [],
            "reactions": [],
            "intentDetections": [],
        },
        found_by=("externalId",),
        own_service=True,
        own_table=True,
        summary="Messages in conversations.",
        columns={"direction": "direction", "channel": "channel", "text": "preview"},
        shown="mail-7",
        made="--conversation parcel-7 --channel sms --app twilio",
    ),
    RecordKind(
        "note",
        "notes",
        (
            CUSTOMER,
            CONVERSATION,
            Field("body", required=True, help="The text."),
            external_id(),
            Field("userMentions", LIST),
            Field("lang", limits=LANGUAGE),
        ),
        needs_one=("conversation", "customer"),
        blank={"userMentions": []},
        found_by=("externalId",),
        revised=False,
        on_timeline=True,
        own_service=True,
        own_table=True,
        summary="Notes, which customers never see.",
        columns={"text": "body"},
        shown="5f75c63cd5c0384ad82a17ae",
        made='--customer test@example.com --body "Called back"',
    ),
)
