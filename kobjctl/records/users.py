"""Users: the fields that one has, and how one is made and changed.

Source: the body of the platform's user API.
"""

from typing import Annotated

from kobjctl.model.customer import normalize_email
from kobjctl.model.kinds import CoreRecord
from kobjctl.model.values import MISSING, JsonObject, MissingValue
from kobjctl.records import core
from kobjctl.records.context import World
from kobjctl.records.fields import (
    Fields,
    Length,
    OneOf,
    OptionalList,
    OptionalObject,
    OptionalText,
)


class UserFields(Fields):
    """The optional fields of a user."""

    display_name: Annotated[str, Length(256)] | MissingValue | None = MISSING
    avatar_url: OptionalText = MISSING
    mobile: OptionalText = MISSING
    email_signature: OptionalText = MISSING
    user_type: Annotated[str, OneOf(("user", "machine", "limited", "hourly"))] | MissingValue = (
        MISSING
    )
    role_groups: OptionalList = MISSING
    roles: OptionalList = MISSING
    custom: OptionalObject = MISSING


class NewUser(UserFields):
    """The name and the email of the new user are required."""

    name: Annotated[str, Length(256, least=1)]
    email: str


class UserChanges(UserFields):
    """The fields that change."""

    name: Annotated[str, Length(256, least=1)] | MissingValue = MISSING
    email: str | MissingValue = MISSING


def create(attributes: JsonObject, context: World) -> tuple[CoreRecord, list[str]]:
    """Write a new user; return it with warnings.

    `given` has the fields of `NewUser` by their platform names. Raises BadParamError, and
    ConflictError for an email that is another user's.
    """
    body, warnings = _read(attributes, context)
    return core.make("user", {"displayName": body["name"], **body}, context), warnings


def update(
    user: CoreRecord, attributes: JsonObject, context: World
) -> tuple[CoreRecord, list[str]]:
    """Write the fields of a user that are given; return it with warnings, as `create` does.

    A display name that is the name follows it.
    """
    if user.given["displayName"] == user.given["name"] and "name" in attributes:
        attributes = {"displayName": attributes["name"], **attributes}
    body, warnings = _read(attributes, context)
    return core.change(user, body, context), warnings


def _read(attributes: JsonObject, context: World) -> tuple[JsonObject, list[str]]:
    body = dict(attributes)
    if "email" in body:
        body["email"] = normalize_email(body["email"])
    return body, core.check_custom_in("user", body, context)
