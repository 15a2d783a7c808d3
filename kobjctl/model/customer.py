"""A customer and the values that identify one (`manual/platform.md 9.11`)."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from kobjctl.model.errors import BadParamError
from kobjctl.model.phone import normalize_phone
from kobjctl.model.record import relation
from kobjctl.model.values import Json, JsonObject, kind_of
from kobjctl.model.whitespace import WHITESPACE

# The platform's newest-first list of a customer's items has no documented end.
RECENT_ITEMS: Final = 20
MAX_IDENTITIES: Final = 10
MAX_IDENTITY: Final = 255
MAX_USERNAME: Final = 256
SOCIALS: Final = ("twitter", "facebook", "instagram", "linkedin", "pinterest")

_EMAIL: Final = re.compile(rf"[^{WHITESPACE}@]+@[^{WHITESPACE}@]+")
_COLORS: Final = ("Silver", "Golden", "Crimson", "Azure", "Emerald", "Amber", "Violet", "Coral")
_ICONS: Final = ("Scissors", "Lantern", "Compass", "Teapot", "Kite", "Anchor", "Bell", "Feather")

# Present on every new customer, in the order of the recorded responses.
BLANK: Final[JsonObject] = {
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
}
BLANK_TAIL: Final[JsonObject] = {
    "deleted": False,
    "lastConversation": {"channels": [], "tags": []},
    "conversationCounts": {"done": 0, "open": 0, "snoozed": 0, "all": 0},
    "preview": {},
    "tags": [],
    "progressiveStatus": None,
}


class Customer(NamedTuple):
    """One customer. `given` holds the attributes that were written, by their platform names,
    with the identity lists in full; `recent` the newest KObjects as the platform's items.
    """

    id: str
    given: JsonObject
    created_at: str
    updated_at: str
    modified_at: str
    last_activity_at: str
    last_customer_activity_at: str | None = None
    rev: int = 1
    company: str | None = None
    recent: tuple[JsonObject, ...] = ()

    def resource(self, org_id: str, klasses: Iterable[str] = ()) -> JsonObject:
        """Return the platform's resource of the customer (`manual/platform.md 9.10`).

        `klasses` are the names of the Klasses that it has KObjects of.
        """
        return {
            "type": "customer",
            "id": self.id,
            "attributes": self._attributes(),
            "relationships": self._relationships(org_id, klasses),
            "links": {"self": f"/v1/customers/{self.id}"},
        }

    def _attributes(self) -> JsonObject:
        attributes: JsonObject = {
            **self._display(),
            **BLANK,
            "recentLocation": {"updatedAt": self.created_at},
            "createdAt": self.created_at,
            "updatedAt": self.updated_at,
            "modifiedAt": self.modified_at,
            "lastActivityAt": self.last_activity_at,
            **BLANK_TAIL,
            "verified": any(self.given.get(kind) for kind in IDENTITIES),
            "rev": self.rev,
            "recentItems": list(self.recent),
            "satisfactionLevel": {
                "firstSatisfaction": {"sentByTeams": []},
                "lastSatisfaction": {"sentByTeams": []},
            },
            "roleGroupVersions": [],
            "accessOverride": [],
            **self.given,
        }
        if self.last_customer_activity_at:
            attributes["lastCustomerActivityAt"] = self.last_customer_activity_at
        if self.company:
            # One public export reads the company as `companyId`, the relationship is `company`.
            attributes["companyId"] = self.company
        return attributes

    def _display(self) -> JsonObject:
        # The platform picks at random; the id is as good as random and stays the same.
        serial = int(self.id[-6:], 16)
        color, icon = _COLORS[serial % len(_COLORS)], _ICONS[serial // 8 % len(_ICONS)]
        return {
            "displayName": display_name(self.given) or f"{color} {icon}",
            "displayColor": color.lower(),
            "displayIcon": icon.lower(),
        }

    def _relationships(self, org_id: str, klasses: Iterable[str]) -> JsonObject:
        relationships: JsonObject = {
            "org": relation("org", org_id, f"/v1/orgs/{org_id}"),
            "messages": {"links": {"self": f"/v1/customers/{self.id}/messages"}},
        }
        if self.company:
            relationships["company"] = relation(
                "company", self.company, f"/v1/companies/{self.company}"
            )
        for klass in klasses:
            relationships[f"{klass}s"] = {
                "links": {"self": f"/v1/customers/{self.id}/klasses/{klass}s"},
                "meta": {"kobject": True},
            }
        return relationships


def display_name(attributes: JsonObject) -> str:
    """Return the name a customer is shown by: the name, else the first email; else nothing."""
    emails = attributes.get("emails")
    name: str = attributes.get("name") or (emails[0]["email"] if emails else "")
    return name


def normalize_email(value: Json) -> str:
    """Return an email as it is stored and compared: lower-case (`manual/platform.md 9.11`).

    Raises BadParamError when it can't be one.
    """
    if not isinstance(value, str):
        raise BadParamError(f"an email address is text, not {kind_of(value)}", parameter="email")
    email = value.strip(WHITESPACE)
    if not _EMAIL.fullmatch(email):
        raise BadParamError(f'"{value}" is no email address', parameter="email")
    return email.lower()


def _check_item(kind: str, item: JsonObject, keys: tuple[str, ...], types: tuple[str, ...]) -> None:
    """Raise BadParamError for a key or type that the platform doesn't know.

    Source: `manual/platform.md 9.9`.
    """
    for key in item:
        if key not in (*keys, "verified", *(("type",) if types else ())):
            raise BadParamError(f'an item of {kind} has no "{key}"', parameter=kind)
    if types and item.get("type", types[0]) not in types:
        raise BadParamError(f"the type in {kind} is one of {', '.join(types)}", parameter=kind)
    if not isinstance(item.get("verified", False), bool):
        raise BadParamError(f"verified in {kind} is true or false", parameter=kind)


def _email_item(item: JsonObject) -> JsonObject:
    _check_item("emails", item, ("email", "externalVerified"), ("home", "work", "other"))
    return {
        "type": item.get("type", "home"),
        "email": normalize_email(item.get("email", "")),
        "verified": item.get("verified", False),
        "externalVerified": False,
    }


def _phone_item(item: JsonObject) -> JsonObject:
    _check_item("phones", item, ("phone",), ("mobile", "home", "work", "fax", "other"))
    return {
        "type": item.get("type", "mobile"),
        "phone": normalize_phone(item.get("phone", "")),
        "verified": item.get("verified", False),
    }


def _external_id_item(item: JsonObject) -> JsonObject:
    _check_item("externalIds", item, ("externalId",), ())
    external_id = item.get("externalId")
    if not isinstance(external_id, str) or not 1 <= len(external_id) <= MAX_IDENTITY:
        raise BadParamError(
            f"externalId takes 1 to {MAX_IDENTITY} characters of text", parameter="externalIds"
        )
    return {"externalId": external_id, "verified": item.get("verified", True)}


def _whatsapp_item(item: JsonObject) -> JsonObject:
    _check_item("whatsapps", item, ("phone",), ("mobile",))
    phone = item.get("phone")
    if not isinstance(phone, str) or not phone:
        raise BadParamError("a whatsapp takes a phone", parameter="whatsapps")
    return {"type": "mobile", "phone": phone, "verified": item.get("verified", False)}


def _social_item(item: JsonObject) -> JsonObject:
    _check_item("socials", item, ("username", "userid", "url"), SOCIALS)
    username = item.get("username")
    if "type" not in item or not isinstance(username, str):
        raise BadParamError("a social takes a type and a username", parameter="socials")
    if not 1 <= len(username) <= MAX_USERNAME:
        raise BadParamError(f"username takes 1 to {MAX_USERNAME} characters", parameter="socials")
    return {**item, "verified": item.get("verified", False)}


class Identity(NamedTuple):
    """A list of values that identify a customer: the key of an item, and how an item is read."""

    key: str
    read: Callable[[JsonObject], JsonObject]

    def value(self, item: JsonObject) -> str:
        """Return what must be unique of a stored item; of a social, with its network."""
        value: str = item[self.key]
        return f"{item['type']}:{value}" if self.key == "username" else value


IDENTITIES: Final[Mapping[str, Identity]] = {
    "emails": Identity("email", _email_item),
    "phones": Identity("phone", _phone_item),
    "externalIds": Identity("externalId", _external_id_item),
    "whatsapps": Identity("phone", _whatsapp_item),
    "socials": Identity("username", _social_item),
}


def identity_items(kind: str, items: Json) -> list[JsonObject]:
    """Read an identity list (`emails`, `phones`, ...) as the platform stores it.

    An item may be the bare value. Raises BadParamError for what the platform refuses.
    """
    identity = IDENTITIES[kind]
    if not isinstance(items, list):
        raise BadParamError(f"{kind} takes a list", parameter=kind)
    stored = [
        identity.read(item if isinstance(item, dict) else {identity.key: item}) for item in items
    ]
    if len(stored) > MAX_IDENTITIES:
        raise BadParamError(f"{kind} takes at most {MAX_IDENTITIES} items", parameter=kind)
    if len({identity.value(item) for item in stored}) < len(stored):
        raise BadParamError(f"{kind} has the same value twice", parameter=kind)
    return stored


def identities(attributes: JsonObject) -> Iterator[tuple[str, str]]:
    """Yield (kind, value) of everything that is unique across the org: ("emails", "a@b")."""
    for kind, identity in IDENTITIES.items():
        for item in attributes.get(kind) or ():
            yield kind, identity.value(item)
