"""The values that identify a customer, or a company (`manual/platform.md 9.11`)."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final, NamedTuple

from kobjctl.model.errors import BadParamError
from kobjctl.model.phone import normalize_phone
from kobjctl.model.unseen import WHITESPACE
from kobjctl.model.values import Json, JsonObject, kind_of

MAX_IDENTITIES: Final = 10
MAX_IDENTITY: Final = 255
MAX_USERNAME: Final = 256
SOCIALS: Final = ("twitter", "facebook", "instagram", "linkedin", "pinterest")

_EMAIL: Final = re.compile(rf"[^{WHITESPACE}@]+@[^{WHITESPACE}@]+")


def normalize_email(value: Json) -> str:
    """Return an email as it is stored and compared: lower-case (`manual/platform.md 9.11`).

    Raises BadParamError when it can't be one.
    """
    if not isinstance(value, str):
        raise BadParamError(f"an email address is text, not {kind_of(value)}", parameter="email")
    email = value.strip(WHITESPACE)
    if not _EMAIL.fullmatch(email):
        raise BadParamError(f'"{value}" is not an email address', parameter="email")
    return email.lower()


def _check_item(kind: str, item: JsonObject, keys: tuple[str, ...], types: tuple[str, ...]) -> None:
    """Raise BadParamError for a key or type that the platform doesn't know.

    Source: `manual/platform.md 9.9`.
    """
    for key in item:
        if key not in (*keys, "verified", *(("type",) if types else ())):
            raise BadParamError(f'an item of {kind} has no key "{key}"', parameter=kind)
    if types and item.get("type", types[0]) not in types:
        raise BadParamError(f"the type in {kind} must be one of {', '.join(types)}", parameter=kind)
    if not isinstance(item.get("verified", False), bool):
        raise BadParamError(f"verified in {kind} must be true or false", parameter=kind)


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
            f"externalId must be text of 1 to {MAX_IDENTITY} characters", parameter="externalIds"
        )
    return {"externalId": external_id, "verified": item.get("verified", True)}


def _whatsapp_item(item: JsonObject) -> JsonObject:
    _check_item("whatsapps", item, ("phone",), ("mobile",))
    phone = item.get("phone")
    if not isinstance(phone, str) or not phone:
        raise BadParamError("an item of whatsapps must have a phone", parameter="whatsapps")
    return {"type": "mobile", "phone": phone, "verified": item.get("verified", False)}


def _social_item(item: JsonObject) -> JsonObject:
    _check_item("socials", item, ("username", "userid", "url"), SOCIALS)
    username = item.get("username")
    if "type" not in item or not isinstance(username, str):
        raise BadParamError(
            "an item of socials must have a type and a username", parameter="socials"
        )
    if not 1 <= len(username) <= MAX_USERNAME:
        raise BadParamError(
            f"username must have 1 to {MAX_USERNAME} characters", parameter="socials"
        )
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
        raise BadParamError(f"{kind} must be a list", parameter=kind)
    stored = [
        identity.read(item if isinstance(item, dict) else {identity.key: item}) for item in items
    ]
    if len(stored) > MAX_IDENTITIES:
        raise BadParamError(f"{kind} can have at most {MAX_IDENTITIES} items", parameter=kind)
    if len({identity.value(item) for item in stored}) < len(stored):
        raise BadParamError(f"{kind} has the same value twice", parameter=kind)
    return stored


def identities(attributes: JsonObject) -> Iterator[tuple[str, str]]:
    """Yield (kind, value) of everything that is unique across the org: ("emails", "a@b")."""
    for kind, identity in IDENTITIES.items():
        for item in attributes.get(kind) or ():
            yield kind, identity.value(item)


# The lists that hold them, and what each of an item is.
_LISTS: Final = {"facebookIds": ("userId",), "instagramIds": ("instagramId", "threadId")}


def contact_ids(attributes: JsonObject) -> Iterator[tuple[str, str]]:
    """Yield (kind, id) of each: ("twitterIds", "42"), from the socials and the lists of ids."""
    for social in attributes.get("socials") or ():
        if userid := social.get("userid"):
            yield f"{social['type']}Ids", str(userid)
    for kind, keys in _LISTS.items():
        # In rows of before these lists were judged, an item may be anything.
        for item in attributes.get(kind) or ():
            found = [item.get(key) for key in keys] if isinstance(item, dict) else []
            yield from ((kind, str(each)) for each in found if each and isinstance(each, str | int))
