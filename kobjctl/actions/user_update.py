"""User: Update."""

from typing import Annotated

from kobjctl.actions.base import Warned, World, action
from kobjctl.actions.core_outputs import USER
from kobjctl.actions.core_records import change, find
from kobjctl.actions.params import Length, given_fields
from kobjctl.actions.user_fields import UserFields, read_body
from kobjctl.model.values import MISSING, Missing


class Declared(UserFields):
    """`id` is the user's; only the fields that are given change."""

    id: str
    name: Annotated[str, Length(256, least=1)] | Missing = MISSING
    email: str | Missing = MISSING


@action("kustomer.user.update", label="User: Update", output=USER, confirmed=False)
def perform(params: Declared, world: World) -> Warned:
    """Change a user: given fields replace the old ones, `custom` is merged, null clears."""
    given = given_fields(params)
    user = find("user", given.pop("id"), world)
    if user.given["displayName"] == user.given["name"] and "name" in given:
        given.setdefault("displayName", given["name"])
    body, warnings = read_body(given, world)
    return Warned(change(user, body, world), warnings)
