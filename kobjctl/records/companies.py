"""Companies: the fields that one has, and how one is made, changed and deleted.

Source: the body of the platform's company API; nothing of it but the name is required.
"""

from typing import Annotated, Final

from kobjctl.model.customer import MAX_IDENTITIES, identity_items
from kobjctl.model.errors import BadParamError
from kobjctl.model.kinds import CoreRecord
from kobjctl.model.record import check_tags
from kobjctl.model.values import MISSING, JsonObject, MissingValue
from kobjctl.records import core
from kobjctl.records.context import World
from kobjctl.records.fields import Fields, Length, OptionalList, OptionalObject, OptionalText

_NAME: Final = Length(256, least=3)


class CompanyFields(Fields):
    """The optional fields of a company."""

    external_id: Annotated[str, Length(256)] | MissingValue | None = MISSING
    avatar_url: OptionalText = MISSING
    emails: OptionalList = MISSING
    phones: OptionalList = MISSING
    whatsapps: OptionalList = MISSING
    socials: OptionalList = MISSING
    urls: OptionalList = MISSING
    domains: OptionalList = MISSING
    locations: OptionalList = MISSING
    default_lang: Annotated[str, Length(100)] | MissingValue | None = MISSING
    tags: OptionalList = MISSING
    custom: OptionalObject = MISSING


class NewCompany(CompanyFields):
    """The fields of the new company."""

    name: Annotated[str, _NAME]


class CompanyChanges(CompanyFields):
    """The fields that change."""

    name: Annotated[str, _NAME] | MissingValue = MISSING


def create(attributes: JsonObject, context: World) -> tuple[CoreRecord, list[str]]:
    """Write a new company; return it with warnings.

    `given` has the fields of `NewCompany` by their platform names. Raises BadParamError, and
    ConflictError for an external id that is another company's.
    """
    body, warnings = _read(attributes, context)
    return core.make("company", body, context), warnings


def update(
    company: CoreRecord, attributes: JsonObject, context: World
) -> tuple[CoreRecord, list[str]]:
    """Write the fields of a company that are given; return it with warnings, as `create` does."""
    body, warnings = _read(attributes, context)
    return core.change(company, body, context), warnings


def delete(company_id: str, context: World) -> None:
    """Delete a company; its customers and KObjects stay, in no company. Raises NotFoundError."""
    context.store.customers.leave(company_id)
    context.store.kobjects.leave(company_id)
    core.delete("company", company_id, context)


def _read(attributes: JsonObject, context: World) -> tuple[JsonObject, list[str]]:
    """Return the attributes as the platform stores them, and warnings; raises BadParamError."""
    body = dict(attributes)
    for kind in ("emails", "phones", "whatsapps", "socials"):
        if kind in body:
            body[kind] = identity_items(kind, body[kind] or [])
    for kind in ("urls", "domains", "locations"):
        if len(body.get(kind) or ()) > MAX_IDENTITIES:
            raise BadParamError(f"{kind} takes at most {MAX_IDENTITIES} items", parameter=kind)
    check_tags(body.get("tags") or [])
    return body, core.check_custom_in("company", body, context)
