"""The kinds of records about customers: they themselves, their objects, their companies.

Source: `manual/platform.md 9.6, 9.8, 9.9, 9.13`, and the body of the platform's company API;
`email` and `phone` as single values are the guide's way.
"""

from typing import Final

from kobjctl.model.custom import is_address
from kobjctl.model.errors import BadParamError
from kobjctl.model.kinds.fields import (
    CUSTOM,
    IMPORTED_AT,
    LANGUAGE,
    NAME,
    TAGS,
    external_id,
    identities,
    objects,
)
from kobjctl.model.kinds.identities import MAX_IDENTITIES, normalize_email
from kobjctl.model.kinds.kind import BOOLEAN, LIST, NUMBER, OBJECT, TEXT, TIME, RecordKind
from kobjctl.model.kinds.kind import RecordField as Field
from kobjctl.model.kinds.limits import Length, ListLength, OneOf
from kobjctl.model.phone import normalize_phone

_TEN_ITEMS: Final = (ListLength(MAX_IDENTITIES),)
_MAX_TITLE: Final = 256
_MAX_IMAGES: Final = 20


def _check_images(images: list[str]) -> list[str]:
    """Return images; raises BadParamError for those the platform refuses."""
    if len(images) > _MAX_IMAGES or len({str(image) for image in images}) < len(images):
        raise BadParamError(f"images must be at most {_MAX_IMAGES} and unique", parameter="images")
    for image in images:
        if not is_address(image):
            raise BadParamError(f'the image "{image}" is not a URL', parameter="images")
    return images


KINDS: Final = (
    RecordKind(
        "customer",
        "customers",
        (
            Field("name", limits=NAME),
            Field("username", limits=NAME),
            external_id(1),
            Field("email", into="emails", read=normalize_email),
            identities("emails"),
            Field("sharedEmails", LIST),
            Field("phone", into="phones", read=normalize_phone),
            identities("phones"),
            Field("sharedPhones", LIST),
            identities("whatsapps"),
            Field("externalIds", LIST),
            objects("sharedExternalIds"),
            identities("socials"),
            objects("sharedSocials"),
            objects("facebookIds"),
            objects("instagramIds"),
            Field("urls", LIST),
            Field("locations", LIST),
            Field("company", of="company"),
            Field("avatarUrl"),
            Field("locale", limits=(Length(16),)),
            Field("timeZone", limits=(Length(64),)),
            Field("defaultLang", limits=LANGUAGE),
            Field("gender", limits=(OneOf(("m", "f", "o", "p")),)),
            Field("birthdayAt", TIME),
            Field("signedUpAt", TIME),
            Field("lastSeenAt", TIME),
            TAGS,
            CUSTOM,
            Field("sentiment", OBJECT),
            IMPORTED_AT,
        ),
        blank={
            "name": None,
            "externalIds": [],
            "sharedExternalIds": [],
            "emails": [],
            "sharedEmails": [],
            "phones": [],
            "sharedPhones": [],
            "whatsapps": [],
            "sharedWhatsapps": [],
            "facebookIds": [],
            "instagramIds": [],
            "socials": [],
            "sharedSocials": [],
            "urls": [],
            "locations": [],
            "activeUsers": [],
            "watchers": [],
            "locale": None,
            "gender": None,
            "deleted": False,
            "lastConversation": {"channels": [], "tags": []},
            "conversationCounts": {"done": 0, "open": 0, "snoozed": 0, "all": 0},
            "preview": {},
            "tags": [],
            "progressiveStatus": None,
        },
        computed={
            "firstName": TEXT,
            "lastName": TEXT,
            "companyName": TEXT,
            "displayName": TEXT,
            "displayColor": TEXT,
            "displayIcon": TEXT,
            "recentLocation": OBJECT,
            "roleGroupVersions": LIST,
            "accessOverride": LIST,
            "companyId": TEXT,
            "verified": BOOLEAN,
            "recentItems": LIST,
            "lastActivityAt": TIME,
            "lastCustomerActivityAt": TIME,
            "progressiveStatus": TEXT,
            "satisfactionLevel": OBJECT,
            "presence": TEXT,
            "lastMessageAt": TIME,
            "lastMessageIn": OBJECT,
            "lastMessageOut": OBJECT,
            "lastMessageUnrespondedTo": OBJECT,
        },
        found_by=("email", "externalId", "phone"),
        own_service=True,
        own_table=True,
        special=True,
    ),
    RecordKind(
        "kobject",
        "kobjects",
        (
            external_id(1),
            Field("description", limits=(Length(10240),)),
            Field("icon", limits=(Length(64),)),
            Field("images", LIST, read=_check_images),
            CUSTOM,
            Field("parent"),
            TAGS,
            Field("klassName", required=True, when="new", into="klass"),
            Field("title", limits=(Length(_MAX_TITLE, least=1),), required=True),
            # The guide calls it required in a workflow, too.
            Field("data", OBJECT, required=True, when="new"),
            Field("data", OBJECT, when="change"),
            Field("customer", of="customer"),
            Field("company", of="company"),
            IMPORTED_AT,
        ),
        blank={"images": [], "custom": {}, "tags": []},
        computed={
            "roleGroupVersions": LIST,
            "s3DataUrl": TEXT,
            "pinned": BOOLEAN,
            "attribution": OBJECT,
            "klassDisplayName": TEXT,
            "klassMixins": LIST,
            # Those of an assignable Klass have these, too.
            "status": TEXT,
            "assignedUser": TEXT,
            "queue": TEXT,
            "firstDone": OBJECT,
            "lastDone": OBJECT,
            "doneCount": NUMBER,
            "reopenCount": NUMBER,
            "reopenFromDoneCount": NUMBER,
        },
        own_service=True,
        own_table=True,
        special=True,
        times=("createdAt", "updatedAt"),
        authors=(),
        noted_on={"customer": False},
    ),
    RecordKind(
        "company",
        "companies",
        (
            Field("name", limits=(Length(256, least=3),), required=True, help="The name."),
            external_id(),
            Field("avatarUrl"),
            identities("emails"),
            identities("phones"),
            identities("whatsapps"),
            identities("socials"),
            Field("urls", LIST, _TEN_ITEMS),
            Field("domains", LIST, _TEN_ITEMS),
            Field("locations", LIST, _TEN_ITEMS),
            Field("defaultLang", limits=LANGUAGE),
            Field("employeeCount", NUMBER),
            TAGS,
            CUSTOM,
            IMPORTED_AT,
        ),
        blank={
            "emails": [],
            "phones": [],
            "whatsapps": [],
            "socials": [],
            "urls": [],
            "domains": [],
            "locations": [],
            "tags": [],
            "roleGroupVersions": [],
        },
        computed={"deleted": BOOLEAN},
        found_by=("externalId", "name"),
        own_service=True,
        own_table=True,
        summary="Companies that customers belong to.",
        columns={"name": "name", "external id": "externalId"},
        shown="Acme",
        made="--name Acme --external-id acme-1",
    ),
)
