"""The kinds of records about customers: they themselves, their objects, their companies.

Source: `manual/platform.md 9.6, 9.8, 9.9, 9.13`, and the body of the platform's company API;
`email` and `phone` as single values are the guide's way.
"""

from typing import Final

from kobjctl.model.customer import BLANK, BLANK_TAIL, MAX_IDENTITIES, normalize_email
from kobjctl.model.kinds.fields import CUSTOM, LANGUAGE, NAME, TAGS, external_id, identities
from kobjctl.model.kinds.kind import BOOLEAN, LIST, OBJECT, TEXT, TIME, RecordKind
from kobjctl.model.kinds.kind import RecordField as Field
from kobjctl.model.kinds.limits import Length, ListLength, OneOf
from kobjctl.model.kobject import MAX_TITLE, check_images
from kobjctl.model.phone import normalize_phone

_TEN_ITEMS: Final = (ListLength(MAX_IDENTITIES),)

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
            identities("socials"),
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
        ),
        blank=BLANK | BLANK_TAIL,
        computed={
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
            Field("images", LIST, read=check_images),
            CUSTOM,
            Field("parent"),
            TAGS,
            Field("klassName", required=True, when="new", into="klass"),
            Field("title", limits=(Length(MAX_TITLE, least=1),), required=True),
            # The guide calls it required in a workflow, too.
            Field("data", OBJECT, required=True, when="new"),
            Field("data", OBJECT, when="change"),
            Field("customer", of="customer"),
            Field("company", of="company"),
        ),
        computed={"roleGroupVersions": LIST},
        own_service=True,
        own_table=True,
        special=True,
        times=("createdAt", "updatedAt"),
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
            TAGS,
            CUSTOM,
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
        found_by=("externalId", "name"),
        own_service=True,
        own_table=True,
        summary="Companies that customers belong to.",
        columns={"name": "name", "external id": "externalId"},
        shown="Acme",
        made="--name Acme --external-id acme-1",
    ),
)
