"""The kinds of records about the org itself: who works there, and what they sort by.

Source: the bodies of the platform's user, tag and team APIs; that no two teams have one name is a
reading.
"""

from typing import Final

from kobjctl.model.kinds.fields import CUSTOM, NAME, external_id
from kobjctl.model.kinds.identities import normalize_email
from kobjctl.model.kinds.kind import BOOLEAN, LIST, OBJECT, TIME, RecordKind
from kobjctl.model.kinds.kind import RecordField as Field
from kobjctl.model.kinds.limits import IdList, Length, OneOf
from kobjctl.model.record import check_tag

_SOME_NAME: Final = (Length(256, least=1),)

KINDS: Final = (
    RecordKind(
        "user",
        "users",
        (
            Field("name", limits=_SOME_NAME, required=True, help="The name."),
            Field("email", required=True, read=normalize_email, help="The email address."),
            Field("displayName", limits=NAME),
            Field("avatarUrl"),
            Field("mobile"),
            Field("emailSignature"),
            Field(
                "userType",
                limits=(OneOf(("user", "machine", "limited", "hourly")),),
                nullable=False,
            ),
            Field("roleGroups", LIST),
            Field("roles", LIST),
            CUSTOM,
        ),
        blank={"mobile": None, "userType": "user", "roleGroups": [], "roles": ["org.user"]},
        computed={"emailVerifiedAt": TIME, "password": OBJECT, "deleted": BOOLEAN},
        authors=(),
        found_by=("email",),
        revised=False,
        emits=False,
        own_service=True,
        own_table=True,
        summary="Users: the people who answer customers.",
        columns={"name": "name", "email": "email"},
        shown="ada@example.com",
        made='--name "Ada Lovelace" --email ada@example.com',
    ),
    RecordKind(
        "tag",
        "tags",
        (
            Field("name", required=True, read=check_tag, help="The name."),
            Field("color", limits=(Length(64),), help="A CSS colour, such as #64943E."),
        ),
        blank={"deleted": False},
        authors=(),
        found_by=("name",),
        revised=False,
        emits=False,
        own_table=True,
        summary="Tags of conversations.",
        columns={"name": "name", "color": "color"},
        shown="vip",
        made="--name vip --color gold",
    ),
    RecordKind(
        "team",
        "teams",
        (
            Field("name", limits=_SOME_NAME, required=True, help="The name."),
            Field("displayName", limits=NAME),
            Field("icon", limits=NAME),
            external_id(),
            Field("members", LIST, (IdList(),), of="user"),
        ),
        blank={"members": []},
        computed={"deleted": BOOLEAN, "importedAt": TIME},
        found_by=("name",),
        revised=False,
        emits=False,
        summary="Teams that users belong to.",
        columns={"name": "name", "external id": "externalId"},
        shown="Support",
        made="--name Support",
    ),
)
