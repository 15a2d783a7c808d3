"""The actions on users."""

from kobjctl.actions.factories import RecordActions

_USER = RecordActions("user")

find_by_id = _USER.lookup("id")
find_by_email = _USER.lookup("email")
create = _USER.create(
    "Create a user; fails when the email is another user's. No mail invites anybody.",
    confirmed=False,
)
update = _USER.update(confirmed=False)
