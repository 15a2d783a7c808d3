"""The fields that Company: Create and Company: Update have in common.

Source: the body of the platform's company API; nothing of it but the name is required.
"""

from typing import Annotated, Final

from kobjctl.actions.base import World
from kobjctl.actions.core_records import check_custom_in
from kobjctl.actions.params import Length, OptionalList, OptionalObject, OptionalText, Params
from kobjctl.model.customer import MAX_IDENTITIES, identity_items
from kobjctl.model.errors import BadParamError
from kobjctl.model.record import check_tags
from kobjctl.model.values import MISSING, JsonObject, Missing

NAME: Final = Length(256, least=3)


class CompanyFields(Params):
    """The optional fields of a company."""

    external_id: Annotated[str, Length(256)] | Missing | None = MISSING
    avatar_url: OptionalText = MISSING
    emails: OptionalList = MISSING
    phones: OptionalList = MISSING
    whatsapps: OptionalList = MISSING
    socials: OptionalList = MISSING
    urls: OptionalList = MISSING
    domains: OptionalList = MISSING
    locations: OptionalList = MISSING
    default_lang: Annotated[str, Length(100)] | Missing | None = MISSING
    tags: OptionalList = MISSING
    custom: OptionalObject = MISSING


def read_body(given: JsonObject, world: World) -> tuple[JsonObject, list[str]]:
    """Give the attributes as the platform stores them, and warnings; raises BadParamError."""
    body = dict(given)
    for kind in ("emails", "phones", "whatsapps", "socials"):
        if kind in body:
            body[kind] = identity_items(kind, body[kind] or [])
    for kind in ("urls", "domains", "locations"):
        if len(body.get(kind) or ()) > MAX_IDENTITIES:
            raise BadParamError(f"{kind} takes at most {MAX_IDENTITIES} items", parameter=kind)
    check_tags(body.get("tags") or [])
    return body, check_custom_in("company", body, world)
