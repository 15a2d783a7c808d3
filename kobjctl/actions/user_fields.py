"""The fields that User: Create and User: Update have in common.

Source: the body of the platform's user API.
"""

from typing import Annotated

from kobjctl.actions.base import World
from kobjctl.actions.core_records import check_custom_in
from kobjctl.actions.params import Length, OneOf, OptionalList, OptionalObject, OptionalText, Params
from kobjctl.model.customer import normalize_email
from kobjctl.model.values import MISSING, JsonObject, Missing


class UserFields(Params):
    """The optional fields of a user, new or changed."""

    display_name: Annotated[str, Length(256)] | Missing | None = MISSING
    avatar_url: OptionalText = MISSING
    mobile: OptionalText = MISSING
    email_signature: OptionalText = MISSING
    user_type: Annotated[str, OneOf(("user", "machine", "limited", "hourly"))] | Missing = MISSING
    role_groups: OptionalList = MISSING
    roles: OptionalList = MISSING
    custom: OptionalObject = MISSING


def read_body(given: JsonObject, world: World) -> tuple[JsonObject, list[str]]:
    """Give the attributes as the platform stores them, and warnings; raises BadParamError."""
    body = dict(given)
    if "email" in body:
        body["email"] = normalize_email(body["email"])
    return body, check_custom_in("user", body, world)
