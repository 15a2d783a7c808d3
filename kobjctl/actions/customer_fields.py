"""The fields that Customer: Create and Customer: Update have in common.

Source: `platform/data.md` 3.2; `email` and `phone` as single values are the guide's way.
"""

from typing import Annotated, Final

from kobjctl.actions.base import World
from kobjctl.actions.custom import check_custom_of, check_related
from kobjctl.actions.params import (
    JsonList,
    Length,
    OptionalList,
    OptionalObject,
    OptionalText,
    Params,
)
from kobjctl.model.customer import IDENTITIES, identity_items
from kobjctl.model.errors import BadParamError
from kobjctl.model.record import check_tags
from kobjctl.model.values import MISSING, Json, JsonObject, Missing

GENDERS: Final = ("m", "f", "o", "p")
MERGED: Final = {"email": "emails", "phone": "phones"}


class CustomerFields(Params):
    """The body of the platform's customer API; nothing is required."""

    name: Annotated[str, Length(256)] | Missing | None = MISSING
    username: Annotated[str, Length(256)] | Missing | None = MISSING
    external_id: Annotated[str, Length(256, least=1)] | Missing | None = MISSING
    email: OptionalText = MISSING
    emails: OptionalList = MISSING
    shared_emails: OptionalList = MISSING
    phone: OptionalText = MISSING
    phones: OptionalList = MISSING
    shared_phones: OptionalList = MISSING
    whatsapps: OptionalList = MISSING
    external_ids: OptionalList = MISSING
    socials: OptionalList = MISSING
    urls: OptionalList = MISSING
    locations: OptionalList = MISSING
    company: OptionalText = MISSING
    avatar_url: OptionalText = MISSING
    locale: Annotated[str, Length(16)] | Missing | None = MISSING
    time_zone: Annotated[str, Length(64)] | Missing | None = MISSING
    default_lang: Annotated[str, Length(100)] | Missing | None = MISSING
    gender: OptionalText = MISSING
    birthday_at: OptionalText = MISSING
    signed_up_at: OptionalText = MISSING
    last_seen_at: OptionalText = MISSING
    tags: OptionalList = MISSING
    custom: OptionalObject = MISSING
    sentiment: OptionalObject = MISSING


def check_gender(gender: Json) -> None:
    """Raise BadParamError for a text that is none of those the platform takes."""
    if gender not in GENDERS:
        raise BadParamError(f"gender is one of {', '.join(GENDERS)}", parameter="gender")


def read_body(given: JsonObject, world: World) -> tuple[JsonObject, list[str]]:
    """Give the attributes as the platform stores them, and warnings.

    Single `email` and `phone` join their lists, `externalId` is mirrored in `externalIds`.
    Raises BadParamError for what the platform refuses.
    """
    body = {key: value for key, value in given.items() if key not in (*MERGED, *IDENTITIES)}
    _check_company(body.pop("company", None), world)
    for single, kind in MERGED.items():
        if given.get(single) is not None or kind in given:
            body[kind] = _identities(kind, given.get(single), given.get(kind))
    if "externalId" in given or "externalIds" in given:
        external_id, items = given.get("externalId"), given.get("externalIds")
        body["externalIds"] = _identities("externalIds", external_id, items)
    for kind in ("whatsapps", "socials"):
        if kind in given:
            body[kind] = identity_items(kind, given[kind] or [])
    if body.get("gender") is not None:
        check_gender(body["gender"])
    check_tags(body.get("tags") or [])
    custom = body.get("custom")
    if not custom:
        return body, []
    return body, check_custom_of(world.store.klasses.get("customer"), custom, world)


def _check_company(company: str | None, world: World) -> None:
    if company is not None:
        check_related("company", company, world)


def _identities(kind: str, single: str | None, items: JsonList | None) -> list[JsonObject]:
    if single is None:
        return identity_items(kind, items or [])
    alone = identity_items(kind, [single])
    if not items:
        return alone
    key = IDENTITIES[kind].key
    stored = identity_items(kind, items)
    if alone[0][key] in {item[key] for item in stored}:
        return stored
    return identity_items(kind, [*alone, *items])
