"""The actions on users."""

from kobjctl.actions.base import ResultWithWarnings, action
from kobjctl.actions.core_outputs import USER
from kobjctl.actions.factories import EmailParams, IdParams, find_by, record_by
from kobjctl.model.customer import normalize_email
from kobjctl.records import core, users
from kobjctl.records.context import World
from kobjctl.records.fields import given_fields
from kobjctl.records.users import NewUser, UserChanges

find_by_id = find_by(
    "kustomer.user.find-by-id",
    IdParams,
    record_by("user", "id"),
    sentence="Find a user by id",
    label="User: Lookup (By Id)",
    output=USER,
)
find_by_email = find_by(
    "kustomer.user.find-by-email",
    EmailParams,
    record_by("user", "email"),
    normalize=normalize_email,
    sentence="Find a user by email",
    label="User: Lookup (By Email)",
    output=USER,
)


@action("kustomer.user.create", label="User: Create", output=USER, confirmed=False)
def create(params: NewUser, context: World) -> ResultWithWarnings:
    """Create a user; fails when the email is another user's. No mail invites anybody."""
    return ResultWithWarnings(*users.create(given_fields(params), context))


class UpdateUserParams(UserChanges):
    """`id` is the user's; only the fields that are given change."""

    id: str


@action("kustomer.user.update", label="User: Update", output=USER, confirmed=False)
def update(params: UpdateUserParams, context: World) -> ResultWithWarnings:
    """Change a user: given fields replace the old ones, `custom` is merged, null clears."""
    given = given_fields(params)
    user = core.find("user", given.pop("id"), context)
    return ResultWithWarnings(*users.update(user, given, context))
