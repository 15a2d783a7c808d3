"""User: Create."""

from typing import Annotated

from kobjctl.actions.base import Warned, World, action
from kobjctl.actions.core_outputs import USER
from kobjctl.actions.core_records import make
from kobjctl.actions.params import Length, given_fields
from kobjctl.actions.user_fields import UserFields, read_body


class Declared(UserFields):
    """The name and the email of the new user are required."""

    name: Annotated[str, Length(256, least=1)]
    email: str


@action("kustomer.user.create", label="User: Create", output=USER, confirmed=False)
def perform(params: Declared, world: World) -> Warned:
    """Create a user; fails when the email is another user's. No mail invites anybody."""
    body, warnings = read_body(given_fields(params), world)
    return Warned(make("user", {"displayName": params.name, **body}, world), warnings)
