"""The fields that an action's output has: the flattened records (`platform/workflows.md` 4.2)."""

from typing import Final

from kobjctl.actions.base import Output

_TIMES: Final = {"createdAt": "date and time", "updatedAt": "date and time"}

CUSTOMER: Final[Output] = {
    "id": "text",
    "name": "text",
    "displayName": "text",
    "emails": "list",
    "sharedEmails": "list",
    "phones": "list",
    "sharedPhones": "list",
    "externalId": "text",
    "externalIds": "list",
    "username": "text",
    "custom": "object",
    "tags": "list",
    "locale": "text",
    "timeZone": "text",
    "gender": "text",
    "birthdayAt": "date and time",
    "signedUpAt": "date and time",
    "defaultLang": "text",
    "avatarUrl": "text",
    "socials": "list",
    "urls": "list",
    "locations": "list",
    "whatsapps": "list",
    "sentiment": "object",
    "companyId": "text",
    "company": "text",
    "org": "text",
    "verified": "true or false",
    "rev": "number",
    "recentItems": "list",
    "lastConversation": "object",
    "conversationCounts": "object",
    "lastActivityAt": "date and time",
    "lastCustomerActivityAt": "date and time",
    "lastSeenAt": "date and time",
    "modifiedAt": "date and time",
    "progressiveStatus": "text",
    "satisfactionLevel": "object",
    "deleted": "true or false",
    **_TIMES,
}

KOBJECT: Final[Output] = {
    "id": "text",
    "title": "text",
    "externalId": "text",
    "description": "text",
    "icon": "text",
    "images": "list",
    "data": "object",
    "custom": "object",
    "tags": "list",
    "customer": "text",
    "company": "text",
    "klass": "text",
    "org": "text",
    "rev": "number",
    **_TIMES,
}

KLASS: Final[Output] = {
    "id": "text",
    "name": "text",
    "displayName": "text",
    "icon": "text",
    "color": "text",
    "status": "text",
    "appDisabled": "true or false",
    "org": "text",
    **_TIMES,
}

DELETED: Final[Output] = {"id": "text"}
